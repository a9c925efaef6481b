"""Point spread functions as a user estimates and takes them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from deblur_app.blur import degrade, kernel_arrays
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end
from deblur_app.engine import psf_tasks
from deblur_app.engine.estimation.psf_estimate import PsfEstimate


@pytest.fixture(scope="module")
def sharp():
    """A photograph with plenty of edges, 256 × 256."""
    from skimage.data import astronaut

    return from_integer(np.ascontiguousarray(astronaut()[:256, 100:356]))


def test_a_moving_object_is_recognised_and_told(sharp):
    """Kind, length and angle are found from the photo alone, and said in words."""
    moved = Blur("motion", {"length": 13.0, "angle": 30.0})
    photo = Picture(run_to_end(degrade.degrade(sharp, degrade.Degradation(blur=moved, noise=0.003))))
    result = run_to_end(psf_tasks.estimate(photo))
    assert result.model is not None
    assert result.model.kind == "motion"
    assert abs(float(result.model.values["length"]) - 13) < 2
    assert abs(float(result.model.values["angle"]) - 30) < 5
    assert result.label.startswith("Motion blur, 1")
    assert result.psf.uniform is not None


def test_words_tell_how_sure_the_estimate_is():
    """The same kernel with less confidence is called probable, then unsure."""
    disk = Blur("defocus", {"radius": 3.0})
    labels = [PsfEstimate(disk.kernel(), disk, confidence).label for confidence in (0.9, 0.4, 0.1)]
    assert labels == [f"Out of focus, radius 3 px, {how}" for how in ("sure", "probably", "unsure")]
    assert PsfEstimate(None, None, 0.9).label == "No blur found: the photo looks sharp, sure"


def test_a_star_becomes_the_kernel_that_smeared_it():
    """A single point under shake gives the shake's kernel; a neighbouring star outside of it is left out."""
    kernel = Blur("shake", {"extent": 9.0, "seed": 3}).kernel()
    light = np.full((64, 64), 0.01, np.float32)
    half = len(kernel) // 2
    light[30 - half : 31 + half, 28 - half : 29 + half] += 0.5 * kernel / kernel.max()
    light[5, 60] = 0.3
    photo = Picture(degrade.linear_to_srgb(np.repeat(light[:, :, None], 3, axis=2)))
    result = run_to_end(psf_tasks.from_point(photo, (0, 0, 64, 64)))
    assert kernel_arrays.describe(result.psf.kernel).extent == pytest.approx(
        kernel_arrays.describe(kernel).extent, abs=1
    )
    assert result.confidence > 0.5


def test_a_selection_without_a_point_of_light_is_refused(sharp):
    """An even area is no star, and the sentence says what to select."""
    with pytest.raises(DeblurError, match="no star or lamp in the selection"):
        run_to_end(psf_tasks.from_point(Picture(np.full((40, 40, 3), 0.3, np.float32)), (0, 0, 40, 40)))
    with pytest.raises(DeblurError, match="too small: it needs 3 pixels"):
        run_to_end(psf_tasks.from_point(Picture(sharp), (300, 300, 20, 20)))


def test_an_unknown_kind_and_too_many_regions_are_refused(sharp):
    """The sentences name what there is and what to change."""
    with pytest.raises(DeblurError, match=r"no blur “fog” to look for\. There are: auto, motion"):
        run_to_end(psf_tasks.estimate(Picture(sharp), "fog"))
    with pytest.raises(DeblurError, match="too small for 8 × 8 regions"):
        run_to_end(psf_tasks.estimate_grid(Picture(sharp), 8, 8))


def test_a_result_is_checked_against_its_photo(sharp):
    """The sharp scene agrees with its blurred photo; one with invented stripes does not."""
    blur = Blur("defocus", {"radius": 2.5})
    psf = Psf.of_model(blur)
    photo = Picture(run_to_end(degrade.degrade(sharp, degrade.Degradation(blur=blur, noise=0.003))))
    true = run_to_end(psf_tasks.reblur_check(photo, Picture(sharp), psf))
    invented = sharp.copy()
    invented[100:140, :, :] = np.clip(invented[100:140] + 0.3, 0, 1)
    false = run_to_end(psf_tasks.reblur_check(photo, Picture(invented), psf))
    assert false.disagreeing > 2 * true.disagreeing
    assert false.ratio > true.ratio
    with pytest.raises(DeblurError, match="only a result of the photo's size"):
        run_to_end(psf_tasks.reblur_check(photo, Picture(sharp[:100]), psf))


def test_a_kind_that_is_asked_for_is_given_and_its_confidence_tells_whether_it_fits(sharp):
    """Of a moved photo, motion is sure; a disk is fitted as asked, and called unsure."""
    moved = Blur("motion", {"length": 13.0, "angle": 30.0})
    photo = Picture(run_to_end(degrade.degrade(sharp, degrade.Degradation(blur=moved, noise=0.003))))
    motion, disk = (run_to_end(psf_tasks.estimate(photo, kind)) for kind in ("motion", "defocus"))
    assert motion.model is not None
    assert motion.confidence > 0.9
    assert disk.model is not None
    assert disk.model.kind == "defocus"
    assert disk.label.endswith("unsure")


def test_a_sharp_photo_whose_kind_of_blur_is_asked_for_gives_a_guess(sharp):
    """No blur never replaces the kind that the user knows better; it only takes the certainty."""
    result = run_to_end(psf_tasks.estimate(Picture(sharp), "motion"))
    assert result.model is not None
    assert result.model.kind == "motion"
    assert result.confidence < 0.3


def test_a_sharp_region_beside_moved_ones_keeps_a_short_kernel_and_is_unsure(sharp):
    """In a grid of motion, a region that shows none gets a short line: no long one of its neighbours, nor certainty."""
    moved = Blur("motion", {"length": 9.0, "angle": 30.0})
    blurred = run_to_end(degrade.degrade(sharp, degrade.Degradation(blur=moved, noise=0.003)))
    photo = Picture(np.concatenate([blurred, blurred, sharp], axis=1))
    result = run_to_end(psf_tasks.estimate_grid(photo, 1, 3, "motion")).psf.grid
    assert result.confidence[0][0] > 0.9
    assert result.confidence[0][2] < 0.5
    assert (
        kernel_arrays.describe(result.kernels[0][2]).extent[0]
        < kernel_arrays.describe(result.kernels[0][0]).extent[0] - 3
    )


@pytest.mark.parametrize("method", ["wiener", "tikhonov"])
def test_linear_filters_gain_on_a_photo_with_lamps_at_the_border(method):
    """At dusk with four clipped lamps, one of them cut by the border, protection brings the photo nearer the truth."""
    from skimage.data import rocket

    from deblur_app.core.metrics import psnr
    from deblur_app.engine import tasks
    from deblur_app.engine.method import Request

    scene = from_integer(np.ascontiguousarray(rocket()[200:420, 60:300]))
    blur = Blur("motion", {"length": 15.0, "angle": 30.0})
    how = degrade.Degradation(blur=blur, noise=0.003, highlights=8.0)
    photo = Picture(run_to_end(degrade.degrade(scene, how)))
    request = Request(method, {"highlights": "protect"}, psf=Psf.of_model(blur))
    restored = run_to_end(tasks.deblur(photo, request)).picture.pixels
    assert psnr(scene, restored) > psnr(scene, photo.pixels) + 1.0


@pytest.mark.parametrize("blur", [Blur("motion", {"length": 24.0, "angle": 30.0}), Blur("defocus", {"radius": 7.0})])
def test_a_long_blur_is_found_in_a_photo_that_the_camera_sharpened(blur):
    """Noise reduction, sharpening and JPEG hide it in the finest detail only: the size is right to within a pixel."""
    from skimage.data import astronaut

    sharp = from_integer(np.ascontiguousarray(astronaut()))
    degraded = run_to_end(degrade.degrade(sharp, degrade.Degradation(blur=blur, noise=0.004)))
    smooth = cv2.GaussianBlur(degraded, (0, 0), 0.7)
    crisp = np.clip(smooth + 1.5 * (smooth - cv2.GaussianBlur(smooth, (0, 0), 1.5)), 0, 1)
    photo = run_to_end(degrade.degrade(crisp, degrade.Degradation(jpeg=85)))
    result = run_to_end(psf_tasks.estimate(Picture(photo)))
    assert result.model is not None
    assert result.model.kind == blur.kind
    assert result.is_processed
    assert float(next(iter(result.model.values.values()))) == pytest.approx(next(iter(blur.values.values())), abs=1)


def test_a_photo_that_is_too_small_has_no_field():
    """The sentence says how large it must be."""
    small = Picture(np.random.default_rng(0).random((120, 300, 3), np.float32))
    with pytest.raises(DeblurError, match="160 pixels a side"):
        run_to_end(psf_tasks.estimate_field(small))
