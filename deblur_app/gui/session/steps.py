"""The steps of a session as tasks: those of the engine, with pictures made ready for the screen."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import degrade
from deblur_app.core import image_io
from deblur_app.core.levels import display_white
from deblur_app.core.picture import to_uint8
from deblur_app.core.task import Progress, Task, map_progress, subtask
from deblur_app.core.texts import tr
from deblur_app.core.tiling.local_tiling import PartDone
from deblur_app.engine import combine as engine_combine
from deblur_app.engine import devices, model_methods, tasks
from deblur_app.engine.blend import PLAIN
from deblur_app.engine.draft import restore_draft
from deblur_app.engine.method import Request
from deblur_app.engine.tasks import Restored
from deblur_app.gui.images import qt_image
from deblur_app.gui.images.screen_colours import to_screen
from deblur_app.gui.session.display import PASTED, WHOLE, DisplayImage, DraftShown, PartShown, Result
from deblur_app.gui.session.results.kept_result import PhotoKey

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.blur.degrade import Degradation
    from deblur_app.blur.psf import Psf
    from deblur_app.core.picture import Picture
    from deblur_app.core.tiling.local_tiling import Shares
    from deblur_app.gui.session.results.kept_result import KeptResult
    from deblur_app.gui.session.results.result_store import ResultStore

COMBINE = "combine as "
"""Prefix of the request of a result that was made of several photos; no method is called so."""

_NO_CHANGE = 0.5 / 65535
"""Half a step of 16 bits: what differs by less is the same file."""

_DRAFT_SIDE = 1400
"""Pixels of the longer side of a draft at least: about those of a screen, and soon decoded."""

_SHARE_OF_DRAFT = 0.01
"""The share of a restoration's progress that its draft takes. It is less than that from which the time left is told,
because a draft says nothing of that time."""

_numbers = itertools.count(1)
"""Tell pictures without a file apart."""


def open_picture(path: Path, page: int = 0) -> Task[DisplayImage]:
    """Open a picture or a page, and show a draft of a large one at once; for errors see `tasks.open_picture`."""
    yield Progress(0.0, tr("Opening {name}", name=path.name))
    if draft := image_io.read_draft(path, _DRAFT_SIDE):
        levels = qt_image.pyramid_of_values(to_screen(draft.values, draft.icc))
        yield DraftShown(0.05, tr("Opening {name}", name=path.name), None, tuple(levels), path.name)
        del draft, levels
    picture = yield from subtask(tasks.open_picture(path, page), 0.0, 0.7)
    return (yield from subtask(show(picture), 0.7, 1.0))


def show(picture: Picture, name: str = "", white: float | None = None) -> Task[DisplayImage]:
    """Make a picture ready for the screen.

    Args:
        picture: The picture.
        name: The name for the user where it has no file; "" for that of one from the clipboard.
        white: The value to show as white; None chooses it for this picture.
    """
    yield Progress(0.0, tr("Preparing the picture"))
    white = display_white(picture) if white is None else white
    levels = qt_image.pyramid(picture.pixels, picture.alpha, white, picture.pixel_profile)
    return DisplayImage(picture, levels, key=_key_of(picture, name or tr(PASTED)), white=white)


def _key_of(picture: Picture, name: str) -> PhotoKey:
    path = picture.path
    if path is None:
        return PhotoKey(name, None, (next(_numbers), 0))
    try:
        status = path.stat()
    except OSError:  # it was removed meanwhile
        return PhotoKey(path.name, path, page=picture.page)
    return PhotoKey(path.name, path, (status.st_mtime_ns, status.st_size), picture.page)


def take(picture: Picture, store: ResultStore) -> Task[DisplayImage]:
    """Make a picture that has no file ready for the screen, and keep it so that one can go back to it."""
    display_image = yield from show(picture)
    store.keep_photo(display_image.key, picture)
    return display_image


def open_again(key: PhotoKey, store: ResultStore) -> Task[DisplayImage]:
    """Open a photo that has results; for errors see `open_picture` and `ResultStore.load_photo`."""
    if key.path:
        return (yield from open_picture(key.path, key.page))
    yield Progress(0.0, tr("Opening {name}", name=key.name))
    return replace((yield from show(store.load_photo(key))), key=key)


def blur(sharp: DisplayImage, settings: Degradation, store: ResultStore) -> Task[tuple[DisplayImage, DisplayImage]]:
    """Blur a picture in full size; return the blurred one and the sharp one. For errors see `degrade.degrade`."""
    pixels = yield from subtask(degrade.degrade(sharp.picture.pixels, settings), 0.0, 0.9)
    picture = replace(sharp.picture.with_pixels(pixels), path=None)
    blurred = yield from subtask(show(picture, tr("{name}, blurred in the lab", name=sharp.name)), 0.9, 1.0)
    store.keep_photo(blurred.key, picture)
    return replace(blurred, sharp=sharp), sharp


def deblur(
    display_image: DisplayImage, request: Request, store: ResultStore, *, has_draft: bool = False
) -> Task[Result]:
    """Restore a picture and keep the result; where a part is there before the whole, a `PartShown` brings it.

    For errors see `tasks.deblur`.

    Args:
        display_image: The picture.
        request: How to restore it.
        store: Where the result is kept.
        has_draft: Whether a draft of the whole at the size of a screen comes first, as a `PartShown`.
    """
    picture, begin = display_image.picture, 0.0
    if has_draft:
        begin = _SHARE_OF_DRAFT
        yield from _show_draft(display_image, request)
    show_part = partial(_with_image, display_image)
    restored = yield from subtask(map_progress(tasks.deblur(picture, request), show_part), begin, 0.95)
    kept, note = store.keep(display_image.key, request, restored, is_changed=_differs(picture, restored))
    result = yield from subtask(show(restored.picture, white=display_image.white), 0.95, 1.0)
    return Result(result, restored, result.levels, kept=kept, notes=note)


def restore_marked(display_image: DisplayImage, result: Result, psf: Psf, store: ResultStore) -> Task[Result]:
    """Restore the places anew at which a PSF is trusted otherwise than in a result, and keep what comes out.

    For errors see `marked.restore_marked`.
    """
    from deblur_app.engine import marked

    picture = display_image.picture
    restored = yield from subtask(marked.restore_marked(picture, result.restored, psf), 0.0, 0.95)
    request = replace(restored.request, device=result.kept.request.device if result.kept else restored.request.device)
    kept, note = store.keep(display_image.key, request, restored, is_changed=_differs(picture, restored))
    shown = yield from subtask(show(restored.picture, white=display_image.white), 0.95, 1.0)
    return Result(shown, restored, shown.levels, kept=kept, notes=note)


def _show_draft(display_image: DisplayImage, request: Request) -> Task[None]:
    """Restore a draft of a whole picture, and show it."""
    stage = tr("Restoring a draft")
    task = map_progress(
        restore_draft(display_image.picture, request), lambda progress: Progress(progress.fraction, stage)
    )
    pixels = yield from subtask(task, 0.0, _SHARE_OF_DRAFT)
    if pixels is not None:
        yield _with_image(display_image, PartDone(_SHARE_OF_DRAFT, stage, None, pixels, WHOLE))


def _differs(picture: Picture, restored: Restored) -> bool:
    """Return whether the result differs from the input, or one was rejected: then there is something to lose."""
    given, result = picture.pixels, restored.picture.pixels
    if restored.rejected is not None or given.shape != result.shape:
        return True
    return given is not result and float(np.abs(given - result).max()) > _NO_CHANGE


def recall(store: ResultStore, kept: KeptResult, white: float) -> Task[Result]:
    """Bring a kept result back, as it was last shown but for its blend.

    Args:
        store: Where it is.
        kept: The result.
        white: The value to show as white, as of its photo.

    Raises:
        DeblurError: Its file is gone.
    """
    yield Progress(0.0, tr("Opening the result"))
    restored = store.load(kept)
    display_image = yield from subtask(show(restored.picture, white=white), 0.4, 1.0)
    result = Result(display_image, restored, display_image.levels, kept=kept)
    return (yield from swap(result)) if kept.shows_rejected else result


def swap(result: Result) -> Task[Result]:
    """Exchange what failed its check with the gentler result that took its place."""
    rejected = result.restored.rejected
    if rejected is None:
        return result
    restored = replace(result.restored, picture=rejected, rejected=result.restored.picture)
    display_image = yield from show(rejected, white=result.display_image.white)
    return replace(
        result, display_image=display_image, restored=restored, plain=display_image.levels, blend=PLAIN,
        shows_rejected=not result.shows_rejected,
    )  # fmt: skip


def _with_image(display_image: DisplayImage, progress: Progress) -> Progress:
    """Return a part that is done as one for the screen; any other progress as it is."""
    if not isinstance(progress, PartDone) or progress.pixels is None:
        return progress
    values = to_screen(
        qt_image.quantize_for_display(progress.pixels, display_image.white), display_image.picture.pixel_profile
    )
    image = qt_image.to_qimage(values, _alpha_of_part(display_image.picture, progress.region, values.shape[1::-1]))
    return PartShown(progress.fraction, progress.stage, progress.seconds_left, image, progress.region)


def _alpha_of_part(picture: Picture, place: Shares, size: tuple[int, int]) -> NDArray[np.uint8] | None:
    """Return the alpha channel of a part of a picture, at the size (width, height) of an image of it."""
    if picture.alpha is None:
        return None
    left, top, right, bottom = place
    height, width = picture.alpha.shape
    rows = slice(int(top * height), max(round(bottom * height), int(top * height) + 1))
    columns = slice(int(left * width), max(round(right * width), int(left * width) + 1))
    return to_uint8(np.asarray(cv2.resize(picture.alpha[rows, columns], size, interpolation=cv2.INTER_AREA)))


def combine(paths: Sequence[Path], kind: str, store: ResultStore) -> Task[tuple[DisplayImage, Result]]:
    """Make one picture of several; return the first one, and the result. For errors see `engine.combine.combine`."""
    begin = time.perf_counter()
    pictures = []
    for number, path in enumerate(paths):
        done = 0.2 * number / len(paths)
        pictures.append((yield from subtask(tasks.open_picture(path), done, done + 0.2 / len(paths))))
    first = yield from subtask(show(pictures[0]), 0.2, 0.22)
    combined = yield from subtask(engine_combine.combine(pictures, kind), 0.22, 0.97)
    display_image = yield from subtask(show(combined, white=first.white), 0.97, 1.0)
    request = Request(f"{COMBINE}{kind}", {"photos": "\0".join(map(str, paths))}, device="cpu")
    seconds = time.perf_counter() - begin
    restored = Restored(combined, request, devices.processor().label, "", seconds)
    kept, note = store.keep(first.key, request, restored, is_changed=True)
    return first, Result(display_image, restored, display_image.levels, kept=kept, notes=note)


def check_model(card: Path, device: str) -> Task[Path]:
    """Load a model, so that it is known before it is used whether it can be; for errors see `model_methods.check`."""
    yield Progress(0.0, tr("Loading the model"))
    model_methods.method_for(card)  # what is no model is told before the engine is loaded
    chosen, _ = devices.choose(device)
    yield from model_methods.check(card, chosen)
    return card
