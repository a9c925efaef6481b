"""Undoing a blur moves light and makes or takes none: no method darkens or brightens a picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from deblur_app.blur import models
from deblur_app.blur.psf import Psf
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.task import run_to_end
from deblur_app.engine import devices
from deblur_app.engine.method import Context
from deblur_app.engine.methods import registry

METHOD_NAMES = ("wiener", "tikhonov", "richardson-lucy", "sparse")
MOTION = models.motion(5.0, 20.0)


def _restore(pixels: np.ndarray, kernel: np.ndarray, name: str) -> np.ndarray:
    method = registry.find(name)
    context = Context(pixels, devices.processor(), Psf(kernel))
    return np.clip(run_to_end(method.run(context, **method.complete_values({}))), 0.0, 1.0)


def _picture(light: np.ndarray) -> np.ndarray:
    """A grey picture of 8 bits, sRGB-encoded, shape (height, width, 3)."""
    pixels = linear_to_srgb(np.repeat(light[:, :, None], 3, axis=2).astype(np.float32))
    return (np.round(pixels * 255) / 255).astype(np.float32)


def _page() -> np.ndarray:
    """Black words on white, linear light."""
    page = np.full((120, 160), 255, np.uint8)
    for line in range(5):
        cv2.putText(page, "Hello World 123", (5, 20 + 24 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.5, 0.0, 1)
    return srgb_to_linear((page / 255.0).astype(np.float32))


def _chequers(side: int) -> np.ndarray:
    y, x = np.mgrid[:96, :96] // side
    return ((x + y) % 2).astype(np.float32)


def _blur(light: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return np.clip(cv2.filter2D(light, -1, kernel[::-1, ::-1].copy(), borderType=cv2.BORDER_REFLECT), 0.0, 1.0)


TWO_TONES = {
    "a scanned page of 1 bit": np.round(_blur(_page(), MOTION)),
    "a page without blur": _page(),
    "chequers of 1 px": _chequers(1),
    "chequers of 2 px": _chequers(2),
    "chequers of 16 px": _chequers(16),
    "white words on black": 1.0 - _page(),
    "noise of two tones": (np.random.default_rng(1).random((96, 96)) > 0.5).astype(np.float32),
}


@pytest.mark.parametrize("name", METHOD_NAMES)
@pytest.mark.parametrize("scene", TWO_TONES)
def test_pictures_of_two_tones_keep_their_light(name, scene):
    """Pages and chequers, where nearly everything is clipped and no lamp explains the edges."""
    light = TWO_TONES[scene]
    photo = _picture(light)
    restored = _restore(photo, MOTION, name)
    assert srgb_to_linear(restored).mean() == pytest.approx(light.mean(), rel=0.04)
    assert restored.mean() < photo.mean() * 1.04 + 0.01  # grey of the same light would be brighter, as encoded


@pytest.mark.parametrize("name", METHOD_NAMES)
def test_a_night_sky_keeps_its_light(name):
    """A few stars on black: they become points again, and the sky stays black."""
    random = np.random.default_rng(4)
    sky = np.zeros((120, 120), np.float32)
    sky[random.integers(8, 112, 25), random.integers(8, 112, 25)] = random.uniform(0.3, 1.0, 25)
    kernel = models.turbulence(1.5)
    photo = _picture(_blur(sky, kernel))
    result = srgb_to_linear(_restore(photo, kernel, name))
    assert result.mean() == pytest.approx(srgb_to_linear(photo).mean(), rel=0.2, abs=0.0006)
    assert result[sky > 0.3].mean() > 2 * srgb_to_linear(photo)[sky > 0.3].mean()
    assert np.median(result) < 0.003


@pytest.mark.parametrize("name", METHOD_NAMES)
@pytest.mark.parametrize("level", [0.0, 0.2, 1.0])
def test_an_even_picture_stays_as_it_is(name, level):
    """Black, grey and white."""
    photo = np.full((48, 60, 3), level, np.float32)
    np.testing.assert_allclose(_restore(photo, MOTION, name), photo, atol=2 / 255)
