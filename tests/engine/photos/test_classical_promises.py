"""Promises of every classical method for any picture and any kernel."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deblur_app.blur import degrade, kernel_arrays, models
from deblur_app.blur.psf import Psf
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer, to_uint8
from deblur_app.core.task import run_to_end
from deblur_app.engine import devices, tasks
from deblur_app.engine.method import Context, Request
from deblur_app.engine.methods import registry

METHOD_NAMES = ("wiener", "tikhonov", "richardson-lucy", "sparse")

KERNELS = st.one_of(
    st.floats(0.6, 2.5).map(models.turbulence),
    st.floats(1.0, 5.0).map(models.defocus),
    st.tuples(st.floats(2.0, 12.0), st.floats(0.0, 180.0)).map(lambda values: models.motion(*values)),
)


@st.composite
def scenes(draw: st.DrawFn) -> np.ndarray:
    """Shapes of even colour on one another, shape (height, width, 3) in [0, 1], sides from 24 to 56 pixels."""
    height, width = draw(st.integers(24, 56)), draw(st.integers(24, 56))
    random = np.random.default_rng(draw(st.integers(0, 2**20)))
    scene = np.full((height, width, 3), random.random(3), np.float32)
    for _ in range(draw(st.integers(0, 6))):
        top, left = random.integers(0, height - 4), random.integers(0, width - 4)
        scene[top : top + random.integers(2, height), left : left + random.integers(2, width)] = random.random(3)
    return scene


def _restore(pixels: np.ndarray, kernel: np.ndarray, name: str) -> np.ndarray:
    method = registry.find(name)
    context = Context(pixels, devices.processor(), Psf(kernel))
    return np.clip(run_to_end(method.run(context, **method.complete_values({}))), 0.0, 1.0)


@pytest.mark.parametrize("name", METHOD_NAMES)
@settings(max_examples=12, deadline=None)
@given(scene=scenes(), kernel=KERNELS, noise=st.sampled_from([0.0, 0.005, 0.02]))
def test_light_is_kept_and_all_values_are_numbers(name, scene, kernel, noise):
    """Mean light within 3 %, all values numbers, same shape, when shown."""
    how = degrade.Degradation(blur=kernel, noise=noise)
    photo = from_integer(to_uint8(run_to_end(degrade.degrade(scene, how))))
    result = _restore(photo, kernel, name)
    assert result.shape == photo.shape
    assert np.isfinite(result).all()
    assert srgb_to_linear(result).mean() == pytest.approx(srgb_to_linear(photo).mean(), rel=0.03, abs=0.002)


@pytest.mark.parametrize("name", METHOD_NAMES)
@settings(max_examples=8, deadline=None)
@given(colour=st.tuples(*[st.floats(0.0, 1.0, width=32)] * 3), kernel=KERNELS)
@example(colour=(0.0, 0.0, 0.0), kernel=models.turbulence(2.5))  # black, to be restored without a glow at the corners
def test_one_colour_stays_one_colour(name, colour, kernel):
    """To two levels of 255, wherever in the picture."""
    photo = np.full((40, 44, 3), colour, np.float32)
    np.testing.assert_allclose(_restore(photo, kernel, name), photo, atol=2 / 255)


@pytest.mark.parametrize("name", METHOD_NAMES)
@settings(max_examples=8, deadline=None)
@given(scene=scenes(), side=st.sampled_from([1, 3, 9]))
def test_a_kernel_of_one_point_gives_the_picture_back(name, scene, side):
    """There is nothing to undo."""
    kernel = np.zeros((side, side), np.float32)
    kernel[side // 2, side // 2] = 1.0
    np.testing.assert_allclose(_restore(scene, kernel, name), scene, atol=1e-3)


@pytest.mark.parametrize("name", METHOD_NAMES)
def test_a_kernel_for_each_colour_is_used_channel_by_channel(name):
    """Each channel is what it is with its own kernel alone, up to what channels choose together."""
    kernels = [models.turbulence(sigma) for sigma in (0.8, 1.4, 2.2)]
    side = max(len(kernel) for kernel in kernels)
    colour = np.dstack([np.pad(kernel, (side - len(kernel)) // 2) for kernel in kernels])
    y, x = np.mgrid[:72, :80]
    sharp = np.repeat((0.3 + 0.4 * ((y // 12 + x // 16) % 2))[:, :, None], 3, axis=2).astype(np.float32)
    photo = run_to_end(degrade.degrade(sharp, degrade.Degradation(blur=colour, noise=0.002)))
    errors = [
        np.square(_restore(photo, kernel, name) - sharp).mean()
        for kernel in (colour, kernel_arrays.normalize(colour.mean(2)))
    ]
    assert errors[0] < 0.8 * errors[1]
    assert errors[0] < 0.8 * np.square(photo - sharp).mean()


@pytest.mark.parametrize("name", METHOD_NAMES)
def test_a_psf_that_is_larger_than_the_picture_is_told(name):
    """In a sentence with both sizes."""
    photo = np.full((20, 30, 3), 0.5, np.float32)
    with pytest.raises(DeblurError, match=r"The PSF is 25 × 25 pixels large and the picture only 30 × 20"):
        run_to_end(tasks.deblur(Picture(photo), Request(name, {}, psf=Psf(models.defocus(12.0)))))


def test_every_method_with_a_psf_is_looked_at():
    """Those without a network that undo a PSF that is given."""
    names = {m.name for m in registry.METHODS if not m.is_neural and m.psf.value == "given"}
    assert names == set(METHOD_NAMES)
