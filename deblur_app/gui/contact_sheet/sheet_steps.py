"""The work of the contact sheet as a task: one part of the photo restored by one method after the other."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core import metrics
from deblur_app.core.errors import DeblurError
from deblur_app.core.levels import display_white
from deblur_app.core.picture import Picture, resize_pixels
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine import tasks
from deblur_app.engine.method import Method, PsfUse, Request
from deblur_app.engine.methods import registry
from deblur_app.gui.images import qt_image
from deblur_app.gui.images.screen_colours import to_screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from deblur_app.blur.psf import Psf
    from deblur_app.core.picture import Pixels

type Box = tuple[int, int, int, int]
"""Left, top, right and bottom of a part, in pixels."""

_RIM = 32
"""Pixels around the part that are restored too, besides the side of the kernel, and cut off again."""


@dataclass(frozen=True, eq=False)
class SheetRequest:
    """The content of a contact sheet.

    Attributes:
        picture: The photo.
        truth: Its ground truth, of the same size, or None.
        psf: The PSF of the whole photo, or None where none is known.
        box: The part.
        device: Name of a device, or “auto”.
    """

    picture: Picture
    truth: Picture | None
    psf: Psf | None
    box: Box
    device: str


@dataclass(frozen=True)
class CellDone(Progress):
    """The progress that brings the part as one method restores it, or as it is.

    Attributes:
        name: The name of the method; "" for the photo as it is.
        image: The part, ready for the screen; None where the method cannot restore it.
        seconds: Time the method took for it.
        psnr: In decibels against the ground truth; None without one.
        problem: The sentence that says why there is no picture, or "".
    """

    name: str = ""
    image: QImage | None = None
    seconds: float = 0.0
    psnr: float | None = None
    problem: str = ""


def list_suitable(psf: Psf | None) -> list[Method]:
    """Return the methods that a sheet compares: those that need no PSF, and with one those that undo it.

    Methods that estimate the blur for themselves are left out: a part does not tell what the whole photo does, and with
    the PSF of the photo they do what others do.
    """
    fitting = {PsfUse.NONE} if psf is None else {PsfUse.NONE, PsfUse.GIVEN}
    return [method for method in registry.list_offered() if method.psf in fitting]


def place_box(size: tuple[int, int], centre: tuple[float, float], size_wanted: tuple[int, int]) -> Box:
    """Return a part of a photo around a place, moved into the photo and cut to it.

    Args:
        size: Width and height of the photo, in pixels.
        centre: The place, in shares of width and height.
        size_wanted: Width and height of the part, in pixels.
    """
    width, height = (min(side, whole) for side, whole in zip(size_wanted, size, strict=True))
    left = min(max(round(centre[0] * size[0] - width / 2), 0), size[0] - width)
    top = min(max(round(centre[1] * size[1] - height / 2), 0), size[1] - height)
    return left, top, left + width, top + height


def fill_sheet(request: SheetRequest, methods: Sequence[Method]) -> Task[None]:
    """Restore a part of a photo by each method; each `CellDone` brings one."""
    given = _cut(request.picture.pixels, request.box)
    yield CellDone(0.0, tr("Comparing methods"), None, "", _to_image(given, request), 0.0, _psnr(given, request))
    for number, method in enumerate(methods):
        start, end = number / len(methods), (number + 1) / len(methods)
        begin = time.perf_counter()
        try:
            pixels = yield from subtask(_restore(request, method), start, end)
        except DeblurError as error:
            yield CellDone(end, f"{method.title}", None, method.name, problem=str(error))
            continue
        seconds, image = time.perf_counter() - begin, _to_image(pixels, request)
        yield CellDone(end, f"{method.title}", None, method.name, image, seconds, _psnr(pixels, request))


def _restore(request: SheetRequest, method: Method) -> Task[Pixels]:
    picture, box = request.picture, request.box
    reach = _RIM + (request.psf.side if request.psf and method.psf is PsfUse.GIVEN else 0)
    left, top = max(box[0] - reach, 0), max(box[1] - reach, 0)
    right, bottom = min(box[2] + reach, picture.width), min(box[3] + reach, picture.height)
    part = Picture(
        _cut(picture.pixels, (left, top, right, bottom)),
        bit_depth=picture.bit_depth,
        icc=picture.icc,
        jpeg_table=picture.jpeg_table,
    )
    psf = None
    if request.psf and method.psf is PsfUse.GIVEN:
        psf = request.psf.scaled(1.0, (left, top), (part.width, part.height))
    part_request = Request(method.name, device=request.device, psf=psf, is_checked=False)
    restored = yield from tasks.deblur(part, part_request)
    # The paper's network has a size of its own.
    pixels = resize_pixels(restored.picture.pixels, part.width, part.height)
    return _cut(pixels, (box[0] - left, box[1] - top, box[2] - left, box[3] - top))


def _cut(pixels: Pixels, box: Box) -> Pixels:
    left, top, right, bottom = box
    return pixels[top:bottom, left:right].copy()


def _to_image(pixels: Pixels, request: SheetRequest) -> QImage:
    values = qt_image.quantize_for_display(pixels, display_white(request.picture))
    return qt_image.to_qimage(to_screen(values, request.picture.pixel_profile))


def _psnr(pixels: Pixels, request: SheetRequest) -> float | None:
    return metrics.psnr(_cut(request.truth.pixels, request.box), pixels) if request.truth else None
