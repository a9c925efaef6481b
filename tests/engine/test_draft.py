"""A draft of a photo at the size of a screen: quick, whole, and of the blur that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import pytest
from skimage.data import astronaut

from deblur_app.blur import models
from deblur_app.blur.psf import Origin, Psf
from deblur_app.core import metrics
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import Picture, from_integer, resize_pixels
from deblur_app.core.task import run_to_end
from deblur_app.engine import draft as drafts
from deblur_app.engine.draft import restore_draft
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Request

if TYPE_CHECKING:
    import numpy as np

SCENE = from_integer(astronaut())
KERNEL = models.motion(11.0, 20.0)
BLURRED = linear_to_srgb(cv2.filter2D(srgb_to_linear(SCENE), -1, KERNEL, borderType=cv2.BORDER_REFLECT))


def _gain(pixels: np.ndarray) -> float:
    """Return the gain of a draft above the photo at its size, in dB."""
    size = pixels.shape[1], pixels.shape[0]
    sharp, given = resize_pixels(SCENE, *size), resize_pixels(BLURRED, *size)
    inner = slice(8, -8), slice(8, -8)
    return metrics.psnr(sharp[inner], pixels[inner]) - metrics.psnr(sharp[inner], given[inner])


@pytest.mark.parametrize("request_of", [
    Request("restorer", psf=Psf(KERNEL, Origin.GIVEN)),
    Request("wiener", estimate=PsfEstimate(KERNEL, None, 0.9)),
], ids=["given", "estimated before"])  # fmt: skip
def test_a_known_blur_is_undone_in_a_small_copy(monkeypatch, request_of):
    """By the kernel made smaller alike, without a network."""
    monkeypatch.setattr(drafts, "_PIXELS", 400 * 400)
    pixels = run_to_end(restore_draft(Picture(BLURRED), request_of))
    assert pixels is not None
    assert pixels.shape == (400, 400, 3)
    assert _gain(pixels) > 2.0


def test_there_is_none_where_there_is_nothing_quicker_or_nothing_to_undo():
    """A Wiener filter on a small photo or without a PSF, a photo that was found sharp, methods that remove no blur."""
    picture = Picture(BLURRED)
    known = Psf(KERNEL, Origin.GIVEN)
    sharp = PsfEstimate(None, None, 0.9)
    for request in (
        Request("wiener", psf=known), Request("wiener"), Request("restorer", estimate=sharp), Request("denoise"),
    ):  # fmt: skip
        assert run_to_end(restore_draft(picture, request)) is None


def test_a_copy_that_cannot_be_restored_is_no_error():
    """A PSF larger than the photo is told by the restoration of the photo itself."""
    tiny = Picture(SCENE[:12, :12])
    assert run_to_end(restore_draft(tiny, Request("restorer-psf", psf=Psf(KERNEL, Origin.GIVEN)))) is None
