"""The blind restorer: harmless before it has learnt, local, of any size, and small enough to ship."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.networks import weights
from deblur_app.networks.restorer import build_restorer, check_parameters, granularity, receptive_field
from deblur_app.networks.weights import Card

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import keras

SMALL: dict[str, Any] = {"widths": (4, 6, 8), "blocks": (1, 1, 2)}
NOISE = np.array([0.0, 0.01], np.float32)


def pictures(height: int = 16, width: int = 16) -> np.ndarray:
    """Two pictures of noise."""
    return np.random.default_rng(0).random((2, height, width, 3), np.float32)


def awake(dtype: str = "float32", **parameters: Any) -> keras.Model:
    """A network whose last layer no longer is zero."""
    model = build_restorer(**{**SMALL, **parameters}, dtype=dtype)
    last = model.get_layer("last").kernel
    last.assign(0.1 * np.random.default_rng(1).standard_normal(last.shape))
    return model


def test_before_it_has_learnt_it_returns_its_input() -> None:
    """Bit for bit, whatever the noise level and also beyond [0, 1]: it starts where doing nothing is."""
    for dtype in ("float32", "mixed_bfloat16"):
        batch = 3 * pictures() - 1
        assert np.array_equal(np.asarray(build_restorer(**SMALL, dtype=dtype)([batch, NOISE])), batch)


def test_it_does_what_every_network_must(check_network: Callable[..., None]) -> None:
    """Trains, saves and comes back equal."""
    parameters = {name: list(values) for name, values in SMALL.items()}
    check_network(build_restorer(**SMALL), Card("small", "restorer", parameters), NOISE)


@pytest.mark.parametrize(("height", "width"), [(16, 16), (16, 48), (40, 24), (8, 8)])
def test_it_takes_any_size_that_is_a_multiple_of_its_granularity(height: int, width: int) -> None:
    """Of 8 pixels with three resolutions; the output is as large as the input."""
    assert granularity(SMALL["widths"]) == 8
    assert np.asarray(awake()([pictures(height, width), NOISE])).shape == (2, height, width, 3)


@pytest.mark.parametrize(("widths", "blocks"), [((4,), (1,)), ((4, 4), (1, 2)), ((4, 4, 4), (1, 1, 1))])
def test_nothing_beyond_the_receptive_field_has_influence(widths: tuple[int, ...], blocks: tuple[int, ...]) -> None:
    """And its edge has: tiles that overlap by it are as good as the whole, and need not overlap more."""
    model = build_restorer(widths=widths, blocks=blocks)
    random = np.random.default_rng(0)
    for variable in model.weights:  # positive kernels, so that no influence is cancelled or cut off by a ReLU
        is_bias = variable.path.endswith("bias")
        variable.assign(np.zeros(variable.shape) if is_bias else random.uniform(0.5, 1.0, variable.shape))
    first = model.get_layer("first").kernel
    first.assign(np.concatenate([first.numpy()[:, :, :-2], np.zeros((3, 3, 2, widths[0]))], axis=2))
    side, reach = 160, 0
    for place in range(64, 64 + granularity(widths)):
        picture = np.zeros((1, side, side, 3), np.float32)
        picture[0, place, place] = 1.0
        changed = np.flatnonzero(np.asarray(model([picture, np.zeros(1, np.float32)]))[0].any(axis=(1, 2)))
        reach = max(reach, place - changed[0], changed[-1] - place)
    assert 2 * reach + 1 == receptive_field(widths, blocks)


def test_a_tile_is_as_the_whole_where_it_is_out_of_reach_of_its_edges() -> None:
    """Of a tile that begins at a multiple of the granularity."""
    model, margin = awake(widths=(4, 6), blocks=(1, 1)), receptive_field((4, 6), (1, 1)) // 2
    picture = pictures(80, 128)
    whole, tile = (np.asarray(model([pixels, NOISE])) for pixels in (picture, picture[:, :, 16:112]))
    inside = slice(16 + margin, 112 - margin)
    np.testing.assert_allclose(whole[:, :, inside], tile[:, :, margin:-margin], atol=1e-5)
    assert np.abs(whole[:, :, 16:112] - tile).max() > 1e-3


def test_the_noise_level_changes_the_result() -> None:
    """Each picture of a batch has its own, and no other picture feels it."""
    model, batch = awake(), pictures()
    one, other = (np.asarray(model([batch, np.array([0.0, level], np.float32)])) for level in (0.0, 0.02))
    assert np.array_equal(one[0], other[0])
    assert not np.array_equal(one[1], other[1])


def test_bfloat16_changes_little() -> None:
    """The same weights in half the bits; the sum with the input is exact in both."""
    full, half = (np.asarray(awake(dtype)([pictures(), NOISE])) for dtype in ("float32", "mixed_bfloat16"))
    assert np.abs(full - pictures()).max() > 0.05
    np.testing.assert_allclose(full, half, atol=0.02)


def test_variables_are_float32_and_seeds_decide_them() -> None:
    """Equal seeds give equal networks in either precision, another seed gives another one."""
    one, same, other = (
        build_restorer(**SMALL, seed=s, dtype=d)
        for s, d in ((3, "float32"), (3, "mixed_bfloat16"), (4, "mixed_bfloat16"))
    )
    assert {v.dtype for v in same.weights} == {"float32"}
    for a, b in zip(one.weights, same.weights, strict=True):
        assert np.array_equal(a.numpy(), b.numpy()), a.path
    assert not np.array_equal(one.weights[0].numpy(), other.weights[0].numpy())


@pytest.mark.parametrize("widths", [(32, 64, 128), (48, 96, 192)])
def test_the_weights_are_small_enough_to_ship(widths: tuple[int, ...]) -> None:
    """At most 6 million, which are 12 MB in float16."""
    assert build_restorer(widths=widths).count_params() <= 6_000_000


WRONG: dict[str, dict[str, Any]] = {
    "no widths": {"blocks": [1]},
    "one more": {"widths": [4], "blocks": [1], "side": 16},
    "not equally many": {"widths": [4, 8], "blocks": [1]},
    "none": {"widths": [], "blocks": []},
    "many": {"widths": [4] * 9, "blocks": [1] * 9},
    "wide": {"widths": [10**6], "blocks": [1]},
    "long": {"widths": [4], "blocks": [10**6]},
    "large": {"widths": [512] * 5, "blocks": [16] * 5},
    "words": {"widths": "ab", "blocks": "ab"},
    "a number": {"widths": 4, "blocks": 1},
    "true": {"widths": [True], "blocks": [1]},
    "fractions": {"widths": [4.0], "blocks": [1]},
    "zero": {"widths": [0], "blocks": [1]},
}


@pytest.mark.parametrize("case", WRONG)
def test_a_card_with_wrong_parameters_is_refused_before_a_network_is_built(
    tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card from a stranger decides no size that is not bounded."""
    with pytest.raises((ValueError, TypeError)):
        check_parameters(WRONG[case])
    model = build_restorer(widths=(4,), blocks=(1,))
    weights.save(model, Card("small", "restorer", WRONG[case]), tmp_path / "model.json")
    monkeypatch.setitem(weights.ARCHITECTURES, "restorer", lambda **_: pytest.fail("built"))
    with pytest.raises(DeblurError, match="is broken"):
        weights.load(tmp_path / "model.json")


def test_it_is_one_file_beside_its_card(tmp_path: Path) -> None:
    """A card that lists the parts of another network is refused."""
    card = Card("small", "restorer", {"widths": [4], "blocks": [1]})
    written = weights.save(build_restorer(widths=(4,), blocks=(1,)), card, tmp_path / "model.json")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model-restorer.npz", "model.json"]
    text = (tmp_path / "model.json").read_text().replace('"restorer": {', '"encoder": {')
    (tmp_path / "model.json").write_text(text)
    assert written.files.keys() == {"restorer"}
    with pytest.raises(DeblurError, match="is broken"):
        weights.load(tmp_path / "model.json")
