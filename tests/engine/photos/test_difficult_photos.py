"""Every picture gets an answer: tiny ones, strips, dim ones, even ones and grey ones."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from skimage.data import astronaut, page

from deblur_app.blur import degrade, models
from deblur_app.blur.psf import Psf
from deblur_app.core import image_io, metrics
from deblur_app.core.colour import linear_to_srgb
from deblur_app.core.errors import DeblurError, UnmeasurableBlurError
from deblur_app.core.picture import Picture, from_integer, to_uint8
from deblur_app.core.task import run_to_end
from deblur_app.engine import psf_tasks, tasks
from deblur_app.engine.estimation import psf_estimate
from deblur_app.engine.method import PsfUse, Request
from deblur_app.engine.methods import registry

SCENE = from_integer(astronaut())
SIZES = [(1, 1), (2, 2), (3, 3), (1, 200), (200, 1), (20, 300), (40, 40)]
"""Heights and widths below what a blur is measured at."""


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", [method.name for method in registry.list_offered()])
def test_every_method_has_an_answer_for_tiny_pictures(name, size):
    """With a PSF where it takes one, and without; one that is larger than the picture is refused in a sentence."""
    pixels = np.ascontiguousarray(SCENE[: size[0], 100 : 100 + size[1]])
    takes_psf = registry.find(name).psf is PsfUse.GIVEN
    for psf in (None, Psf(models.motion(15, 20)))[: 1 + takes_psf]:
        if psf and min(size) < 15:
            with pytest.raises(DeblurError, match="wider than the picture"):
                run_to_end(tasks.deblur(Picture(pixels), Request(name, device="cpu", psf=psf)))
            continue
        restored = run_to_end(tasks.deblur(Picture(pixels), Request(name, device="cpu", psf=psf)))
        assert restored.picture.pixels.shape == pixels.shape
        assert np.isfinite(restored.picture.pixels).all()
        if psf is None and registry.find(name).psf is not PsfUse.NONE:
            assert "too small to measure its blur" in restored.note
            assert restored.request.psf is None


def test_a_blurred_line_of_text_is_restored_by_its_own_blur():
    """A crop of 340 × 56 pixels, as of a number plate."""
    sharp = from_integer(np.repeat(page()[..., None], 3, axis=2))
    blurred = degrade.blur(sharp, models.motion(12, 0))
    line = (slice(60, 116), slice(20, 360))
    photo = Picture(np.ascontiguousarray(blurred[line]))
    restored = run_to_end(tasks.deblur(photo, Request("restorer", device="cpu")))
    assert restored.estimate is not None
    assert restored.estimate.model is not None
    assert restored.estimate.model.values["length"] == pytest.approx(12, abs=1)
    gained = metrics.psnr(sharp[line], restored.picture.pixels) - metrics.psnr(sharp[line], photo.pixels)
    assert gained > 3


@pytest.mark.parametrize("height", [30, 40, 50])
def test_blurred_writing_on_even_ground_is_restored_by_its_own_blur(height):
    """The ground around it is no frame, and a strip is long enough to measure along it."""
    paper = np.full((height + 40, 240, 3), 240, np.uint8)
    cv2.putText(
        paper, "B AB 1234", (35, 20 + int(0.75 * height)), cv2.FONT_HERSHEY_SIMPLEX, height / 40, (20, 20, 20), 2
    )
    line = slice(20, 20 + height)
    sharp, blurred = (
        pixels[line] for pixels in (from_integer(paper), degrade.blur(from_integer(paper), models.motion(9, 5)))
    )
    noisy = np.clip(blurred + np.random.default_rng(0).normal(0, 0.003, blurred.shape), 0, 1).astype(np.float32)
    restored = run_to_end(tasks.deblur(Picture(noisy), Request("restorer", device="cpu")))
    assert restored.request.method == "restorer"
    assert metrics.psnr(sharp, restored.picture.pixels) > metrics.psnr(sharp, noisy) + 3


@pytest.mark.parametrize("corner", [(400, 0), (300, 440), (60, 440)])
def test_no_blur_is_sure_in_a_small_sharp_crop_that_its_spectrum_contradicts(corner):
    """Left alone, or at least not called sure."""
    top, left = corner
    crop = Picture(np.ascontiguousarray(SCENE[top : top + 50, left : left + 50]))
    estimate = run_to_end(psf_tasks.estimate(crop))
    assert estimate.psf is None or not psf_estimate.is_sure(estimate.confidence)


def test_a_tiny_photo_is_changed_no_more_than_the_network_agrees_with_itself():
    """Of a few hundred pixels a network sees too little: sharp crops stay sharp, and blurred ones gain on average."""
    gained, changed = [], []
    for number, (top, left) in enumerate([(60, 220), (100, 180), (300, 300), (210, 40), (20, 420), (400, 120)]):
        place = (slice(top, top + 20 + 3 * number), slice(left, left + 36 - 2 * number))
        for kernel in (models.turbulence(1.5), models.defocus(2), None):
            degraded = degrade.blur(SCENE, kernel)[place] if kernel is not None else SCENE[place]
            photo = from_integer(to_uint8(np.ascontiguousarray(degraded)))
            restored = run_to_end(tasks.deblur(Picture(photo), Request("restorer-blind", device="cpu"))).picture.pixels
            if kernel is None:
                changed.append(float(np.sqrt(np.mean((restored - photo) ** 2))))
            else:
                gained.append(metrics.psnr(SCENE[place], restored) - metrics.psnr(SCENE[place], photo))
    assert np.mean(changed) < 0.02
    assert min(gained) > -1.0
    assert np.mean(gained) > 0.4


def test_a_tiny_photo_whose_blur_is_asked_for_is_told_as_a_photo():
    """Nothing was selected, so the sentence speaks of no selection; where something was, it does."""
    with pytest.raises(UnmeasurableBlurError, match="A photo of 40 × 30 pixels is too small to measure its blur"):
        run_to_end(psf_tasks.estimate(Picture(SCENE[:30, :40])))
    with pytest.raises(UnmeasurableBlurError, match="The selection is too small"):
        run_to_end(psf_tasks.estimate(Picture(SCENE), region=(0, 0, 30, 40)))


@pytest.mark.parametrize("value", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("name", ["restorer", "sparse"])
def test_an_even_picture_is_left_as_it_is_with_a_note(name, value):
    """A plain sky has no blur to undo; that is no error."""
    even = np.full((150, 160, 3), value, np.float32)
    restored = run_to_end(tasks.deblur(Picture(even), Request(name, device="cpu")))
    np.testing.assert_allclose(restored.picture.pixels, even, atol=1e-6)
    assert "too even to measure its blur. It is left unchanged." in restored.note


def _beads(most: float, offset: float) -> tuple[Picture, np.ndarray]:
    """Points of light out of focus as an instrument stores them, and the sharp ones, as a picture of 16 bits."""
    rng = np.random.default_rng(3)
    sharp = np.zeros((150, 150))
    sharp[rng.integers(10, 140, 60), rng.integers(10, 140, 60)] = rng.uniform(0.4, 1.0, 60)
    kernel = models.turbulence(1.0)
    sharp = degrade.blur(np.float32(linear_to_srgb(np.repeat(sharp[..., None], 3, 2))), kernel)
    sharp = degrade.srgb_to_linear(sharp)[..., 0]
    blurred = degrade.srgb_to_linear(degrade.blur(linear_to_srgb(np.repeat(sharp[..., None], 3, 2)), PSF_OF_BEADS))
    scale = most / blurred.max()
    values = rng.poisson(offset + blurred[..., 0] * scale)
    return Picture(from_integer(np.repeat(values[..., None], 3, 2).astype(np.uint16)), bit_depth=16), sharp


PSF_OF_BEADS = models.turbulence(2.2)


@pytest.mark.parametrize(("most", "offset"), [(160, 20), (560, 60), (4000, 300), (2500, 2000)])
@pytest.mark.parametrize("name", ["restorer-psf", "richardson-lucy", "restorer-blind"])
def test_dim_pictures_are_restored_at_their_own_scale(name, most, offset):
    """The mean is kept, the picture is nearer to the truth, and grey stays grey."""
    picture, sharp = _beads(most, offset)
    psf = None if name == "restorer-blind" else Psf(PSF_OF_BEADS)
    result = run_to_end(tasks.deblur(picture, Request(name, device="cpu", psf=psf))).picture.pixels
    assert result.mean() == pytest.approx(picture.pixels.mean(), rel=0.03)
    assert _correlation(result, sharp) > _correlation(picture.pixels, sharp) + 0.05
    assert (result[..., :1] == result).all()


def test_the_blur_of_a_dim_picture_is_measured_at_its_own_scale():
    """12 bits of data in 16 are not even."""
    light = degrade.srgb_to_linear(degrade.blur(SCENE[:256, :256], models.defocus(3.0))).mean(axis=2)
    values = np.round(light * 560).astype(np.uint16)
    photo = Picture(from_integer(np.repeat(values[..., None], 3, axis=2)), bit_depth=16)
    result = run_to_end(psf_tasks.estimate(photo))
    assert result.model is not None
    assert result.model.kind == "defocus"


def _correlation(pixels: np.ndarray, sharp: np.ndarray) -> float:
    return float(np.corrcoef(pixels[..., 0].ravel(), sharp.ravel())[0, 1])


@pytest.mark.parametrize("name", ["restorer", "restorer-psf", "restorer-blind"])
def test_blocks_of_strong_jpeg_are_no_detail(tmp_path, name):
    """At quality 30 the networks do not make it worse, and undoing the known blur gains."""
    sharp = np.ascontiguousarray(SCENE[20:276, 60:380])
    blurred = degrade.blur(sharp, models.defocus(3.0))
    path = tmp_path / "photo.jpg"
    cv2.imwrite(str(path), to_uint8(blurred)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 30])
    photo = image_io.read(path)
    psf = Psf(models.defocus(3.0)) if name == "restorer-psf" else None
    restored = run_to_end(tasks.deblur(photo, Request(name, device="cpu", psf=psf)))
    gained = metrics.psnr(sharp, restored.picture.pixels) - metrics.psnr(sharp, photo.pixels)
    assert gained > (1.0 if name == "restorer-psf" else -0.1)
