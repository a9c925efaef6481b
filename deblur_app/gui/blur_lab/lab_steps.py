"""Background tasks of the blur lab: trying a blur on a part of the photo, reading and writing kernels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import degrade, kernel_arrays, kinds
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kinds import Blur
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.gui.images import qt_image
from deblur_app.gui.images.kernel_images import draw_kernel, draw_response

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from deblur_app.blur.degrade import Degradation
    from deblur_app.blur.kernel_arrays import Kernel, KernelFacts
    from deblur_app.core.picture import Pixels

_PART = (480, 360)
_SMALL_PART = (320, 240)
"""Width and height of the part that is tried; the small one where the blur varies, which takes longer."""


@dataclass(frozen=True, eq=False)
class Trial:
    """A blur as the lab shows it: its kernel, the frequency response, and the blurred part of the photo.

    Attributes:
        kernel: The kernel in the middle of the frame.
        facts: Its figures.
        kernel_image: The kernel, as the photo would show a point of light.
        response_image: Its frequency response, 0 in the middle, from black (−40 dB) to white.
        levels: The blurred part of the photo, see `qt_image.pyramid`; empty without a photo.
        varies: Whether the blur varies over the frame; then the part is blurred as if it were the whole frame.
    """

    kernel: Kernel
    facts: KernelFacts
    kernel_image: QImage
    response_image: QImage
    levels: list[QImage]
    varies: bool = False


def try_out(settings: Degradation, photo: Pixels | None, place: tuple[float, float]) -> Task[Trial]:
    """Blur a part of the photo by `settings`, and draw the kernel and its frequency response.

    Args:
        settings: Blur, noise and file.
        photo: The sharp photo, of which one part is blurred, pixel for pixel; None for the kernel alone.
        place: The middle of that part, as shares of the photo's width and height.

    Raises:
        DeblurError: The blur or one of its values is unknown.
    """
    yield Progress(0.0, tr("Previewing the blur"))
    blur = settings.blur
    kernel = blur.kernel() if isinstance(blur, Blur) else blur
    if kernel is None:
        kernel = np.ones((1, 1), np.float32)
    images = draw_kernel(kernel), draw_response(kernel)
    levels: list[QImage] = []
    varies = isinstance(blur, Blur) and kinds.find(blur.kind).varying is not None
    if photo is not None:
        yield Progress(0.2, tr("Previewing the blur"))
        blurred = yield from subtask(degrade.degrade(part_of(photo, place, varies=varies), settings), 0.2, 1.0)
        levels = qt_image.pyramid(blurred)
    return Trial(kernel, kernel_arrays.describe(kernel), *images, levels, varies)


def part_of(photo: Pixels, place: tuple[float, float], *, varies: bool) -> Pixels:
    """Return the part of `photo` around `place` that is tried; all of it where the photo is smaller."""
    size = _SMALL_PART if varies else _PART
    starts = [
        min(max(round(share * length - side / 2), 0), max(length - side, 0))
        for share, length, side in zip(place, photo.shape[1::-1], size, strict=True)
    ]
    return photo[starts[1] : starts[1] + size[1], starts[0] : starts[0] + size[0]]


def read_kernel(path: Path) -> Task[tuple[Path, Kernel]]:
    """Read a kernel; for errors see `kernel_files.read_kernel`."""
    yield Progress(0.0, tr("Opening {name}", name=path.name))
    return path, kernel_files.read_kernel(path)


def write_kernel(kernel: Kernel, path: Path) -> Task[Path]:
    """Write a kernel; for errors see `kernel_files.write_kernel`."""
    yield Progress(0.0, tr("Saving {name}", name=path.name))
    kernel_files.write_kernel(kernel, path)
    return path
