"""Frames around photos are found, and photos without one are left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from skimage import data

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.task import run_to_end
from deblur_app.restoration.unknown_pixels.frames import find_frame

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.unknown_pixels.frames import Mask

BLACK, WHITE, PAPER = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.95, 0.94, 0.92)
MOTION = Blur("motion", {"length": 12, "angle": 60})


def photo(name: str = "chelsea", blur: Blur | None = MOTION) -> Pixels:
    """One of scikit-image's photographs, blurred."""
    pixels = from_integer(getattr(data, name)()[:240, :320])
    return run_to_end(degrade(np.ascontiguousarray(pixels), Degradation(blur=blur, noise=0.002)))


def add_frame(pixels: Pixels, sides: tuple[int, int, int, int], colour: tuple[float, ...]) -> tuple[Pixels, Mask]:
    """A photo in a frame that is so wide above, on the right, below and on the left; and where that is."""
    top, right, bottom, left = sides
    whole = cv2.copyMakeBorder(pixels, top, bottom, left, right, cv2.BORDER_CONSTANT, value=colour)
    mask = cv2.copyMakeBorder(
        np.zeros(pixels.shape[:2], np.uint8), top, bottom, left, right, cv2.BORDER_CONSTANT, None, 1
    )
    return whole, mask.astype(np.bool_)


def through_jpeg(pixels: Pixels, quality: int) -> Pixels:
    """Return what JPEG leaves of a picture."""
    _, file = cv2.imencode(".jpg", to_uint8(pixels), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return from_integer(cv2.imdecode(file, cv2.IMREAD_COLOR))


def measure_missed(found: Mask | None, truth: Mask) -> float:
    """Share of a frame that was not found."""
    return 1.0 if found is None else float((truth & ~found).sum() / truth.sum())


def overrun(found: Mask | None, truth: Mask) -> float:
    """Share of the scene that was taken for frame."""
    return 0.0 if found is None else float((found & ~truth).sum() / (~truth).sum())


@pytest.mark.parametrize("quality", [None, 90])
@pytest.mark.parametrize(
    ("sides", "colour"),
    [
        ((30, 30, 30, 30), BLACK),
        ((24, 24, 24, 24), WHITE),
        ((40, 0, 40, 0), BLACK),
        ((0, 33, 0, 33), WHITE),
        ((3, 3, 3, 3), BLACK),
        ((12, 20, 45, 8), PAPER),
        ((0, 0, 36, 0), WHITE),
    ],
)
def test_a_frame_is_found_to_the_pixel(
    sides: tuple[int, int, int, int], colour: tuple[float, ...], quality: int | None
) -> None:
    """A frame is found to the pixel."""
    whole, truth = add_frame(photo(), sides, colour)

    mask = find_frame(through_jpeg(whole, quality) if quality else whole)

    assert measure_missed(mask, truth) < 0.01
    assert overrun(mask, truth) < 0.02


def test_a_caption_belongs_to_the_border_it_is_written_on() -> None:
    """A caption belongs to the border it is written on."""
    whole, truth = add_frame(photo(), (14, 14, 60, 14), PAPER)
    values = to_uint8(whole)
    cv2.putText(values, "Rome, June 1987", (20, 290), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (40, 30, 90), 2, cv2.LINE_AA)

    mask = find_frame(from_integer(values))

    assert measure_missed(mask, truth) < 0.01
    assert overrun(mask, truth) < 0.02


def test_a_mat_with_a_dark_line_around_the_photo_is_one_frame() -> None:
    """A mat with a dark line around the photo is one frame."""
    inner, line = add_frame(photo(), (2, 2, 2, 2), BLACK)
    whole, mat = add_frame(inner, (30, 30, 30, 30), WHITE)
    mat[30:-30, 30:-30] = line

    assert measure_missed(find_frame(whole), mat) < 0.01


def test_round_corners_of_a_slide_mount_are_frame() -> None:
    """Round corners of a slide mount are frame."""
    pixels = photo("astronaut")
    rounded = np.zeros(pixels.shape[:2], np.uint8)
    cv2.rectangle(rounded, (14, 14), (305, 225), 1, -1)
    rounded = cv2.dilate(rounded, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (29, 29)))
    pixels[rounded == 0] = 0.0
    whole, truth = add_frame(pixels, (18, 22, 18, 22), BLACK)
    truth[18:-18, 22:-22] |= rounded == 0

    mask = find_frame(whole)

    assert measure_missed(mask, truth) < 0.01
    assert overrun(mask, truth) < 0.02


def test_the_black_around_a_turned_scan_is_frame() -> None:
    """The black around a turned scan is frame."""
    pixels = photo("astronaut")
    turn = cv2.getRotationMatrix2D((160, 120), 2.0, 1.0)
    turn[:, 2] += 30
    whole = cv2.warpAffine(pixels, turn, (380, 300), flags=cv2.INTER_LINEAR)
    truth = cv2.warpAffine(np.ones(pixels.shape[:2], np.float32), turn, (380, 300)) < 0.5

    mask = find_frame(whole)

    assert measure_missed(mask, truth) < 0.05
    assert overrun(mask, truth) < 0.02


@pytest.mark.parametrize(
    "blur", [None, MOTION, Blur("motion", {"length": 9, "angle": 0}), Blur("defocus", {"radius": 3})]
)
@pytest.mark.parametrize("name", ["astronaut", "chelsea", "coffee", "rocket", "immunohistochemistry"])
def test_an_ordinary_photo_has_no_frame(name: str, blur: Blur | None) -> None:
    """An ordinary photo has no frame."""
    assert find_frame(photo(name, blur)) is None


def test_a_blurred_horizon_under_a_white_sky_is_no_frame() -> None:
    """A blurred horizon under a white sky is no frame."""
    scene = np.full((240, 320, 3), 0.3, np.float32)
    scene[:90] = 1.0
    blurred = run_to_end(degrade(scene, Degradation(blur=Blur("turbulence", {"sigma": 2.0}))))

    assert find_frame(blurred) is None


def test_a_night_photo_has_no_frame() -> None:
    """A night photo has no frame."""
    scene = np.zeros((240, 320, 3), np.float32)
    for x, y in ((60, 120), (150, 90), (200, 160), (260, 130)):
        cv2.circle(scene, (x, y), 14, (0.9, 0.8, 0.5), -1)
    blurred = run_to_end(degrade(scene, Degradation(blur=MOTION, noise=0.002)))

    assert find_frame(blurred) is None
