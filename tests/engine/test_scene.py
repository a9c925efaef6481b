"""What was added to a photo stays as it is and takes no part in restoring the rest."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from skimage import data

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end
from deblur_app.deconvolution.grid import even_grid
from deblur_app.engine import tasks
from deblur_app.engine.method import Request

MOTION = Blur("motion", {"length": 10, "angle": 60})


def sharp() -> np.ndarray:
    """A photograph of 256 × 200 pixels."""
    return from_integer(np.ascontiguousarray(data.astronaut()[:200, :256]))


def blurred() -> np.ndarray:
    """The photograph, moved."""
    return run_to_end(degrade(sharp(), Degradation(blur=MOTION, noise=0.002)))


def framed(pixels: np.ndarray, width: int, colour: float) -> np.ndarray:
    """A picture in a frame of even width."""
    return np.pad(pixels, ((width, width), (width, width), (0, 0)), constant_values=np.float32(colour))


def error(found: np.ndarray, truth: np.ndarray) -> float:
    """Root of the mean squared difference."""
    return float(np.sqrt(np.mean((found - truth) ** 2)))


@pytest.mark.parametrize("method", ["wiener", "tikhonov", "sparse", "richardson-lucy"])
@pytest.mark.parametrize(("width", "colour"), [(30, 0.0), (3, 0.0), (20, 1.0)])
def test_a_framed_photo_is_restored_as_one_without_and_its_frame_is_kept(
    method: str, width: int, colour: float
) -> None:
    """A framed photo is restored as one without and its frame is kept."""
    photo = framed(blurred(), width, colour)

    restored = run_to_end(tasks.deblur(Picture(photo), Request(method, psf=MOTION)))
    alone = run_to_end(tasks.deblur(Picture(blurred()), Request(method, psf=MOTION))).picture.pixels

    result, inside = restored.picture.pixels, slice(width, -width)
    kept = np.ones(photo.shape[:2], np.bool_)
    kept[inside, inside] = False
    assert np.array_equal(result[kept], photo[kept])
    assert error(result[inside, inside], sharp()) < 1.1 * error(alone, sharp())
    assert "frame" in restored.note


def test_a_photo_without_a_frame_is_given_to_the_method_as_it_is() -> None:
    """A photo without a frame is given to the method as it is."""
    restored = run_to_end(tasks.deblur(Picture(blurred()), Request("wiener", psf=MOTION)))

    assert restored.note == ""


def test_a_framed_photo_is_restored_with_a_kernel_for_each_region() -> None:
    """A framed photo is restored with a kernel for each region."""
    photo = framed(blurred(), 30, 0.0)
    kernel = MOTION.kernel()
    grid = even_grid([[kernel, kernel], [kernel, kernel]], photo.shape)

    result = run_to_end(tasks.deblur(Picture(photo), Request("wiener", psf=grid))).picture.pixels

    assert np.array_equal(result[:30], photo[:30])
    assert error(result[30:-30, 30:-30], sharp()) < 0.9 * error(blurred(), sharp())


def test_the_colour_below_transparent_pixels_takes_no_part() -> None:
    """The colour below transparent pixels takes no part."""
    alpha = np.zeros((200, 256), np.uint8)
    cv2.ellipse(alpha, (128, 100), (100, 80), 0, 0, 360, 1, -1)
    seen = alpha == 1
    whole = blurred()
    cut = replace(Picture(np.where(seen[:, :, None], whole, np.float32(0.0))), alpha=alpha.astype(np.float32))
    distance = cv2.distanceTransform(alpha, cv2.DIST_L2, 5)
    near = (distance >= 3) & (distance <= 6)

    result = run_to_end(tasks.deblur(cut, Request("sparse", psf=MOTION))).picture
    uncut = run_to_end(tasks.deblur(Picture(whole), Request("sparse", psf=MOTION))).picture.pixels

    assert 255 * error(result.pixels[near], uncut[near]) < 12
    assert result.alpha is cut.alpha
    assert np.array_equal(result.pixels[~seen], cut.pixels[~seen])


def test_a_framed_photo_reduced_by_the_papers_network_keeps_its_frame() -> None:
    """A framed photo reduced by the papers network keeps its frame."""
    photo = framed(blurred(), 40, 1.0)

    result = run_to_end(tasks.deblur(Picture(photo), Request("autoencoder", {"area": "whole"}))).picture.pixels

    assert result.shape == (128, 128, 3)
    assert np.abs(result[:15] - 1.0).max() < 1e-6
    assert np.abs(result[40:88, 40:88] - 1.0).max() > 0.2


def test_a_picture_that_is_transparent_everywhere_is_restored() -> None:
    """A picture that is transparent everywhere is restored."""
    picture = replace(Picture(blurred()), alpha=np.zeros((200, 256), np.float32))

    result = run_to_end(tasks.deblur(picture, Request("wiener", psf=MOTION))).picture.pixels

    assert error(result, sharp()) < 0.9 * error(blurred(), sharp())
