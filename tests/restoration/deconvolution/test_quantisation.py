"""The rounding of JPEG is known as error: no filter amplifies it, and a picture that once was a JPEG is recognised."""

from __future__ import annotations

import io

import numpy as np
import pytest
import skimage.data
from PIL import Image

from deblur_app.blur import models
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.psf import Psf
from deblur_app.core import image_io, metrics
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.task import run_to_end
from deblur_app.engine import devices
from deblur_app.engine.method import Context
from deblur_app.engine.methods import registry
from deblur_app.restoration.deconvolution import quantisation

KERNELS = {
    "turbulence": models.turbulence(2.0),
    "defocus": models.defocus(4.0),
    "motion": models.motion(12.0, 60.0),
}
SCENES = {"astronaut": skimage.data.astronaut()[60:252, 130:322], "cat": skimage.data.chelsea()[60:252, 120:312]}


def _blur(scene: str, kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    sharp = from_integer(np.ascontiguousarray(SCENES[scene]))
    return sharp, run_to_end(degrade(sharp, Degradation(blur=kernel)))


def _jpeg(pixels: np.ndarray, quality: int) -> tuple[np.ndarray, np.ndarray]:
    """The picture as JPEG gives it back, and the luma table of the file in natural order."""
    file = io.BytesIO()
    Image.fromarray(to_uint8(pixels)).save(file, "JPEG", quality=quality)
    image = Image.open(file)
    return from_integer(np.asarray(image)), np.array(image.quantization[0], np.uint16).reshape(8, 8)


def _restore(pixels: np.ndarray, kernel: np.ndarray, name: str, table: np.ndarray | None) -> np.ndarray:
    method = registry.find(name)
    context = Context(pixels, devices.processor(), Psf(kernel), find_jpeg_table=lambda: table)
    return np.clip(run_to_end(method.run(context, **method.complete_values({}))), 0.0, 1.0)


@pytest.mark.parametrize("quality", [60, 75, 85, 90, 95, 98])
@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("name", ["wiener", "tikhonov"])
def test_a_linear_filter_gains_on_a_jpeg_of_any_quality(name, kernel, quality):
    """With automatic smoothing; without the table it fell up to 12 dB below doing nothing."""
    sharp, blurred = _blur("astronaut", KERNELS[kernel])
    photo, table = _jpeg(blurred, quality)
    restored = _restore(photo, KERNELS[kernel], name, table)
    assert metrics.psnr(sharp, restored) > metrics.psnr(sharp, photo) + 1.0


@pytest.mark.parametrize("name", ["sparse", "richardson-lucy"])
@pytest.mark.parametrize("quality", [60, 90])
def test_the_other_methods_gain_on_a_jpeg_too(name, quality):
    """Also where quality is low."""
    kernel = KERNELS["defocus"]
    sharp, blurred = _blur("cat", kernel)
    photo, table = _jpeg(blurred, quality)
    assert metrics.psnr(sharp, _restore(photo, kernel, name, table)) > metrics.psnr(sharp, photo) + 0.5


@pytest.mark.parametrize("name", ["wiener", "tikhonov", "sparse"])
@pytest.mark.parametrize("quality", [60, 85])
def test_the_methods_gain_on_a_lossy_webp(name, quality, tmp_path):
    """Without its quantiser they fell up to 3 dB below doing nothing."""
    kernel = KERNELS["defocus"]
    sharp, blurred = _blur("astronaut", kernel)
    Image.fromarray(to_uint8(blurred)).save(tmp_path / "photo.webp", quality=quality)
    photo = image_io.read(tmp_path / "photo.webp")
    restored = _restore(photo.pixels, kernel, name, photo.jpeg_table)
    assert metrics.psnr(sharp, restored) > metrics.psnr(sharp, photo.pixels) + 0.5


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("name", ["wiener", "tikhonov"])
def test_a_photo_without_noise_is_no_reason_to_amplify_its_rounding(name, kernel):
    """Of 8 bits and never a JPEG: cross-validation alone found no noise and fell below doing nothing."""
    sharp, blurred = _blur("cat", KERNELS[kernel])
    photo = from_integer(to_uint8(blurred))
    restored = _restore(photo, KERNELS[kernel], name, None)
    assert metrics.psnr(sharp, restored) > metrics.psnr(sharp, photo) + 1.5


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("cut", [(0, 0), (3, 5)], ids=["whole", "cut"])
@pytest.mark.parametrize("quality", [40, 75, 80])
def test_a_picture_that_once_was_a_jpeg_is_recognised(scene, cut, quality):
    """Its table is told to a tenth, also where the picture was cut since."""
    _, blurred = _blur(scene, KERNELS["turbulence"])
    photo, table = _jpeg(blurred, quality)
    result = quantisation.find_table(photo[cut[0] :, cut[1] :])
    assert result is not None
    assert result.mean() == pytest.approx(table.mean(), rel=0.15)


@pytest.mark.parametrize("noise", [0.0, 0.01])
def test_a_picture_that_was_no_jpeg_has_no_table(noise):
    """Sharp, blurred, with noise and without, even and tiny."""
    kernel = KERNELS["motion"]
    for scene in SCENES:
        sharp, _ = _blur(scene, kernel)
        blurred = run_to_end(degrade(sharp, Degradation(blur=kernel, noise=noise)))
        for pixels in (sharp, from_integer(to_uint8(blurred)), blurred):
            assert quantisation.find_table(pixels) is None
    assert quantisation.find_table(np.full((64, 64, 3), 0.5, np.float32)) is None
    assert quantisation.find_table(np.zeros((5, 900, 3), np.float32)) is None


def test_the_equivalent_noise_grows_with_the_steps_and_with_the_light():
    """An equal rounding of encoded values is a larger error in the light."""
    _, fine = _jpeg(_blur("cat", KERNELS["motion"])[1], 95)
    _, coarse = _jpeg(_blur("cat", KERNELS["motion"])[1], 50)
    dark, bright = (srgb_to_linear(np.full((40, 40, 3), level, np.float32)) for level in (0.2, 0.8))
    assert quantisation.equivalent_noise(None, bright) == 0.0
    assert quantisation.equivalent_noise(fine, bright) < quantisation.equivalent_noise(coarse, bright)
    assert quantisation.equivalent_noise(coarse, dark) < quantisation.equivalent_noise(coarse, bright)
