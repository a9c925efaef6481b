"""Readers of kernels: NumPy files and pictures."""

from __future__ import annotations

import functools
import io
import zipfile
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from deblur_app.blur import models
from deblur_app.blur.kernel_files import fields, grids
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kernel_grid import even_grid, field_of_grid
from tests.fuzz import mutations
from tests.fuzz.harness import Reader

if TYPE_CHECKING:
    from random import Random


@functools.cache
def _pictures() -> tuple[bytes, ...]:
    """A kernel as a file of each format that may hold one."""
    values = np.zeros((9, 9), np.uint8)
    values[4, 2:7] = 200
    files = []
    deep = values.astype(np.uint16) * 257
    for kind, array in (("PNG", values), ("PNG", deep), ("TIFF", values), ("BMP", values), ("PPM", values)):
        file = io.BytesIO()
        Image.fromarray(array).save(file, kind)
        files.append(file.getvalue())
    return tuple(files)


def _array(random: Random) -> bytes:
    data = mutations.npy(random, data=np.linspace(0, 1, 25).tobytes())
    return mutations.damage(data, random) if random.randint(0, 3) == 0 else data


def _picture(random: Random) -> bytes:
    return mutations.damage(random.choice(_pictures()), random)


@functools.cache
def _members() -> dict[str, bytes]:
    """The arrays of a grid of kernels."""
    kernel = models.motion(5.0, 30.0)
    content = grids.grid_bytes(even_grid([[kernel, kernel]], (90, 120)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _grid(random: Random) -> bytes:
    members = dict(_members())
    name = random.choice(sorted(members))
    members[name] = mutations.damage(members[name], random)
    return mutations.zip_members(members, random)


@functools.cache
def _field_members() -> dict[str, bytes]:
    """The arrays of a field of kernels."""
    kernels = [[models.motion(5.0, 30.0), models.motion(5.0, 60.0)]]
    content = fields.field_bytes(field_of_grid(even_grid(kernels, (90, 120))))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _field(random: Random) -> bytes:
    members = dict(_field_members())
    name = random.choice(sorted(members))
    members[name] = mutations.damage(members[name], random)
    return mutations.zip_members(members, random)


READERS = (
    Reader("kernel-field", "field.npz", _field, kernel_files.read_psf),
    Reader("kernel-grid", "grid.npz", _grid, kernel_files.read_psf),
    Reader("kernel-npy", "kernel.npy", _array, kernel_files.read_kernel, cases=150),
    Reader("kernel-picture", "kernel.png", _picture, kernel_files.read_kernel),
)
