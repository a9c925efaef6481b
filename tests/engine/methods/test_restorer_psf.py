"""The restorer for a known blur, and the one that finds out which blur there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from skimage.data import astronaut

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kernel_grid import KernelField, KernelGrid, even_grid
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Origin, Psf
from deblur_app.core import metrics
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer, resize_pixels
from deblur_app.core.task import Progress, map_progress, run_to_end
from deblur_app.core.tiling.local_tiling import PartDone
from deblur_app.engine import devices, output_check, psf_tasks, tasks
from deblur_app.engine.choice.expected_gain import CANDIDATES, RestorationChoice
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Request
from deblur_app.engine.methods import restorer_blind, restorer_psf
from deblur_app.restoration.deconvolution import network_inputs
from deblur_app.restoration.psf_estimation import kernel_fit

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

SHARP = from_integer(astronaut()[40:200, 100:280])
BLUR = Blur("defocus", {"radius": 2.5})
PSF = Psf.of_model(BLUR)
INSIDE = (slice(16, -16),) * 2


def _card(folder: Path, pictures: int, strength: float = 0.0) -> Path:
    """A small network that returns the first of its pictures, with something added to it."""
    devices.load_engine()
    from deblur_app.networks import restorer as network
    from deblur_app.networks import weights

    parameters: dict[str, Any] = {"widths": (4, 6), "blocks": (1, 1), "pictures": pictures}
    model = network.build_restorer(**parameters)
    last = model.get_layer("last").kernel
    last.assign(strength * np.random.default_rng(1).standard_normal(last.shape))
    path = folder / f"model-{pictures}.json"
    weights.save(model, weights.Card("small", "restorer", parameters), path)
    return path


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network for known blurs that has learnt nothing."""
    return _card(tmp_path_factory.mktemp("psf"), 3)


@pytest.fixture
def bundled_networks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks that have learnt nothing, in place of those that come with the program."""
    names, blind = _card(tmp_path, 3), _card(tmp_path, 1)
    monkeypatch.setattr(restorer_psf, "find_bundled_card", lambda: names)
    monkeypatch.setattr(restorer_blind, "find_bundled_card", lambda: blind)


@pytest.fixture(scope="module")
def photo() -> Picture:
    """Out of focus, with a little noise."""
    return Picture(run_to_end(degrade(SHARP, Degradation(BLUR, noise=0.004, seed=1))))


def _restore(photo: Picture, card: Path, **request: Any) -> Pixels:
    values = {"model": str(card), "noise": 0.4}
    return run_to_end(tasks.deblur(photo, Request("restorer-psf", values, "cpu", **request))).picture.pixels


def test_before_it_has_learnt_it_gives_the_quiet_picture(photo: Picture, card: Path) -> None:
    """The result of sparse gradients, which is where it starts."""
    deconvolved = run_to_end(network_inputs.network_inputs(srgb_to_linear(photo.pixels), BLUR.kernel(), 0.004))
    quiet = np.clip(linear_to_srgb(deconvolved[..., :3]), 0.0, 1.0)
    restored = _restore(photo, card, psf=PSF)
    assert metrics.psnr(quiet[INSIDE], restored[INSIDE]) > 40.0
    gain = metrics.psnr(SHARP[INSIDE], restored[INSIDE]) - metrics.psnr(SHARP[INSIDE], photo.pixels[INSIDE])
    assert gain > 2.0


def test_a_large_photo_in_tiles_is_as_the_whole(
    photo: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Margins hold what blurred into a tile: nothing is seen of the cuts."""
    card = _card(tmp_path, 3, strength=0.02)
    big = Picture(np.tile(photo.pixels, (2, 3, 1)))
    whole = _restore(big, card, psf=PSF, is_checked=False)
    monkeypatch.setattr(restorer_psf, "_TILE_PIXELS", 90_000)
    cut = _restore(big, card, psf=PSF, is_checked=False)
    assert not np.array_equal(whole, cut)
    assert metrics.psnr(whole, cut) > 45.0


def test_one_kernel_for_each_region_is_as_one_for_all_where_they_are_equal(photo: Picture, card: Path) -> None:
    """Blur that varies over the frame takes another way to the same result."""
    kernel = BLUR.kernel()
    height, width = photo.pixels.shape[:2]
    centres = tuple(tuple((width * x / 4, height * y / 4) for x in (1, 3)) for y in (1, 3))
    kernels = KernelGrid(((kernel, kernel), (kernel, kernel)), centres, ((1.0, 1.0), (1.0, 1.0)))
    one, many = (_restore(photo, card, psf=Psf(each)) for each in (kernel, kernels))
    assert metrics.psnr(one[INSIDE], many[INSIDE]) > 35.0


def test_a_kernel_found_in_a_reduced_photo_is_undone_there(card: Path) -> None:
    """Enlarged, it is wider than the blur, and what it restores at full size rings."""
    scene = resize_pixels(SHARP, 540, 480)
    found = Blur("shake", {"extent": 9.0, "seed": 5}).kernel()
    kernel = kernel_fit.scale_kernel(found, 3.0)
    photo = resize_pixels(run_to_end(degrade(SHARP, Degradation(found, noise=0.004))), 540, 480)
    reduced, whole = (_restore(Picture(photo), card, psf=Psf(kernel, reduction=factor)) for factor in (3, 1))
    before, at_full_size, after = (metrics.psnr(scene[INSIDE], pixels[INSIDE]) for pixels in (photo, whole, reduced))
    assert after > before + 2.0
    assert after > at_full_size + 1.0


def test_kernels_of_parts_found_in_a_reduced_photo_are_undone_there(photo: Picture, card: Path) -> None:
    """As one kernel for all of it is, where they are equal."""
    kernel = BLUR.kernel()
    grid = even_grid([[kernel, kernel], [kernel, kernel]], photo.pixels.shape)
    one, many = (_restore(photo, card, psf=Psf(each, reduction=2)) for each in (kernel, grid))
    assert many.shape == photo.pixels.shape
    assert metrics.psnr(one[INSIDE], many[INSIDE]) > 35.0


def test_a_reduced_photo_is_checked_at_the_size_at_which_it_was_restored(
    photo: Picture, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its kernel, enlarged, is wider than the blur: blurred by that, no good result gives the photo again."""
    seen: list[tuple[int, ...]] = []
    misfit = output_check._misfit

    def watch(before: Pixels, after: Pixels, kernel: Kernel) -> float:
        seen.append((*before.shape, *after.shape, *kernel.shape))
        return misfit(before, after, kernel)

    monkeypatch.setattr(output_check, "_misfit", watch)
    kernel = kernel_fit.scale_kernel(BLUR.kernel(), 2.0)
    _restore(photo, card, psf=Psf(kernel, reduction=2))
    side = len(kernel_fit.scale_kernel(kernel, 0.5))
    assert seen == [(80, 90, 3, 80, 90, 3, side, side)]


def test_parts_of_a_reduced_photo_are_shown_at_full_size(
    photo: Picture, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the user looks at comes first, as large as in the result."""
    monkeypatch.setattr(restorer_psf, "_TILE_PIXELS", 90_000)
    big = Picture(np.tile(photo.pixels, (5, 5, 1)))
    psf = Psf(PSF.kernel, reduction=2)
    values = {"model": str(card), "noise": 0.4}
    request = Request("restorer-psf", values, "cpu", psf, region=(0.0, 0.0, 0.25, 0.25))
    seen: list[Progress] = []

    def keep(progress: Progress) -> Progress:
        seen.append(progress)
        return progress

    result = run_to_end(map_progress(tasks.deblur(big, request), keep)).picture
    shown = next(part for part in seen if isinstance(part, PartDone))
    assert shown.pixels is not None
    assert shown.pixels.shape == (200, 226, 3)
    assert metrics.psnr(result.pixels[:200, :226], shown.pixels) > 25.0  # without its finest detail


@pytest.mark.usefixtures("bundled_networks")
def test_the_blind_network_restores_what_a_field_does_not_explain(photo: Picture, card: Path) -> None:
    """Where someone walked, the network that needs no kernel; where all stood still, the kernel; between, both."""
    kernel = BLUR.kernel()
    places = {"xs": (30.0, 60.0, 120.0, 150.0), "ys": (80.0,)}
    trust = np.array([[0.5, 0.5, 0.0, 0.0]], np.float32)
    field = KernelField(kernel[None], np.ones((1, 4, 1), np.float32), **places, confidence=trust)
    known, mixed = (_restore(photo, card, psf=Psf(field, origin)) for origin in (Origin.GIVEN, Origin.ESTIMATED))
    blind = run_to_end(tasks.deblur(photo, Request("restorer-blind", {"noise": 0.4}, "cpu"))).picture.pixels

    assert metrics.psnr(known[:, :60], mixed[:, :60]) > 60.0
    assert metrics.psnr(blind[:, 120:], mixed[:, 120:]) > 60.0
    assert metrics.psnr(blind[:, :60], mixed[:, :60]) < 40.0
    assert np.abs(np.diff(mixed, axis=1)).max() < 1.1 * max(
        np.abs(np.diff(each, axis=1)).max() for each in (known, blind)
    )


def test_smoother_is_smoother(photo: Picture, card: Path) -> None:
    """Each step holds the result smoother; the usual one is in between."""
    values = [{"model": str(card), "noise": 0.4, "smoothing": steps} for steps in (-3.0, 0.0, 3.0)]
    results = [
        run_to_end(tasks.deblur(photo, Request("restorer-psf", v, "cpu", psf=PSF))).picture.pixels for v in values
    ]
    roughness = [float(np.abs(np.diff(pixels, axis=1)).mean()) for pixels in results]
    assert roughness[0] > roughness[1] > roughness[2]


def test_a_network_that_takes_another_number_of_pictures_is_refused(photo: Picture, tmp_path: Path) -> None:
    """The blind one would not know what to do with them."""
    with pytest.raises(DeblurError, match="model for another method"):
        _restore(photo, _card(tmp_path, 1), psf=PSF)


@pytest.mark.usefixtures("bundled_networks")
def test_a_blur_that_is_seen_is_undone(photo: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    """And told with the result."""
    values = PsfEstimate(BLUR.kernel(), BLUR, 0.9)
    monkeypatch.setattr(psf_tasks, "estimate", lambda *_: _task(values))
    restored = run_to_end(tasks.deblur(photo, Request("restorer", device="cpu")))
    assert restored.request.method == "restorer"
    assert restored.estimate is values
    assert metrics.psnr(SHARP[INSIDE], restored.picture.pixels[INSIDE]) > metrics.psnr(
        SHARP[INSIDE], photo.pixels[INSIDE]
    )


@pytest.mark.usefixtures("bundled_networks")
def test_a_blur_that_cannot_be_told_is_not_undone(photo: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong kernel does more harm than none: the blind network takes the photo, and that is said."""
    monkeypatch.setattr(psf_tasks, "estimate", lambda *_: _task(PsfEstimate(BLUR.kernel(), BLUR, 0.1)))
    restored = run_to_end(tasks.deblur(photo, Request("restorer", device="cpu")))
    assert restored.request.method == "restorer-blind"
    assert "could not be estimated reliably" in restored.note
    assert np.allclose(restored.picture.pixels, photo.pixels, atol=1e-6)


@pytest.mark.usefixtures("bundled_networks")
def test_a_sharp_photo_comes_back_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is invented where there is nothing to undo."""
    monkeypatch.setattr(psf_tasks, "estimate", lambda *_: _task(PsfEstimate(None, None, 0.9)))
    restored = run_to_end(tasks.deblur(Picture(SHARP), Request("restorer", device="cpu")))
    assert np.array_equal(restored.picture.pixels, SHARP)


@pytest.mark.usefixtures("bundled_networks")
@pytest.mark.parametrize(
    ("name", "done", "words"),
    [
        ("kernel", ("restorer", 0.0), ""),
        ("blind", ("restorer-blind", None), "needs no PSF"),
    ],
)
def test_what_promises_most_is_done(
    photo: Picture, monkeypatch: pytest.MonkeyPatch, name: str, done: tuple[str, float | None], words: str
) -> None:
    """However sure the estimate is; the user is told where it is not what was asked for."""
    candidate = next(way for way in CANDIDATES if way.name == name)
    seen = PsfEstimate(BLUR.kernel(), BLUR, 0.1, choice=RestorationChoice(candidate, 1.0))
    monkeypatch.setattr(psf_tasks, "estimate", lambda *_: _task(seen))
    restored = run_to_end(tasks.deblur(photo, Request("restorer", device="cpu")))
    assert (restored.request.method, restored.request.values.get("smoothing")) == done
    assert words in restored.note


@pytest.mark.usefixtures("bundled_networks")
def test_a_share_of_the_blind_network_is_mixed_in(photo: Picture, card: Path) -> None:
    """Of one that has learnt nothing, which gives the photo."""
    alone, half, blind = (
        run_to_end(
            tasks.deblur(photo, Request("restorer-psf", {"model": str(card), "blind_share": share}, "cpu", psf=PSF))
        ).picture.pixels
        for share in (0, 50, 100)
    )
    assert np.allclose(blind, photo.pixels, atol=1e-6)
    assert np.allclose(half, (alone + photo.pixels) / 2, atol=1e-6)
    assert not np.allclose(alone, photo.pixels, atol=1e-2)


@pytest.mark.usefixtures("bundled_networks")
@pytest.mark.parametrize(
    ("promise", "confidence", "reduction", "wanted", "share"),
    [(1.0, 0.5, 1, 0, 30), (1.0, 0.5, 1, 60, 60), (5.0, 0.5, 1, 0, 0), (1.0, 0.9, 1, 0, 0), (1.0, 0.5, 2, 0, 0)],
)
def test_a_kernel_that_promises_little_is_undone_with_care(  # noqa: PLR0917 - a column each
    photo: Picture,
    monkeypatch: pytest.MonkeyPatch,
    promise: float,
    confidence: float,
    reduction: int,
    wanted: int,
    share: int,
) -> None:
    """The share of the blind network is at least what the choice says, is kept with the result, and is told.

    Not for a sure kernel, nor for a blur that is undone in the reduced photo: the network knows none so large.
    """
    choice = RestorationChoice(CANDIDATES[0], promise)
    seen = PsfEstimate(BLUR.kernel(), BLUR, confidence, choice=choice, reduction=reduction)
    monkeypatch.setattr(psf_tasks, "estimate", lambda *_: _task(seen))
    restored = run_to_end(tasks.deblur(photo, Request("restorer", {"blind_share": wanted}, "cpu")))
    assert restored.request.values["blind_share"] == share
    assert ("mixed in" in restored.note) == (share > 0)


@pytest.mark.usefixtures("bundled_networks")
def test_a_photo_that_nothing_promises_to_improve_is_left_as_it_is(
    photo: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The blur is told all the same."""
    seen = PsfEstimate(BLUR.kernel(), BLUR, 0.9, choice=RestorationChoice(None, 0.0))
    monkeypatch.setattr(psf_tasks, "estimate", lambda *_: _task(seen))
    restored = run_to_end(tasks.deblur(photo, Request("restorer", device="cpu")))
    assert np.array_equal(restored.picture.pixels, photo.pixels)
    assert "left as it is" in restored.note
    assert restored.estimate is seen


@pytest.mark.usefixtures("bundled_networks")
@pytest.mark.parametrize("may_vary", [True, False])
def test_a_blur_that_may_vary_is_compared_with_the_network_place_by_place(
    photo: Picture, monkeypatch: pytest.MonkeyPatch, may_vary: bool
) -> None:
    """What comes out says where the kernel was taken, so that it can be seen, corrected and repeated."""
    candidate = next(way for way in CANDIDATES if way.has_kernel)
    seen = PsfEstimate(BLUR.kernel(), None, 0.4, choice=RestorationChoice(candidate, 1.0), may_vary=may_vary)
    monkeypatch.setattr(psf_tasks, "estimate", lambda *_: _task(seen))
    restored = run_to_end(tasks.deblur(photo, Request("restorer", device="cpu")))
    assert restored.request.psf is not None
    trust = restored.request.psf.trust
    assert (trust is not None) == may_vary
    assert restored.estimate is not None
    assert restored.estimate.trust is trust
    if trust:
        again = run_to_end(tasks.deblur(photo, Request("restorer-psf", device="cpu", psf=restored.request.psf)))
        np.testing.assert_allclose(again.picture.pixels, restored.picture.pixels, atol=2e-3)


def _task(result: PsfEstimate) -> Any:
    """A task that has nothing to do."""
    return result
    yield
