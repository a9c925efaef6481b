"""Networks for photos of any size: equal to the network itself, with bounded memory, and watched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from skimage.data import astronaut

from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end
from deblur_app.core.tiling.local_tiling import PartDone
from deblur_app.engine import devices, local_networks, tasks
from deblur_app.engine.devices import Device
from deblur_app.engine.local_networks import LocalNetwork, WatchedNetwork
from deblur_app.engine.method import MethodResult, Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.core.picture import Pixels

CPU = Device("cpu", "CPU", "/CPU:0")
SCENE = from_integer(astronaut())
SMALL: dict[str, Any] = {"widths": (4, 6), "blocks": (1, 1)}


def _write(folder: Path, pictures: int = 1) -> Path:
    """The card of a small restorer that changes pictures a little."""
    devices.load_engine()
    from deblur_app.networks import restorer, weights

    parameters = {**SMALL, "pictures": pictures}
    model = restorer.build_restorer(**parameters)
    last = model.get_layer("last").kernel
    last.assign(0.005 * np.random.default_rng(1).standard_normal(last.shape))
    path = folder / "model.json"
    weights.save(model, weights.Card("small", "restorer", parameters), path)
    return path


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A restorer of photos."""
    return _write(tmp_path_factory.mktemp("restorer"))


def _model(card: Path) -> Callable[[Pixels, float], Pixels]:
    """The plain Keras model, which wants sides that are multiples of 4."""
    from deblur_app.networks import weights

    model, _ = weights.load(card)
    return lambda stack, noise: model([stack[None], np.float32([noise])], training=False).numpy()[0]


def _network(predict: Callable[[Pixels, float], Pixels]) -> LocalNetwork:
    """A network for squares of at least 72 pixels, right on the processor."""
    return LocalNetwork(1, 16, 8, predict, lambda stack, _: stack * np.float32(0.97), "bfloat16", 0.0)


@pytest.mark.parametrize("size", [(16, 16), (1, 1), (17, 300), (512, 512)])
def test_the_result_is_what_the_network_says_of_the_whole_photo(card, size, monkeypatch):
    """In tiles of a tenth of a megapixel, whatever the precision: to 1/255 in 99.9 % of the pixels."""
    monkeypatch.setattr(local_networks, "TILE_PIXELS", 100_000)
    pixels = np.ascontiguousarray(SCENE[: size[0], : size[1]])
    result = run_to_end(local_networks.restore([pixels], card=card, device=CPU, noise=0.01))
    fill = ((0, -size[0] % 4), (0, -size[1] % 4), (0, 0))
    whole = _model(card)(np.pad(pixels, fill, mode="symmetric"), 0.01)[: size[0], : size[1]]
    assert result.shape == pixels.shape
    assert not np.array_equal(result, pixels)
    assert (np.abs(result - np.clip(whole, 0, 1)) <= 1 / 255).mean() >= 0.999


def test_a_network_of_several_pictures_gets_them_in_order(tmp_path):
    """Those that were deconvolved first, the photo last; fewer of them are refused."""
    card = _write(tmp_path, pictures=3)
    photo = np.ascontiguousarray(SCENE[:64, :64])
    pictures = [photo * np.float32(0.95), photo * np.float32(0.9), photo]
    result = run_to_end(local_networks.restore(pictures, card=card, device=CPU, noise=0.01))
    np.testing.assert_allclose(result, np.clip(_model(card)(np.dstack(pictures), 0.01), 0, 1), atol=0.01)
    with pytest.raises(DeblurError, match="for another method"):
        run_to_end(local_networks.restore([photo], card=card, device=CPU, noise=0.01))


def test_seconds_and_memory_are_told_before_the_start(card):
    """The forecast grows with the photo: its memory with the result, not with what the network holds."""
    network = replace(run_to_end(local_networks.load(card, CPU)), pace=0.5)
    small, large = (local_networks.forecast(network, *size) for size in ((3000, 4000), (9000, 12_000)))
    assert small.seconds == pytest.approx(6.0, rel=0.2)
    assert large.seconds == pytest.approx(9 * small.seconds, rel=0.1)
    assert large.megabytes - small.megabytes == pytest.approx(96 * 12, rel=0.1)
    assert small.label.startswith("about 6 s and ")
    stages = [p.stage for p in local_networks.restore([SCENE], card=card, device=CPU, noise=0.0)]
    assert stages[:2] == ["Loading the model", "Deblurring: about 1 s and 60 MB"]


def test_what_the_user_looks_at_is_shown_first(card, monkeypatch):
    """The part comes before the others and the end, and is what the whole has there."""
    monkeypatch.setattr(local_networks, "TILE_PIXELS", 40_000)
    parts, task = [], local_networks.restore([SCENE], card=card, device=CPU, noise=0.0, region=(0.0, 0.0, 0.2, 0.2))
    try:
        while True:
            progress = next(task)
            parts += [progress] if isinstance(progress, PartDone) else []
    except StopIteration as end:
        whole = end.value
    part = parts[0]
    np.testing.assert_array_equal(part.pixels, whole[:103, :103])


@pytest.mark.parametrize("room", [60_000, 20_000, 6_000])
def test_too_little_memory_means_smaller_tiles_and_the_same_result(room):
    """The user is not told: nothing is different. Later tiles begin with the size that fitted."""
    from tensorflow.errors import ResourceExhaustedError

    sizes = []

    def predict(stack: Pixels, _: float) -> Pixels:
        sizes.append(stack.shape[0] * stack.shape[1])
        if sizes[-1] > room:
            raise ResourceExhaustedError(None, None, "OOM when allocating tensor")
        return stack * np.float32(0.97)

    watched = WatchedNetwork(_network(predict), 0.01, CPU)
    for _ in range(2):
        np.testing.assert_array_equal(watched.restore(SCENE[:256, :256]), SCENE[:256, :256] * np.float32(0.97))
    failed = sum(size > room for size in sizes)
    assert all(size <= room for size in sizes[failed:])
    assert watched.note == ""


def test_a_device_without_room_for_a_small_tile_is_told():
    """There is nothing left to make smaller: the user is told what to do."""
    from tensorflow.errors import ResourceExhaustedError

    def predict(_: Pixels, __: float) -> Pixels:
        raise ResourceExhaustedError(None, None, "OOM when allocating tensor")

    with pytest.raises(DeblurError, match="too little memory for a single tile"):
        WatchedNetwork(_network(predict), 0.01, CPU).restore(SCENE)


@pytest.mark.parametrize("wrong", [np.nan, 0.0])
def test_what_cannot_be_true_is_computed_again_and_said(wrong):
    """By the processor in float32, and so is all that follows; the sentence names device and precision."""
    calls = []

    def predict(stack: Pixels, _: float) -> Pixels:
        calls.append(stack.shape)
        return np.full_like(stack, wrong)

    watched = WatchedNetwork(_network(predict), 0.01, Device("gpu:0", "A card", "/GPU:0"))
    for _ in range(2):
        np.testing.assert_array_equal(watched.restore(SCENE), SCENE * np.float32(0.97))
    assert len(calls) == 1
    assert watched.note.startswith("A card gave ")
    assert watched.note.endswith(" in bfloat16, so the CPU computed it in float32.")


def test_a_model_that_is_wrong_everywhere_is_told():
    """Computing again does not help: the user is asked to look."""
    network = replace(_network(lambda stack, _: stack[..., ::-1]), exact=lambda stack, _: stack[..., ::-1])
    watched = WatchedNetwork(network, 0.01, CPU)
    watched.restore(SCENE)
    assert watched.note == "The result has wrong colours. Check it closely, or choose another model."


def test_a_sentence_reaches_the_result(scene, card, monkeypatch):
    """A note made on the way stands in the note of the result."""

    def restore_with_note(pictures: list[Pixels], **_: object) -> Any:
        yield from ()
        return MethodResult(pictures[0], "Something was otherwise.")

    monkeypatch.setattr(local_networks, "restore", restore_with_note)
    request = Request("restorer-blind", {"model": str(card)}, "cpu")
    assert run_to_end(tasks.deblur(Picture(scene), request)).note == "Something was otherwise."


def test_the_method_restores_a_photo_with_a_model_of_the_users_own(scene, card):
    """A tenth of a second for what it takes: the noise is measured, or as it is told."""
    results = [
        run_to_end(tasks.deblur(Picture(scene), Request("restorer-blind", {"model": str(card), "noise": noise}, "cpu")))
        for noise in (0, 5)
    ]
    assert results[0].picture.size_text == "80 × 60"
    assert not np.array_equal(results[0].picture.pixels, results[1].picture.pixels)


def test_a_missing_or_unfit_model_is_told(tmp_path, tiny_card, scene):
    """By its path, and by what to do; the autoencoder takes no restorer and the other way round."""
    for model, words in ((tmp_path / "nowhere.json", "cannot be read"), (tiny_card, "choose another method")):
        with pytest.raises(DeblurError, match=words):
            run_to_end(tasks.deblur(Picture(scene), Request("restorer-blind", {"model": str(model)}, "cpu")))
    request = Request("autoencoder", {"model": str(_write(tmp_path))}, "cpu")
    with pytest.raises(DeblurError, match="choose another method"):
        run_to_end(tasks.deblur(Picture(scene), request))
