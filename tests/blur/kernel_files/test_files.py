"""Kernel files: what is written is read, what is no kernel is told in a sentence."""

from __future__ import annotations

import io
import os
import pickle
import struct
import zlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from deblur_app.blur import kernel_arrays, models, shake
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.psf import Psf
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture

KERNEL = shake.psf_of(shake.trajectory(11, seed=3))


@pytest.mark.parametrize(("ending", "accuracy"), [(".npy", 1e-7), (".png", 2e-5), (".tif", 2e-5), (".TIFF", 2e-5)])
def test_a_kernel_comes_back_as_it_was(tmp_path, ending, accuracy):
    """Exactly from NumPy, to the 16th bit from pictures."""
    path = tmp_path / f"kernel{ending}"
    kernel_files.write_kernel(KERNEL, path)
    kernel = kernel_files.read_kernel(path)
    assert kernel.dtype == np.float32
    np.testing.assert_allclose(kernel, KERNEL, atol=accuracy)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    values=arrays(
        np.float64, st.tuples(st.integers(1, 12), st.integers(1, 12)), elements=st.floats(0, 1).map(lambda v: v**4)
    ).filter(lambda values: values.max() > 1e-3)
)
def test_any_light_becomes_a_kernel(tmp_path, values):
    """Whatever its shape and place, with dark around it: an odd square, sum 1, centred to 0.05 pixels."""
    np.save(tmp_path / "kernel.npy", np.pad(values, 2))
    kernel = kernel_files.read_kernel(tmp_path / "kernel.npy")
    assert kernel.shape[0] == kernel.shape[1]
    assert len(kernel) % 2 == 1
    assert kernel.min() >= 0
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert kernel_arrays.centroid(kernel) == pytest.approx((0, 0), abs=0.05)


def test_a_kernel_off_its_middle_is_moved_by_whole_pixels(tmp_path):
    """Its light is not smeared where that is not needed."""
    values = np.zeros((20, 31))
    values[2:5, 20:25] = np.arange(1, 4)[:, None] + np.array([0, 0, 1, 0, 0])
    values[2:5] += values[4:1:-1].copy()  # symmetric, so that the centre of mass lies on a pixel
    np.save(tmp_path / "kernel.npy", values)
    kernel = kernel_files.read_kernel(tmp_path / "kernel.npy")
    middle = len(kernel) // 2
    cut = values[2:5, 20:25]
    np.testing.assert_allclose(kernel[middle - 1 : middle + 2, middle - 2 : middle + 3], cut / cut.sum(), atol=1e-6)


def test_whole_numbers_are_amounts_of_light_too(tmp_path):
    """A kernel saved as 8-bit integers is scaled to sum 1."""
    np.save(tmp_path / "kernel.npy", np.array([[0, 1, 0], [1, 4, 1], [0, 1, 0]], np.uint8))
    expected = np.array([[0, 1, 0], [1, 4, 1], [0, 1, 0]]) / 8
    np.testing.assert_allclose(kernel_files.read_kernel(tmp_path / "kernel.npy"), expected, atol=1e-7)


def _npy(array: np.ndarray, *, allow_pickle: bool = False) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=allow_pickle)
    return file.getvalue()


def _lying_header(shape: tuple[int, ...]) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": "<f8", "fortran_order": False, "shape": shape})
    return file.getvalue() + b"\0" * 64


def _header(text: str) -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + bytes(72)


class _Trap:
    """The command that a hostile file would run."""

    sprung = False

    def __reduce__(self) -> tuple[object, ...]:
        return setattr, (_Trap, "sprung", True)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"Dear diary", "is damaged, or no NumPy file"),
        (b"\x93NUMPY\x09\x00", "is damaged, or no NumPy file"),
        (_npy(np.ones((5, 5)))[:-20], "is damaged, or no NumPy file"),
        (_lying_header((1 << 40, 1 << 20)), "its size is 1099511627776 × 1048576"),
        (_lying_header((400, 400)), "is damaged, or no NumPy file"),
        (_npy(np.ones((3, 3, 4))), "its size is 3 × 3 × 4"),
        (_npy(np.ones((0, 3))), "its size is 0 × 3"),
        (_npy(np.float64(1.0)), "its size is one number"),
        (_npy(np.ones((512, 3))), "sides of 1 to 511 pixels"),
        (_npy(np.zeros((3, 3))), "it is black"),
        (_npy(np.array([[1.0, -0.1]])), "negative values, down to 10%"),
        (_npy(np.array([[1.0, np.nan]])), "not numbers"),
        (_npy(np.array([[1.0, np.inf]])), "not numbers"),
        (_npy(np.ones((3, 3), complex)), "values are of type complex128"),
        (_npy(np.array([["a"]])), "values are of type <U1"),
        (_npy(np.array([[_Trap()]], object), allow_pickle=True), "values are of type object"),
        (pickle.dumps(_Trap()), "is damaged, or no NumPy file"),
        (_header("[" * 9000), "is damaged, or no NumPy file"),
        (_header("{'descr': '<f8', 'fortran_order': False, 'shape': (3, '\\d'), }"), "is damaged, or no NumPy file"),
        (_header("{'descr': '<f8', 'fortran_order': False, 'shape': (3 3,), }"), "is damaged, or no NumPy file"),
        (_header("{'descr': '<f8', 'fortran_order': False, 'shape': (" + "1," * 300 + "), }"), "its size is 1 × 1 × 1"),
        (_npy(np.ones((3, 3), np.longdouble)), "Save it as float32 numbers"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\xff{'descr", "is damaged, or no NumPy file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_kernel_is_told(tmp_path, data, sentence):
    """One sentence with the name of the file; nothing of its size is allocated and no code in it is run."""
    path = tmp_path / "kernel.npy"
    path.write_bytes(data)
    with pytest.raises(DeblurError, match=sentence) as caught:
        kernel_files.read_kernel(path)
    assert "kernel.npy" in str(caught.value)
    assert not _Trap.sprung


@pytest.mark.parametrize(
    ("shape", "value", "sentence"), [((8, 8), 0.0, "it is black"), ((8, 600), 1.0, "its size is 8 × 600")]
)
def test_a_picture_that_is_no_kernel_is_told(tmp_path, shape, value, sentence):
    """A black one, and one as large as a photograph."""
    image_io.write(Picture(np.full((*shape, 3), value, np.float32)), tmp_path / "kernel.png")
    with pytest.raises(DeblurError, match=sentence):
        kernel_files.read_kernel(tmp_path / "kernel.png")


def test_the_order_of_axes_is_kept(tmp_path):
    """A transposed array, which NumPy saves column by column, is read as it was."""
    values = np.triu(np.ones((5, 5)))
    np.save(tmp_path / "rows.npy", values)
    np.save(tmp_path / "columns.npy", np.asfortranarray(values))
    assert np.array_equal(
        kernel_files.read_kernel(tmp_path / "rows.npy"), kernel_files.read_kernel(tmp_path / "columns.npy")
    )


def test_a_huge_picture_is_refused_by_its_header(tmp_path):
    """Its pixels, of which there are but 64 here, are never decoded."""
    data = io.BytesIO()
    Image.new("L", (8, 8)).save(data, "PNG")
    header = struct.pack(">II5B", 20_000, 9_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    (tmp_path / "kernel.png").write_bytes(data.getvalue()[:12] + chunk + data.getvalue()[33:])
    with pytest.raises(DeblurError, match="its size is 9000 × 20000"):
        kernel_files.read_kernel(tmp_path / "kernel.png")


def test_a_huge_file_is_refused_by_its_size(tmp_path):
    """Whatever it is."""
    for name in ("kernel.npy", "kernel.pfm"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(3_000_000_000)
        with pytest.raises(DeblurError, match="is too large: more than 16 MB"):
            kernel_files.read_kernel(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX systems only")
def test_a_pipe_or_a_device_is_no_kernel(tmp_path):
    """They are not opened, which would wait for ever."""
    os.mkfifo(tmp_path / "kernel.npy")
    (tmp_path / "kernel.png").symlink_to("/dev/zero")
    for name in ("kernel.npy", "kernel.png"):
        with pytest.raises(DeblurError, match=rf"{name}. is a pipe or a device"):
            kernel_files.read_kernel(tmp_path / name)


def test_a_missing_kernel_is_told(tmp_path):
    """With the sentence of missing pictures."""
    for name in ("kernel.npy", "kernel.png"):
        with pytest.raises(DeblurError, match=rf"{name}. does not exist"):
            kernel_files.read_kernel(tmp_path / name)


def test_formats_that_would_spoil_a_kernel_are_refused(tmp_path):
    """JPEG would add light where there is none."""
    with pytest.raises(DeblurError, match=r"none of \.npy, \.png"):
        kernel_files.write_kernel(KERNEL, tmp_path / "kernel.jpg")
    assert not list(tmp_path.iterdir())


def test_the_size_at_which_a_kernel_was_measured_is_kept_with_it(tmp_path):
    """In .npz; for other files a sentence says that they do not keep it."""
    psf = Psf(models.motion(9.0, 20.0), reduction=3)

    read = kernel_files.read_psf(kernel_files.write_psf(psf, tmp_path / "kernel.npz")).psf

    assert read.reduction == 3
    assert kernel_files.describe_loss(psf, tmp_path / "kernel.npz") == ""
    assert "1/3 of its size" in kernel_files.describe_loss(psf, tmp_path / "kernel.png")
    assert kernel_files.describe_loss(Psf(psf.kernel), tmp_path / "kernel.png") == ""


@pytest.mark.parametrize("reduction", [[0.0], [1.5], [65.0], [[2.0]], [np.nan], ["2"]])
def test_a_size_that_cannot_be_is_refused(tmp_path, reduction):
    """Whatever is wrong with it."""
    path = kernel_files.write_psf(Psf(models.motion(9.0, 20.0), reduction=2), tmp_path / "kernel.npz")
    with np.load(path) as members:
        arrays = dict(members)
    np.savez(path, **{**arrays, "reduction": np.array(reduction)})

    with pytest.raises(DeblurError, match="is damaged"):
        kernel_files.read_psf(path)
