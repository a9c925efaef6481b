"""Kernel files lose what is none of a point spread function, with a note; what cannot be one is refused."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import kernel_arrays, models, shake
from deblur_app.blur.kernel_files import cleaning
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture

KERNELS = {
    "turbulence": models.turbulence(2.0),
    "defocus": models.defocus(5.0),
    "motion": models.motion(14.0, 30.0),
    "shake": shake.psf_of(shake.trajectory(17, seed=3)),
}


def _square(kernel: np.ndarray, side: int = 35) -> np.ndarray:
    before = (side - len(kernel)) // 2
    return np.pad(kernel / kernel.max(), (before, side - len(kernel) - before)).astype(np.float64)


def _measure_misplaced(one: np.ndarray, other: np.ndarray) -> float:
    """The share of the light that lies elsewhere in one than in the other."""
    return 0.5 * float(np.abs(one / one.sum() - other / other.sum()).sum())


def _write(values: np.ndarray, path, alpha: np.ndarray | None = None):
    planes = np.broadcast_to(np.dstack([values]), (*values.shape[:2], 3)).astype(np.float32)
    image_io.write(Picture(np.ascontiguousarray(planes), alpha=alpha), path)
    return path


@pytest.mark.parametrize("name", KERNELS)
def test_a_clean_kernel_is_taken_as_it_is(name):
    """Nothing is said and nothing is changed, also of 8 bits."""
    clean = _square(KERNELS[name])
    for values in (clean, np.round(clean * 255) / 255, clean[:, :, None].repeat(3, axis=2)):
        cleaned, note = cleaning.clean(values, "psf.png")
        assert note == ""
        np.testing.assert_allclose(cleaned, values if values.ndim == 2 else values[:, :, 0], atol=1e-12)


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize("grey", [2, 5, 30, 80])
@pytest.mark.parametrize("noise", [0.0, 1.0, 3.0])
def test_a_grey_background_is_taken_off_with_a_note(name, grey, noise):
    """Hardly any light lies elsewhere than in the kernel without it, where it was most of all light."""
    clean = _square(KERNELS[name])
    levels = grey + (255 - grey) * clean + noise * np.random.default_rng(grey).standard_normal(clean.shape)
    cleaned, note = cleaning.clean(np.clip(np.round(levels), 0, 255) / 255, "psf.png")
    assert "“psf.png” has" in note
    assert "taken off" in note
    assert _measure_misplaced(cleaned, clean) < (0.05 if noise <= 1.0 else 0.16)


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize(("down", "across"), [(20, 0), (25, 12), (-8, 15)])
def test_a_background_that_is_brighter_at_one_side_is_taken_off(name, down, across):
    """As of a lamp photographed at dusk; in 8 bits."""
    spot = _square(KERNELS[name])
    slope = np.add.outer(np.linspace(0, down, len(spot)), np.linspace(0, across, len(spot)))
    values = np.round(200 * spot + slope + 30) / 255
    values, note = cleaning.clean(values, "lamp.png")
    assert _measure_misplaced(values, spot) < 0.06
    assert "background" in note


@pytest.mark.parametrize("name", KERNELS)
def test_a_negative_is_inverted_with_a_note(name):
    """Dark on white, and dark on grey."""
    clean = _square(KERNELS[name])
    for values in (1.0 - clean, 0.8 - 0.6 * clean):
        cleaned, note = cleaning.clean(np.round(values * 255) / 255, "psf.png")
        assert "negative" in note
        assert _measure_misplaced(cleaned, clean) < 0.03


def _noise() -> np.ndarray:
    return np.random.default_rng(5).random((31, 31))


def _distance() -> np.ndarray:
    return np.hypot(*(np.mgrid[-15:16, -15:16] / 15.0))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (np.full((31, 31), 0.5), "it is the same grey everywhere"),
        (np.ones((31, 31)), "it is the same grey everywhere"),
        (_noise(), "its rim is as bright as its middle"),
        (_noise() ** 4, "its rim is as bright as its middle"),
        (np.pad(np.zeros((27, 27)), 2, constant_values=1.0), "its rim is as bright as its middle"),
        (np.clip(_distance() ** 2 * (0.2 + 0.8 * _noise()), 0, 1), "its rim is as bright as its middle"),
    ],
    ids=["grey", "white", "noise", "sparse noise", "frame", "dark middle"],
)
def test_what_cannot_be_a_psf_is_refused_in_a_sentence(values, reason):
    """With the name of the file, the reason, and what a PSF looks like."""
    with pytest.raises(DeblurError, match=rf"“psf\.png” cannot be a PSF: {reason}.*bright spot"):
        cleaning.clean(values, "psf.png")


def test_small_negative_values_of_numbers_count_as_0_with_a_note():
    """Those of rounding without a word, large ones not at all."""
    kernel = _square(KERNELS["defocus"])
    for depth, words in ((1e-6, ""), (0.02, "small negative values")):
        values = kernel.copy()
        values[kernel.argmax() // 35 - 1, 2] = -depth
        cleaned, note = cleaning.clean(values, "psf.npy", is_computed=True)
        assert words in note
        assert bool(note) == bool(words)
        np.testing.assert_allclose(cleaned, kernel, atol=1e-12)
    with pytest.raises(DeblurError, match="negative values"):
        cleaning.clean(kernel - 0.4 * np.roll(kernel, 9, axis=0), "psf.npy", is_computed=True)


@pytest.mark.parametrize("side", [5, 35])
@pytest.mark.parametrize(("brightest", "lowest"), [(1e-305, -1e231), (5e-324, -1e-3), (1.0, -1e300)])
def test_numbers_at_the_ends_of_the_range_are_refused_without_a_warning(side, brightest, lowest):
    """Damaged files hold such numbers: their quotients overflow."""
    values = np.full((side, side), lowest)
    values[side // 2, side // 2] = brightest
    with pytest.raises(DeblurError, match="negative values"):
        cleaning.clean(values, "psf.npy", is_computed=True)


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_the_scale_of_the_numbers_does_not_matter(scale):
    """Not even near the ends of the range of float64."""
    cleaned, note = cleaning.clean(_square(KERNELS["motion"]) * scale, "psf.npy", is_computed=True)
    assert note == ""
    np.testing.assert_allclose(cleaned, _square(KERNELS["motion"]), atol=1e-12)


def test_an_even_array_of_numbers_is_a_box_blur():
    """As opposed to an even picture, it is meant so."""
    cleaned, note = cleaning.clean(np.full((9, 9), 1 / 81), "box.npy", is_computed=True)
    assert note == ""
    np.testing.assert_array_equal(cleaned, np.ones((9, 9)))


def test_a_psf_in_colour_has_a_kernel_for_each_colour(tmp_path):
    """Each sums to 1; they are moved together, written, and read again."""
    values = np.zeros((41, 43, 3))
    for channel, (sigma, right) in enumerate(((1.0, 0), (1.5, 1), (2.5, -1))):
        kernel = models.turbulence(sigma)
        half = len(kernel) // 2
        values[18 - half : 19 + half, 21 + right - half : 22 + right + half, channel] = kernel / kernel.max()
    read = kernel_files.read_kernel_file(_write(values, tmp_path / "psf.png"))
    assert "in colour" in read.note
    assert read.kernel.ndim == 3
    np.testing.assert_allclose(read.kernel.sum(axis=(0, 1)), 1.0, atol=1e-5)
    offsets = [kernel_arrays.centroid(read.kernel[:, :, channel])[0] for channel in range(3)]
    np.testing.assert_allclose(np.diff(offsets), [1.0, -2.0], atol=0.03)
    for ending in (".npy", ".png"):
        kernel_files.write_kernel(read.kernel, tmp_path / f"again{ending}")
        np.testing.assert_allclose(kernel_files.read_kernel(tmp_path / f"again{ending}"), read.kernel, atol=2e-5)
    assert kernel_arrays.describe(read.kernel).side == len(read.kernel)


def test_a_tinted_psf_is_one_kernel(tmp_path):
    """A red star tells the same of all colours."""
    kernel = _square(KERNELS["shake"])
    read = kernel_files.read_kernel_file(_write(kernel[:, :, None] * [1.0, 0.6, 0.4], tmp_path / "psf.png"))
    assert read.kernel.ndim == 2
    red = kernel_files.read_kernel_file(_write(kernel[:, :, None] * [1.0, 0.0, 0.0], tmp_path / "red.png"))
    assert red.kernel.ndim == 2
    assert _measure_misplaced(read.kernel, red.kernel) < 0.02


def test_transparent_pixels_of_a_psf_are_no_light(tmp_path):
    """White with the spot as its transparency."""
    kernel = _square(KERNELS["defocus"])
    path = _write(np.ones_like(kernel), tmp_path / "psf.png", alpha=kernel.astype(np.float32))
    assert _measure_misplaced(kernel_files.read_kernel(path), kernel_arrays.center_kernel(kernel)) < 0.01
