"""A method tried on the visible part of a photo: reduced to the screen, with the PSF reduced alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from deblur_app.blur import kernel_arrays
from deblur_app.core.levels import display_white
from deblur_app.core.picture import Picture
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine.reduced import Reduced
from deblur_app.gui.images import qt_image
from deblur_app.gui.images.kernel_images import draw_response
from deblur_app.gui.images.screen_colours import to_screen
from deblur_app.gui.psf.reduced import box_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.psf import Psf
    from deblur_app.engine.method import Request
    from deblur_app.engine.reduced import Choices
    from deblur_app.engine.tasks import Restored
    from deblur_app.gui.psf.reduced import Box, Reducer

    type Restore = Callable[[Picture, Request], Task[Restored]]

_MOST_PIXELS = 400_000
"""A larger screen shows a preview that is a little coarser than itself: what counts is that it comes at once."""

_RIM = 8
"""Pixels of the photo that are restored around the visible part, besides the side of the kernel, and cut off again."""


@dataclass(frozen=True, eq=False)
class PsfView:
    """A PSF, ready to be shown.

    Attributes:
        make: What made it, as the view was asked for.
        psf: The PSF that the method is to undo.
        kernel: The kernel in the middle of the frame, without colours.
        response: Its frequency response.
    """

    make: Callable[[], Psf]
    psf: Psf
    kernel: Kernel
    response: QImage


@dataclass(frozen=True, eq=False)
class Sight:
    """The visible part of a photo and its scale on the screen.

    Attributes:
        picture: The photo.
        part: The part on the screen, in shares of width and height.
        scale: Screen pixels for one pixel of the photo.
    """

    picture: Picture
    part: QRectF
    scale: float


@dataclass(frozen=True, eq=False)
class Preview:
    """The restored visible part of a photo.

    Attributes:
        picture: The photo.
        image: The restored part.
        place: Its place in the photo, in shares of width and height.
        scale: Its size over that of the photo, in (0, 1].
        restored: The output of the method, and how it was made.
    """

    picture: Picture
    image: QImage
    place: QRectF
    scale: float
    restored: Restored


def view_psf(make: Callable[[], Psf]) -> Task[PsfView]:
    """Make a PSF, and make it ready to be shown.

    Raises:
        DeblurError: The blur or one of its values is unknown or out of range.
    """
    yield Progress(0.0, tr("Computing the kernel"))
    psf = make()
    kernel = kernel_arrays.grey(psf.kernel)
    return PsfView(make, psf, kernel, draw_response(kernel))


def preview(
    sight: Sight, request: Request, restore: Restore, reducer: Reducer, *, is_draft: bool = False
) -> Task[Preview]:
    """Restore the visible part of a photo the way `request` asks for the whole of it.

    Args:
        sight: The photo and its visible part.
        request: Method, values, and the PSF at the photo's own size.
        restore: The function that deblurs a picture; see `tasks.deblur`.
        reducer: The cache of the small copy between previews, and of what was chosen for it.
        is_draft: Whether to be seen at once counts more than to choose anew what the method chooses from the photo.

    Raises:
        DeblurError: As `restore` does.
    """
    yield Progress(0.0, tr("Trying it out"))
    picture = sight.picture
    inner = box_of(picture, sight.part, 0)
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    scale = min(1.0, sight.scale, (_MOST_PIXELS / area) ** 0.5)
    reach = request.psf.side + _RIM if request.psf else _RIM
    outer = box_of(picture, sight.part, reach)
    pixels = yield from subtask(reducer.reduce(picture, outer, scale), 0.0, 0.3)
    small = Picture(pixels, bit_depth=picture.bit_depth)  # a dim one is restored at its own scale
    request_of_part = replace(
        request,
        psf=_scale(request.psf, scale, outer),
        reduced=_whole(picture, request.psf, scale, reducer.choices, is_draft=is_draft),
        is_checked=False,  # whoever moves a slider wants to see what it does
    )
    restored = yield from subtask(restore(small, request_of_part), 0.3, 0.95)
    return _crop_rim(restored, picture, inner, outer, scale)


def describe_preview(preview: Preview) -> str:
    """Return size, scale and time of a live preview, and how to get the whole result."""
    image, restored = preview.image, preview.restored
    size = tr("at {scale:.0%}", scale=preview.scale)
    first = tr(
        "{width} × {height} px · {size} · {seconds:.2f} s",
        width=image.width(),
        height=image.height(),
        size=size,
        seconds=restored.seconds,
    )
    return tr("{first}\nDeblur the whole photo to see and save all of it.", first=first)


def _scale(psf: Psf | None, scale: float, box: Box) -> Psf | None:
    """Return the PSF of a part of the photo at `scale`."""
    left, top, right, bottom = box
    return psf.scaled(scale, (left, top), (right - left, bottom - top)) if psf else None


def _whole(picture: Picture, psf: Psf | None, scale: float, choices: Choices, *, is_draft: bool) -> Reduced | None:
    """Return the photo, for methods to choose from; None where there is not one kernel for all of it."""
    if psf is None or psf.uniform is None:
        return None
    return Reduced(picture.pixels, psf.uniform, scale, choices, is_draft, picture.jpeg_table)


def _crop_rim(restored: Restored, picture: Picture, inner: Box, outer: Box, scale: float) -> Preview:
    """Cut off again the rim that the method needed."""
    pixels = restored.picture.pixels
    height, width = pixels.shape[:2]
    x, y = width / (outer[2] - outer[0]), height / (outer[3] - outer[1])
    left, right = (min(max(round((side - outer[0]) * x), 0), width) for side in (inner[0], inner[2]))
    top, bottom = (min(max(round((side - outer[1]) * y), 0), height) for side in (inner[1], inner[3]))
    right, bottom = max(right, left + 1), max(bottom, top + 1)
    values = qt_image.quantize_for_display(pixels[top:bottom, left:right], display_white(picture))
    image = qt_image.to_qimage(to_screen(values, picture.pixel_profile))
    place = QRectF(
        (outer[0] + left / x) / picture.width,
        (outer[1] + top / y) / picture.height,
        (right - left) / x / picture.width,
        (bottom - top) / y / picture.height,
    )
    return Preview(picture, image, place, scale, restored)
