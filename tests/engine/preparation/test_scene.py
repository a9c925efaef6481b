"""Frames and writing on a photo stay as they are and take no part in restoring the rest."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from skimage import data

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kernel_grid import KernelField, even_grid
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core.picture import Picture, from_integer, resize_pixels, to_uint8
from deblur_app.core.task import run_to_end
from deblur_app.engine import psf_tasks, tasks
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Request
from deblur_app.engine.preparation import scene
from deblur_app.restoration.psf_estimation import kernel_fit

MOTION = Blur("motion", {"length": 10, "angle": 60})
PSF = Psf.of_model(MOTION)


def sharp() -> np.ndarray:
    """A photograph of 256 × 200 pixels."""
    return from_integer(np.ascontiguousarray(data.astronaut()[:200, :256]))


def blur_sharp() -> np.ndarray:
    """The photograph, moved."""
    return run_to_end(degrade(sharp(), Degradation(blur=MOTION, noise=0.002)))


def add_frame(pixels: np.ndarray, width: int, colour: float) -> np.ndarray:
    """A picture in a frame of even width."""
    return np.pad(pixels, ((width, width), (width, width), (0, 0)), constant_values=np.float32(colour))


def error(result: np.ndarray, truth: np.ndarray) -> float:
    """Root of the mean squared difference."""
    return float(np.sqrt(np.mean((result - truth) ** 2)))


@pytest.mark.parametrize("method", ["wiener", "tikhonov", "sparse", "richardson-lucy"])
@pytest.mark.parametrize(("width", "colour"), [(30, 0.0), (3, 0.0), (20, 1.0)])
def test_a_framed_photo_is_restored_as_one_without_and_its_frame_is_kept(
    method: str, width: int, colour: float
) -> None:
    """A framed photo is restored as one without and its frame is kept."""
    photo = add_frame(blur_sharp(), width, colour)

    restored = run_to_end(tasks.deblur(Picture(photo), Request(method, psf=PSF)))
    alone = run_to_end(tasks.deblur(Picture(blur_sharp()), Request(method, psf=PSF))).picture.pixels

    result, inside = restored.picture.pixels, slice(width, -width)
    remaining = np.ones(photo.shape[:2], np.bool_)
    remaining[inside, inside] = False
    assert np.array_equal(result[remaining], photo[remaining])
    assert error(result[inside, inside], sharp()) < 1.1 * error(alone, sharp())
    assert "frame" in restored.note


def test_a_photo_without_a_frame_is_given_to_the_method_as_it_is() -> None:
    """A photo without a frame is given to the method as it is."""
    restored = run_to_end(tasks.deblur(Picture(blur_sharp()), Request("wiener", psf=PSF)))

    assert restored.note == ""


def test_a_framed_photo_is_restored_with_a_kernel_for_each_region() -> None:
    """A framed photo is restored with a kernel for each region."""
    photo = add_frame(blur_sharp(), 30, 0.0)
    kernel = MOTION.kernel()
    grid = even_grid([[kernel, kernel], [kernel, kernel]], photo.shape)

    result = run_to_end(tasks.deblur(Picture(photo), Request("wiener", psf=Psf(grid)))).picture.pixels

    assert np.array_equal(result[:30], photo[:30])
    assert error(result[30:-30, 30:-30], sharp()) < 0.9 * error(blur_sharp(), sharp())


def test_the_colour_below_transparent_pixels_takes_no_part() -> None:
    """The colour below transparent pixels takes no part."""
    alpha = np.zeros((200, 256), np.uint8)
    cv2.ellipse(alpha, (128, 100), (100, 80), 0, 0, 360, 1, -1)
    values = alpha == 1
    whole = blur_sharp()
    cut = replace(Picture(np.where(values[:, :, None], whole, np.float32(0.0))), alpha=alpha.astype(np.float32))
    distance = cv2.distanceTransform(alpha, cv2.DIST_L2, 5)
    near = (distance >= 3) & (distance <= 6)

    result = run_to_end(tasks.deblur(cut, Request("sparse", psf=PSF))).picture
    uncut = run_to_end(tasks.deblur(Picture(whole), Request("sparse", psf=PSF))).picture.pixels

    assert 255 * error(result.pixels[near], uncut[near]) < 12
    assert result.alpha is cut.alpha
    assert np.array_equal(result.pixels[~values], cut.pixels[~values])


def test_a_framed_photo_reduced_by_the_papers_network_keeps_its_frame() -> None:
    """A framed photo reduced by the papers network keeps its frame."""
    photo = add_frame(blur_sharp(), 40, 1.0)

    result = run_to_end(tasks.deblur(Picture(photo), Request("autoencoder", {"area": "whole"}))).picture.pixels

    assert result.shape == (128, 128, 3)
    assert np.abs(result[:15] - 1.0).max() < 1e-6
    assert np.abs(result[40:88, 40:88] - 1.0).max() > 0.2


def test_a_picture_that_is_transparent_everywhere_is_restored() -> None:
    """A picture that is transparent everywhere is restored."""
    picture = replace(Picture(blur_sharp()), alpha=np.zeros((200, 256), np.float32))

    result = run_to_end(tasks.deblur(picture, Request("wiener", psf=PSF))).picture.pixels

    assert error(result, sharp()) < 0.9 * error(blur_sharp(), sharp())


@pytest.mark.parametrize("method", ["wiener", "sparse", "richardson-lucy"])
def test_a_date_stamp_stays_once_and_does_not_ring_into_the_photo(method: str) -> None:
    """Its pixels are those of the photo; around it, the photo no copies of it arise."""
    clean = blur_sharp()
    letters = np.zeros(clean.shape[:2], np.uint8)
    cv2.putText(letters, "2026-01-01", (90, 180), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 255, 2, cv2.LINE_AA)
    share = letters[:, :, None] / np.float32(255)
    stamped = clean * (1 - share) + share * np.array([1.0, 0.6, 0.1], np.float32)
    beside = np.zeros(clean.shape[:2], np.bool_)
    beside[140:, 60:] = True
    beside &= cv2.dilate(letters, np.ones((7, 7), np.uint8)) == 0

    restored = run_to_end(tasks.deblur(Picture(stamped), Request(method, psf=PSF)))
    alone = run_to_end(tasks.deblur(Picture(clean), Request(method, psf=PSF))).picture.pixels

    result = restored.picture.pixels
    assert (result == stamped).all(axis=2)[letters > 200].mean() > 0.95
    assert error(result[beside], sharp()[beside]) < 1.75 * error(alone[beside], sharp()[beside])
    assert "Text on the photo" in restored.note


def test_writing_is_found_in_a_photo_whose_kernel_is_that_of_a_reduced_one() -> None:
    """Its pixels are those of the photo, and what is beside it was completed from the photo."""
    photo = resize_pixels(blur_sharp(), 512, 400)
    letters = np.zeros(photo.shape[:2], np.uint8)
    cv2.putText(letters, "2026-01-01", (180, 360), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 255, 4, cv2.LINE_AA)
    share = letters[:, :, None] / np.float32(255)
    stamped = photo * (1 - share) + share * np.array([1.0, 0.6, 0.1], np.float32)
    psf = Psf(kernel_fit.scale_kernel(MOTION.kernel(), 2.0), reduction=2)
    overlay = run_to_end(scene.find_writing(stamped, psf))
    assert overlay is not None
    assert overlay.mask[letters > 200].mean() > 0.9
    assert overlay.unknown.mean() < 0.15
    assert error(overlay.pixels, photo) < 0.7 * error(stamped, photo)
    assert run_to_end(scene.find_writing(photo, psf)) is None


@pytest.mark.parametrize("is_whole", [True, False])
def test_what_is_no_scene_stays_and_the_photo_is_not_written(*, is_whole: bool) -> None:
    """Whether the scene fills the photo or a part of it, and where the method gave the photo back."""
    photo = sharp()
    before = photo.copy()
    is_kept = np.zeros(photo.shape[:2], np.bool_)
    is_kept[:20] = is_kept[100:110, 50:90] = True
    box = (slice(0 if is_whole else 20, photo.shape[0]), slice(0, photo.shape[1]))
    found = scene.Scene(is_kept, box, is_kept[box])
    for restored in (1.0 - photo[box], photo[box]):
        expected = photo.copy()
        expected[~is_kept] = restored[~is_kept[box]]
        assert np.array_equal(scene.insert_scene(photo, restored, found), expected)
        assert np.array_equal(photo, before)


def test_writing_on_a_framed_photo_is_found_within_the_frame() -> None:
    """Both are left as they are."""
    photo = add_frame(blur_sharp(), 24, 0.0)
    values = to_uint8(photo)
    cv2.putText(values, "12:30", (150, 200), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (255, 120, 20), 2, cv2.LINE_AA)
    stamped = from_integer(values)
    written = np.abs(stamped - photo).max(axis=2) > 0.3

    restored = run_to_end(tasks.deblur(Picture(stamped), Request("wiener", psf=PSF)))

    assert (restored.picture.pixels == stamped).all(axis=2)[written].mean() > 0.95
    assert np.array_equal(restored.picture.pixels[:24], stamped[:24])
    assert "frame" in restored.note
    assert "Text on the photo" in restored.note


def test_the_blur_of_a_framed_photo_is_that_of_the_photo_in_it() -> None:
    """The edge of the frame takes no part in the estimation."""
    framed_estimate = run_to_end(psf_tasks.estimate(Picture(add_frame(blur_sharp(), 30, 0.0)), "motion"))
    estimate = run_to_end(psf_tasks.estimate(Picture(blur_sharp()), "motion"))

    assert framed_estimate.model is not None
    assert estimate.model is not None
    assert framed_estimate.model.values == pytest.approx(estimate.model.values, rel=0.05)


def test_the_reblur_check_of_a_framed_photo_looks_inside_the_frame() -> None:
    """Its edge contradicts every kernel."""
    inside, photo = Picture(blur_sharp()), Picture(add_frame(blur_sharp(), 30, 1.0))
    result = run_to_end(tasks.deblur(photo, Request("richardson-lucy", psf=PSF))).picture

    check = run_to_end(psf_tasks.reblur_check(photo, result, PSF))
    alone = run_to_end(tasks.deblur(inside, Request("richardson-lucy", psf=PSF))).picture

    assert check.disagreeing < run_to_end(psf_tasks.reblur_check(inside, alone, PSF)).disagreeing + 0.02


def test_a_field_of_a_framed_photo_has_its_places_in_the_photo() -> None:
    """Estimated within the frame, restored within it, and given back with the frame counted in."""
    inside, left, top = blur_sharp(), 30, 30
    weights = np.ones((2, 2, 1), np.float32)
    field = KernelField(MOTION.kernel()[None], weights, (63.0, 191.0), (49.0, 149.0), weights[..., 0])
    found = PsfEstimate(field, None, 0.5)
    request = Request("richardson-lucy", estimate=found.moved(left, top))

    framed = run_to_end(tasks.deblur(Picture(add_frame(inside, 30, 1.0)), request))
    alone = run_to_end(tasks.deblur(Picture(inside), Request("richardson-lucy", estimate=found)))

    for psf in (framed.request.psf, framed.estimate.psf if framed.estimate else None):
        assert psf is not None
        assert psf.field is not None
        assert psf.field.xs == (93.0, 221.0)
        assert psf.field.ys == (79.0, 179.0)
    assert np.abs(framed.picture.pixels[30:-30, 30:-30] - alone.picture.pixels)[20:-20, 20:-20].max() < 0.02
