"""Files of kernels: numbers (.npy, .npz) and pictures."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.kernel_arrays import center_kernel
from deblur_app.blur.kernel_files import cleaning, fields, grids
from deblur_app.blur.kernel_files import values as kernel_values
from deblur_app.blur.kernel_files.extras import Extras, parse_extras
from deblur_app.blur.kernel_grid import KernelGrid, montage
from deblur_app.blur.psf import Psf
from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.files.targets import Target

WRITABLE = (".npy", ".png", ".tif", ".tiff")
"""File name endings, in lower case, of the kernels that can be written; pictures among them have 16 bits."""


@dataclass(frozen=True, eq=False)
class KernelFile:
    """The content of a kernel file.

    Attributes:
        kernel: The kernel, of shape (n, n), or (n, n, 3) where its colours differ.
        note: Sentences for the user where the file was not taken as it is, else "".
    """

    kernel: Kernel
    note: str


@dataclass(frozen=True, eq=False)
class PsfFile:
    """The content of a file of a PSF.

    Attributes:
        psf: The PSF: one kernel, a grid of them or a field.
        note: Sentences for the user where the file was not taken as it is, else "".
    """

    psf: Psf
    note: str


def read_psf(path: Path) -> PsfFile:
    """Read one kernel as `read_kernel_file` does, or the kernels of all regions or a field of them (.npz).

    Raises:
        DeblurError: The file is missing, damaged, too large, or holds no kernel; the text says which.
    """
    from deblur_app.core.files.plain_file import read_plain

    if path.suffix.lower() != grids.SUFFIX:
        read = read_kernel_file(path)
        return PsfFile(Psf(read.kernel), read.note)
    return PsfFile(parse_psf(read_plain(path, grids.LARGEST), path.name), "")


def parse_psf(data: bytes, name: str) -> Psf:
    """Return the PSF in the content of an .npz file that is called `name`: a field, a grid, or its one kernel.

    Raises:
        DeblurError: It is damaged, too large, or holds no kernels.
    """
    if fields.is_field(data):
        field = fields.parse_field(data, name)
        extras = parse_extras(data, name, fields.MOST_MEMBERS)
        return Psf(field, confidence=float(np.mean(field.confidence)), trust=extras.trust)
    grid = grids.parse_grid(data, name)
    kernels = grid.kernels[0][0] if grid.rows == grid.columns == 1 else grid
    extras, confidence = parse_extras(data, name, grids.MOST_MEMBERS), float(np.mean(grid.confidence))
    return Psf(kernels, confidence=confidence, reduction=extras.reduction, trust=extras.trust)


def psf_bytes(psf: Psf, *, is_packed: bool = False) -> bytes:
    """Return the content of the .npz file of a PSF, packed where it shall be short; one kernel is a grid of one."""
    extras = Extras(psf.reduction, psf.trust)
    if psf.field:
        return fields.field_bytes(psf.field, extras, is_packed=is_packed)
    grid = psf.grid or KernelGrid(((psf.kernel,),), (((0.0, 0.0),),), ((psf.confidence,),))
    return grids.grid_bytes(grid, extras, is_packed=is_packed)


def write_psf(psf: Psf, target: Path | Target) -> Path:
    """Write a PSF: to .npz with the kernels of all regions, or its field; else one kernel as `write_kernel` does.

    A grid or field that goes into a picture becomes a table of its kernels to look at, which is no PSF.

    Raises:
        DeblurError: The ending is none of those, or the file cannot be written.
    """
    from deblur_app.core import image_io
    from deblur_app.core.files.targets import Target
    from deblur_app.core.picture import Picture

    target = target if isinstance(target, Target) else Target.at(target, may_replace=True)
    if target.path().suffix.lower() == grids.SUFFIX:
        return target.write(psf_bytes(psf))
    if psf.grid:
        return image_io.write(Picture(montage(psf.grid), bit_depth=16), target)
    return write_kernel(psf.kernel, target)


def describe_loss(psf: Psf, path: Path) -> str:
    """Return what a file of this name cannot hold of a PSF, as a sentence for the user; "" where it holds all."""
    if psf.reduction == 1 or path.suffix.lower() == grids.SUFFIX:
        return ""
    return (
        f"This blur was measured in the photo at 1/{psf.reduction} of its size. “{path.name}” does not keep that, and "
        "the result may be worse with it: save it as .npz."
    )


def read_kernel(path: Path) -> Kernel:
    """Read a kernel; see `read_kernel_file`, which also tells what was done to it."""
    return read_kernel_file(path).kernel


def read_kernel_file(path: Path) -> KernelFile:
    """Read a kernel from a NumPy file (.npy) or from a picture, whose levels are taken as amounts of light.

    A constant background is taken off, a negative is inverted, and colours are kept apart where they differ; see
    `cleaning.clean`. The kernel is cut to where there is light, moved so that its centre of mass lies in the
    middle, and scaled to sum 1.

    Raises:
        DeblurError: The file is missing, damaged, too large, or holds no kernel; the text says which.
    """
    if path.suffix.lower() == grids.SUFFIX:
        raise DeblurError(
            tr("“{name}” may hold a kernel for each region. Choose a file with one kernel (.npy).", name=path.name)
        )
    is_computed = path.suffix.lower() == ".npy"
    values = kernel_values.read_values(path)
    if not np.isfinite(values).all():
        raise DeblurError(tr("“{name}” is not a kernel: some of its values are not numbers.", name=path.name))
    if values.max() <= 0:
        raise DeblurError(
            tr("“{name}” is not a kernel: it is black. A kernel is white where the light goes.", name=path.name)
        )
    values, note = cleaning.clean(values, path.name, is_computed=is_computed)
    return KernelFile(center_kernel(values), note)


def write_kernel(kernel: Kernel, target: Path | Target) -> Path:
    """Write a kernel: to .npy as it is, to .png or .tif as a 16-bit picture whose brightest pixel is white.

    Args:
        kernel: The kernel.
        target: Where to; a plain path is replaced if there is a file.

    Returns:
        The file that was written.

    Raises:
        DeblurError: The ending is none of `WRITABLE`, or the file cannot be written.
    """
    from deblur_app.core import image_io
    from deblur_app.core.files.targets import Target
    from deblur_app.core.picture import Picture

    target = target if isinstance(target, Target) else Target.at(target, may_replace=True)
    path = target.path()
    suffix = path.suffix.lower()
    if suffix not in WRITABLE:
        raise DeblurError(
            tr(
                "Cannot write the kernel “{name}”: its extension is none of {names}.",
                name=path.name,
                names=", ".join(WRITABLE),
            )
        )
    if suffix == ".npy":
        file = io.BytesIO()
        np.save(file, kernel, allow_pickle=False)
        return target.write(file.getvalue())
    planes = np.broadcast_to(np.dstack([kernel / kernel.max()]), (*kernel.shape[:2], 3))
    return image_io.write(Picture(np.ascontiguousarray(planes), bit_depth=16), target)
