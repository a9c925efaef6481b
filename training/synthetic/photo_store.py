"""Photographs in memory as uint8: all, shared by all processes, or as many as fit and decoded again when needed."""

from __future__ import annotations

import shutil
from collections import OrderedDict
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import to_uint8
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SHARED_FOLDER = Path("/dev/shm")  # noqa: S108 – Linux's shared memory; containers often have little of it


@dataclass(frozen=True)
class Contents:
    """The description by which a process opens the photographs.

    Attributes:
        paths: The files.
        shapes: Height and width of each in the shared memory; empty where they are not all in there.
        name: Name of the shared memory; None where there is none.
        limit: Bytes that a process may keep decoded, where there is no shared memory.
        side: Least height and width of a photograph.
    """

    paths: tuple[Path, ...]
    shapes: tuple[tuple[int, int], ...]
    name: str | None
    limit: int
    side: int


class Photos:
    """Photographs by index, opened from their `Contents`, in any process."""

    def __init__(self, contents: Contents, memory: SharedMemory | None = None) -> None:
        self.contents = contents
        self._memory = memory
        if memory is None and contents.name is not None:
            self._memory = SharedMemory(contents.name)
        self._starts = np.cumsum([0, *(height * width * 3 for height, width in contents.shapes)]).tolist()
        self._decoded: OrderedDict[int, NDArray[np.uint8]] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        """Return the number of photographs."""
        return len(self.contents.paths)

    def __call__(self, index: int) -> NDArray[np.uint8]:
        """Return the photograph at `index`, uint8 of shape (height, width, 3); not to be changed.

        Raises:
            DeblurError: It cannot be read or is smaller than a crop.
        """
        if self._memory is not None:
            shape = (*self.contents.shapes[index], 3)
            return np.ndarray(shape, np.uint8, self._memory.buf, self._starts[index])
        if index in self._decoded:
            self._decoded.move_to_end(index)
            return self._decoded[index]
        pixels = decode(self.contents.paths[index], self.contents.side)
        self._decoded[index] = pixels
        self._bytes += pixels.nbytes
        while self._bytes > self.contents.limit and len(self._decoded) > 1:
            _, oldest = self._decoded.popitem(last=False)
            self._bytes -= oldest.nbytes
        return pixels

    def close(self, *, forget: bool = False) -> None:
        """Free the memory; with `forget`, for all processes, which the one that made it does at the end."""
        self._decoded.clear()
        if self._memory is not None:
            self._memory.close()
            if forget:
                self._memory.unlink()
            self._memory = None


def load_photos(paths: Sequence[Path], side: int, limit: int) -> Task[Photos]:
    """Decode photographs once into shared memory, if they need no more than `limit` bytes; else leave them on disk.

    Raises:
        DeblurError: There is none, one cannot be read, or one is smaller than `side`.
    """
    if not paths:
        raise DeblurError(tr("There are no photographs to make pairs of."))
    shapes = [_size(path) for path in paths]
    total = sum(height * width * 3 for height, width in shapes)
    if total == 0 or min(map(min, shapes)) == 0 or total > min(limit, _room()):
        return Photos(Contents(tuple(paths), (), None, limit, side))
    memory = SharedMemory(create=True, size=total)
    is_done, start = False, 0
    try:
        for number, path in enumerate(paths):
            yield Progress(number / len(paths), tr("Reading {name}", name=path.name))
            pixels = decode(path, side)
            np.ndarray(pixels.shape, np.uint8, memory.buf, start)[:] = pixels
            start += pixels.nbytes
            shapes[number] = pixels.shape[:2]  # upright: the header may have said it the other way round
        is_done = True
    finally:
        if not is_done:
            memory.close()
            memory.unlink()
    return Photos(Contents(tuple(paths), tuple(shapes), memory.name, limit, side), memory)


def decode(path: Path, side: int) -> NDArray[np.uint8]:
    """Return a photograph as uint8 of shape (height, width, 3).

    Raises:
        DeblurError: It cannot be read, or is smaller than `side`.
    """
    pixels = to_uint8(image_io.read(path).pixels)
    if min(pixels.shape[:2]) < side:
        raise DeblurError(
            tr(
                "“{name}” is smaller than the crops of {side} × {side} pixels. Take it out of the folder.",
                name=path.name,
                side=side,
            )
        )
    return pixels


def _size(path: Path) -> tuple[int, int]:
    """Return height and width by the header, turned or not; 0 where the header does not say."""
    try:
        with Image.open(path) as image:
            return image.height, image.width
    except OSError:
        return 0, 0


def _room() -> int:
    """Return the bytes of shared memory that are free; writing more would end the process."""
    return shutil.disk_usage(_SHARED_FOLDER).free if _SHARED_FOLDER.is_dir() else 2**62
