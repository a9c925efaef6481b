"""Writing on blurred photos is found; lamps, noise and sharp photos are not taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from skimage import data

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core import image_io
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.resources import resource
from deblur_app.core.task import run_to_end
from deblur_app.restoration.unknown_pixels import overlays
from deblur_app.restoration.unknown_pixels.fine_detail import find_sharp_places
from deblur_app.restoration.unknown_pixels.overlays import find_overlay

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.unknown_pixels.frames import Mask

BLURS = (
    Blur("motion", {"length": 12, "angle": 60}),
    Blur("defocus", {"radius": 3.5}),
    Blur("turbulence", {"sigma": 2}),
)
ORANGE, WHITE, RED = (255, 160, 20), (255, 255, 255), (230, 20, 20)


def photo(name: str = "chelsea", blur: Blur | None = None, **more: float) -> Pixels:
    """One of scikit-image's photographs, blurred."""
    pixels = np.ascontiguousarray(from_integer(getattr(data, name)()[:240, :320]))
    return run_to_end(degrade(pixels, Degradation(blur=blur, noise=0.002, **more)))


def write_on(
    pixels: Pixels, text: str, colour: tuple[int, int, int], size: float, opacity: float, *, thickness: int = 2
) -> Pixels:
    """A picture with writing at its left."""
    letters = np.zeros(pixels.shape[:2], np.uint8)
    cv2.putText(letters, text, (16, 220), cv2.FONT_HERSHEY_SIMPLEX, size, 255, thickness, cv2.LINE_AA)
    share = from_integer(letters)[:, :, None] * np.float32(opacity)
    return from_integer(to_uint8(pixels * (1 - share) + share * np.float32(colour) / 255))


def through_jpeg(pixels: Pixels) -> Pixels:
    """Return what JPEG of quality 90 leaves of a picture."""
    _, file = cv2.imencode(".jpg", to_uint8(pixels), [cv2.IMWRITE_JPEG_QUALITY, 90])
    return from_integer(cv2.imdecode(file, cv2.IMREAD_COLOR))


def near(mask: Mask, side: int) -> Mask:
    """A mask with what is near it."""
    return cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0


@pytest.mark.parametrize("blur", BLURS)
@pytest.mark.parametrize("is_jpeg", [False, True])
@pytest.mark.parametrize(
    "writing",
    [
        ("2026-01-01 12:00", ORANGE, 0.6, 1.0),
        ("I never said that.", WHITE, 0.9, 1.0),
        ("SALE", RED, 2.0, 1.0),
        ("SAMPLE", WHITE, 1.6, 0.6),
    ],
)
def test_writing_is_found_and_little_else(
    blur: Blur, is_jpeg: bool, writing: tuple[str, tuple[int, int, int], float, float]
) -> None:
    """Stamps, captions, large letters and watermarks."""
    clean = photo(blur=blur)
    written = write_on(clean, *writing)
    letters = np.abs(written - clean).max(axis=2) > 0.15

    overlay = run_to_end(find_overlay(through_jpeg(written) if is_jpeg else written, blur.kernel()))

    assert overlay is not None
    assert (letters & overlay.unknown).sum() > 0.8 * letters.sum()
    assert (overlay.unknown & ~near(letters, 17)).mean() < 0.005
    assert np.abs(overlay.pixels - clean)[letters & overlay.unknown].mean() < 0.15


@pytest.mark.parametrize("blur", BLURS)
@pytest.mark.parametrize("name", ["astronaut", "chelsea", "coffee", "rocket"])
def test_a_blurred_photo_without_writing_has_none(name: str, blur: Blur) -> None:
    """Whatever its kernel, and with one that is a little wrong."""
    wrong = Blur("turbulence", {"sigma": 1.7}) if blur.kind == "turbulence" else blur

    assert run_to_end(find_overlay(photo(name, blur), blur.kernel())) is None
    assert run_to_end(find_overlay(through_jpeg(photo(name, blur)), wrong.kernel())) is None


@pytest.mark.parametrize("blur", BLURS)
def test_clipped_lamps_are_no_writing(blur: Blur) -> None:
    """They are as hard-edged as letters, but light what is beside them."""
    scene = np.full((240, 320, 3), 0.1, np.float32)
    for x in range(40, 300, 40):
        cv2.circle(scene, (x, 100 + x % 3 * 30), 3, (1.0, 1.0, 1.0), -1)
    settings = Degradation(blur=blur, noise=0.002, highlights=20.0)

    assert run_to_end(find_overlay(run_to_end(degrade(scene, settings)), blur.kernel())) is None


def test_a_sharp_photo_with_a_kernel_that_is_not_its_own_has_no_writing() -> None:
    """Nothing was written where all contradicts the kernel."""
    overlay = run_to_end(find_overlay(photo("coffee"), BLURS[0].kernel()))

    assert overlay is None or overlay.unknown.mean() < 0.2


def test_a_reflex_on_a_spoon_is_no_writing():
    """The bundled sample has one, which a blur alone does not explain; no note of writing may come with it."""
    pixels = image_io.read(resource("samples", "coffee_blurred.jpg")).pixels
    kernel = Blur("motion", {"length": 10.8, "angle": 26.0}).kernel()
    assert run_to_end(find_overlay(pixels, kernel)) is None


def test_of_a_large_photo_what_is_near_writing_is_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same writing is found as by completing all of it, and the rest of the photo stays as it is."""
    blur = BLURS[0]
    written = write_on(photo("chelsea", blur), "2024", ORANGE, 0.7, 1.0)
    wide = np.concatenate([written, np.full_like(written, 0.4)], axis=1)
    whole = run_to_end(find_overlay(wide, blur.kernel()))
    monkeypatch.setattr(overlays, "_WHOLE", wide[:, :, 0].size - 1)
    part = run_to_end(find_overlay(wide, blur.kernel()))
    assert whole is not None
    assert part is not None
    assert np.mean(part.mask[whole.mask]) > 0.95
    assert np.mean(whole.mask[part.mask]) > 0.95
    np.testing.assert_array_equal(part.pixels[:, 500:], wide[:, 500:])
    monkeypatch.setattr(overlays, "_MOST_COMPLETED", 1000)
    assert run_to_end(find_overlay(wide, blur.kernel())) is None


def test_small_groups_far_from_each_other_are_no_writing() -> None:
    """A large photo has reflexes all over, which together are as many pixels as writing is."""
    blur = BLURS[0]
    reflexes = photo("chelsea", blur)
    for x, y in ((60, 50), (160, 120), (260, 190), (70, 190), (255, 45)):
        reflexes[y : y + 4, x : x + 7] = reflexes[y : y + 4, x : x + 7] * 0.3 + np.float32([0.7, 0.5, 0.1])
    line = photo("chelsea", blur)
    for x in range(60, 260, 20):
        line[190:194, x : x + 7] = line[190:194, x : x + 7] * 0.3 + np.float32([0.7, 0.5, 0.1])

    assert run_to_end(find_overlay(reflexes, blur.kernel())) is None
    assert run_to_end(find_overlay(line, blur.kernel())) is not None


def test_edges_that_are_sharp_only_in_the_reduced_photo_are_no_writing() -> None:
    """Such as a kernel that is too wide does not explain; writing is sharp in the photo itself."""
    large = cv2.resize(photo("coffee", BLURS[2]), (960, 720), interpolation=cv2.INTER_CUBIC).clip(0.0, 1.0)
    letters = write_on(large, "12:30", ORANGE, 3.0, 1.0, thickness=8)
    is_told = []
    for each in (cv2.GaussianBlur(letters, (0, 0), 2.0), letters):
        smaller = cv2.resize(each, (320, 240), interpolation=cv2.INTER_AREA)
        for places in (None, run_to_end(find_sharp_places(each, 3))):
            overlay = run_to_end(find_overlay(smaller, BLURS[2].kernel(), is_sharp=places))
            is_told += [overlay is not None]
    assert is_told == [True, False, True, True]
