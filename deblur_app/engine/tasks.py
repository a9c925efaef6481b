"""The user's actions, each as one task: open, deblur, compare, save."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deblur_app.blur.degrade import degrade
from deblur_app.core import image_io, metrics
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.targets import Target
from deblur_app.core.image_io.save_options import DEFAULT
from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine.blend import PLAIN, Blend, blend_photo
from deblur_app.engine.deblurring import Restored, deblur
from deblur_app.engine.recipes.recipe import make_recipe
from deblur_app.engine.recipes.storage import attach_recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deblur_app.blur.degrade import Degradation
    from deblur_app.core.image_io.save_options import SaveOptions
    from deblur_app.core.metrics import Quality
    from deblur_app.core.picture import Picture
    from deblur_app.engine.method import Request

__all__ = [
    "Comparison",
    "Restored",
    "blur",
    "blur_file",
    "compare",
    "deblur",
    "measure",
    "open_picture",
    "restore_file",
    "save_picture",
]


@dataclass(frozen=True)
class Comparison:
    """Figures of the result and of doing nothing, against one truth at the size of the result."""

    result: Quality
    do_nothing: Quality


def open_picture(path: Path, page: int = 0) -> Task[Picture]:
    """Read a picture file, of a TIFF the first page unless another is wanted.

    Raises:
        DeblurError: It cannot be read; the text says why and what to do.
    """
    return (yield from image_io.read_task(path, page))


def compare(blurred: Picture, truth: Picture, result: Picture) -> Task[Comparison]:
    """Return the figures of `result`, and of `blurred` as it is, against `truth`.

    Where the result has another size than the truth (the paper's network on the whole picture), truth and blurred
    picture are brought to the size of the result first.

    Raises:
        DeblurError: The truth has another size than the blurred picture.
    """
    _check_equal_size(blurred, truth)
    yield Progress(0.0, tr("Comparing with the ground truth"))
    size = (result.width, result.height)
    reference = resize_pixels(truth.pixels, *size)
    quality = metrics.measure(reference, result.pixels)
    yield Progress(0.5, tr("Comparing with the ground truth"))
    return Comparison(quality, metrics.measure(reference, resize_pixels(blurred.pixels, *size)))


def measure(truth: Picture, picture: Picture) -> Task[Quality]:
    """Return the figures of one picture against the truth.

    Raises:
        DeblurError: The two differ in size.
    """
    _check_equal_size(picture, truth)
    yield Progress(0.0, tr("Comparing with the ground truth"))
    return metrics.measure(truth.pixels, picture.pixels)


def save_picture(
    picture: Picture, target: Path | Target, others: Sequence[Picture] = (), save_options: SaveOptions = DEFAULT
) -> Task[Path]:
    """Write a picture; the ending of `target` decides the format. A plain path is replaced if there is a file.

    Args:
        picture: The picture.
        target: Where to.
        others: The pages behind it, which only TIFF can hold.
        save_options: Quality, depth and size of the file.

    Returns:
        The file that was written, whose name a target may have numbered.

    Raises:
        DeblurError: It cannot be written, or the target is the original.
    """
    yield Progress(0.0, tr("Saving {name}", name=(target.path() if isinstance(target, Target) else target).name))
    return image_io.write_pages([picture, *others], target, save_options)


def restore_file(
    path: Path,
    request: Request,
    target: Path | Callable[[Picture], Path | Target],
    truth: Path | None = None,
    blend: Blend = PLAIN,
    *,
    has_recipe: bool = True,
    save_options: SaveOptions = DEFAULT,
    change: Callable[[Picture], Picture] | None = None,
) -> Task[tuple[Restored, Comparison | None]]:
    """Open, deblur, save, and compare where there is a truth: all that happens to one file on the command line.

    Of a TIFF file that becomes one, all pages are restored; figures are of the first.

    Args:
        path: The picture.
        request: How to restore it.
        target: Where the result goes; a function is asked once the picture is open.
        truth: The sharp picture to compare with.
        blend: How much of the restoration is taken, and where.
        has_recipe: Whether the file shall say how it was made.
        save_options: Quality, depth and size of the file.
        change: Changes each picture right before it is written, such as its metadata.

    Raises:
        DeblurError: Any of the steps cannot be done; nothing is written then.
    """
    picture = yield from subtask(open_picture(path), 0.0, 0.05)
    place = target(picture) if callable(target) else target
    image_io.check_target(place.path() if isinstance(place, Target) else place, path)
    sharp = (yield from open_picture(truth)) if truth else None
    if sharp:
        _check_equal_size(picture, sharp)
    name = place.path() if isinstance(place, Target) else place
    pages = [picture]
    if picture.pages > 1 and image_io.holds_pages(name):
        pages = list((yield from image_io.read_pages_task(path)))
    picture, results = pages[0], []
    for number in range(len(pages)):
        start, end = (0.05 + 0.87 * part / len(pages) for part in (number, number + 1))
        results.append((yield from subtask(_restore_page(pages[number], request, blend), start, end)))
        pages[number] = picture  # what is done is no more needed where memory is
    restored = results[0]
    loss = image_io.describe_loss(restored.picture, name)
    restored = replace(restored, note=f"{restored.note} {loss}".strip())
    comparison = (yield from subtask(compare(picture, sharp, restored.picture), 0.92, 0.95)) if sharp else None
    del picture, pages  # of a large photo, the input is no more needed where memory is
    if has_recipe:
        results = [_with_recipe(result, request, blend) for result in results]
    written = [change(result.picture) if change else result.picture for result in results]
    output = yield from subtask(save_picture(written[0], place, written[1:], save_options), 0.95, 1.0)
    return replace(restored, path=output), comparison


def _with_recipe(restored: Restored, request: Request, blend: Blend) -> Restored:
    """Return a result whose picture says how it was made."""
    return replace(restored, picture=attach_recipe(restored.picture, make_recipe(request, restored, blend)))


def _restore_page(page: Picture, request: Request, blend: Blend) -> Task[Restored]:
    """Restore one page of a file, and blend it with what it was."""
    restored = yield from subtask(deblur(page, request), 0.0, 0.97)
    pixels = yield from subtask(blend_photo(page.pixels, restored.picture.pixels, blend), 0.97, 1.0)
    return replace(restored, picture=replace(restored.picture, pixels=pixels))


def blur(picture: Picture, settings: Degradation) -> Task[Picture]:
    """Blur a sharp `picture` the way `settings` ask. It has 8 bits after rounding or JPEG, else those it had.

    Raises:
        DeblurError: The blur or one of its values is unknown, or the picture is too large for JPEG.
    """
    pixels = yield from degrade(picture.pixels, settings)
    rounded = settings.eight_bit or settings.jpeg is not None
    return replace(picture, pixels=pixels, bit_depth=8 if rounded else picture.bit_depth)


def blur_file(path: Path, settings: Degradation, target: Callable[[Picture], Target]) -> Task[tuple[Picture, Path]]:
    """Open, blur and save: all that happens to one sharp photo on the command line.

    Args:
        path: The sharp photo.
        settings: How to blur it.
        target: Says where the result goes, once the photo is open.

    Returns:
        The blurred picture and the file it was written to.

    Raises:
        DeblurError: Any of the steps cannot be done; nothing is written then.
    """
    picture = yield from subtask(open_picture(path), 0.0, 0.05)
    place = target(picture)
    image_io.check_target(place.path(), path)
    blurred = yield from subtask(blur(picture, settings), 0.05, 0.9)
    return blurred, (yield from subtask(save_picture(blurred, place), 0.9, 1.0))


def _check_equal_size(picture: Picture, truth: Picture) -> None:
    if (picture.width, picture.height) != (truth.width, truth.height):
        raise DeblurError(
            tr(
                "The ground truth is {size_text} pixels and the picture {picture_size_text}: figures need two "
                "pictures of one size.",
                size_text=truth.size_text,
                picture_size_text=picture.size_text,
            )
        )
