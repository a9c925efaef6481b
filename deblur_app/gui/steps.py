"""The steps of a session as tasks: those of the engine, with pictures made ready for the screen."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deblur_app.blur import degrade
from deblur_app.core.local_tiling import PartDone
from deblur_app.core.picture import to_uint8
from deblur_app.core.task import Progress, Task, mapped, portion
from deblur_app.engine import combine as engine_combine
from deblur_app.engine import devices, models, tasks
from deblur_app.engine.blend import PLAIN, blend_photo
from deblur_app.engine.method import Request
from deblur_app.engine.tasks import Restored, compare, measure, save_picture
from deblur_app.gui import qt_image

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from deblur_app.blur.degrade import Degradation
    from deblur_app.core.local_tiling import Shares
    from deblur_app.core.picture import Picture
    from deblur_app.engine.blend import Blend

__all__ = [
    "PartShown",
    "Result",
    "Shown",
    "blur",
    "check_model",
    "combine",
    "compare",
    "deblur",
    "measure",
    "open_pair",
    "open_picture",
    "save_blended",
    "save_picture",
    "show",
]


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture that is ready to be painted.

    Attributes:
        picture: The picture.
        levels: The same for the screen, see `qt_image.pyramid`.
        sharp: The picture that it was blurred from in the blur lab; None for any other.
    """

    picture: Picture
    levels: list[QImage]
    sharp: Shown | None = None

    @property
    def name(self) -> str:
        """What to call it: the name of its file, or where it came from."""
        if self.picture.path:
            return self.picture.path.name
        return f"{self.sharp.name}, blurred in the lab" if self.sharp else "from the clipboard"


@dataclass(frozen=True, eq=False)
class Result:
    """What a method made of the input.

    Attributes:
        shown: The picture as it is seen and saved: what the method made, blended with the input.
        restored: What the method made, and how.
        plain: What the method made, ready to be painted; see `qt_image.pyramid`.
        blend: How `shown` was blended.
    """

    shown: Shown
    restored: Restored
    plain: list[QImage]
    blend: Blend = PLAIN


@dataclass(frozen=True)
class PartShown(Progress):
    """Progress that brings a part of the result, ready for the screen.

    Attributes:
        image: The part.
        place: Where it lies.
    """

    image: QImage | None = None
    place: Shares = (0.0, 0.0, 1.0, 1.0)


def open_picture(path: Path) -> Task[Shown]:
    """Open a picture; for errors see `tasks.open_picture`."""
    picture = yield from portion(tasks.open_picture(path), 0.0, 0.7)
    return (yield from portion(show(picture), 0.7, 1.0))


def open_pair(path: Path, truth: Path) -> Task[tuple[Shown, Shown]]:
    """Open a picture and its ground truth."""
    first = yield from portion(open_picture(path), 0.0, 0.5)
    second = yield from portion(open_picture(truth), 0.5, 1.0)
    return first, second


def show(picture: Picture) -> Task[Shown]:
    """Make a picture ready for the screen."""
    yield Progress(0.0, "Preparing the picture")
    return Shown(picture, qt_image.pyramid(picture.pixels))


def blur(sharp: Shown, settings: Degradation) -> Task[tuple[Shown, Shown]]:
    """Blur a picture in full size; the blurred one and the sharp one. For errors see `degrade.degrade`."""
    pixels = yield from portion(degrade.degrade(sharp.picture.pixels, settings), 0.0, 0.9)
    picture = replace(sharp.picture.with_pixels(pixels), path=None)
    blurred = yield from portion(show(picture), 0.9, 1.0)
    return replace(blurred, sharp=sharp), sharp


def deblur(picture: Picture, request: Request) -> Task[Result]:
    """Restore a picture; where a part is there before the whole, a `PartShown` brings it. Errors: `tasks.deblur`."""
    restored = yield from portion(mapped(tasks.deblur(picture, request), _with_image), 0.0, 0.97)
    shown = yield from portion(show(restored.picture), 0.97, 1.0)
    return Result(shown, restored, shown.levels)


def _with_image(progress: Progress) -> Progress:
    """A part that is done, as one for the screen; any other progress as it is."""
    if not isinstance(progress, PartDone) or progress.pixels is None:
        return progress
    image = qt_image.to_qimage(to_uint8(progress.pixels))
    return PartShown(progress.fraction, progress.stage, progress.seconds_left, image, progress.region)


def save_blended(picture: Picture, restored: Picture, blend: Blend, path: Path) -> Task[Path]:
    """Blend a result with its input at full size, and write it; for errors see `blend_photo` and `save_picture`."""
    pixels = yield from portion(blend_photo(picture.pixels, restored.pixels, blend), 0.0, 0.5)
    return (yield from portion(save_picture(replace(restored, pixels=pixels), path), 0.5, 1.0))


def combine(paths: Sequence[Path], how: str) -> Task[tuple[Shown, Result]]:
    """Make one picture of several; the first of them, and the result. For errors see `engine.combine.combine`."""
    begin = time.perf_counter()
    pictures = []
    for number, path in enumerate(paths):
        done = 0.2 * number / len(paths)
        pictures.append((yield from portion(tasks.open_picture(path), done, done + 0.2 / len(paths))))
    first = yield from portion(show(pictures[0]), 0.2, 0.22)
    combined = yield from portion(engine_combine.combine(pictures, how), 0.22, 0.97)
    shown = yield from portion(show(combined), 0.97, 1.0)
    request = Request(f"combine as {how}", device="cpu")
    seconds = time.perf_counter() - begin
    restored = Restored(combined, request, devices.processor().label, "", seconds)
    return first, Result(shown, restored, shown.levels)


def check_model(card: Path, device: str) -> Task[Path]:
    """Load a model, so that it is known before it is used whether it can be; for errors see `models.check`."""
    yield Progress(0.0, "Loading the model")
    models.method_for(card)  # what is no model is told before the engine is loaded
    chosen, _ = devices.choose(device)
    yield from models.check(card, chosen)
    return card
