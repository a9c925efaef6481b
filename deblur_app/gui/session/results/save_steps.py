"""Saving results, as tasks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.saving_settings import SavingSettings
from deblur_app.core.files.targets import Target
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine.blend import PLAIN, blend_photo
from deblur_app.engine.saving.saving import choose_target, save_by
from deblur_app.gui.session.results.making import Making

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.core.picture import Picture
    from deblur_app.gui.session.results.kept_result import KeptResult
    from deblur_app.gui.session.results.result_store import ResultStore

_USUAL = SavingSettings()


def save(
    picture: Picture, target: Path | Target, making: Making | None = None, settings: SavingSettings = _USUAL
) -> Task[Path]:
    """Write a result, with its recipe where it is known how it was made; for errors see `save_picture`.

    Args:
        picture: The result.
        target: Where to; a plain path is replaced if there is a file.
        making: How it was made; None where that is not known.
        settings: Quality, size and metadata of the file.
    """
    picture = making.attach_to(picture) if making else picture
    place = target if isinstance(target, Target) else Target.at(target, may_replace=True)
    return (yield from save_by(picture, place, settings))


def save_blended(
    picture: Picture, restored: Picture, making: Making, target: Path | Target, settings: SavingSettings = _USUAL
) -> Task[Path]:
    """Blend a result with its input at full size, and write it; for errors see `blend_photo` and `save_picture`."""
    if making.blend.is_plain:
        return (yield from save(restored, target, making, settings))
    pixels = yield from subtask(blend_photo(picture.pixels, restored.pixels, making.blend), 0.0, 0.5)
    return (yield from subtask(save(replace(restored, pixels=pixels), target, making, settings), 0.5, 1.0))


def save_all(store: ResultStore, results: Sequence[KeptResult], settings: SavingSettings = _USUAL) -> Task[list[Path]]:
    """Write kept results by the settings, under free names.

    Raises:
        DeblurError: One or more could not be written; the others are.
    """
    problems, saved = [], []
    for number, kept in enumerate(results):
        share = number / len(results), (number + 1) / len(results)
        try:
            saved.append((yield from subtask(_save_kept(store, kept, settings), *share)))
        except DeblurError as error:
            problems.append(str(error))
    if problems:
        raise DeblurError("\n".join(problems))
    return saved


def _save_kept(store: ResultStore, kept: KeptResult, settings: SavingSettings) -> Task[Path]:
    blend, rejected = kept.blend, kept.shows_rejected
    saved = yield from write_kept(store, kept, settings)
    store.mark_saved(kept, blend, rejected=rejected)
    return saved


def write_kept(store: ResultStore, kept: KeptResult, settings: SavingSettings) -> Task[Path]:
    """Write a kept result as it was last shown, by the settings; it does not count as saved.

    Raises:
        DeblurError: It is gone, or cannot be written.
    """
    yield Progress(0.0, tr("Saving the result of {name}", name=kept.photo.name))
    blend, rejected = kept.blend, kept.shows_rejected
    restored = store.load(kept)
    picture = restored.rejected if rejected and restored.rejected else restored.picture
    photo = kept.photo.path or Path.home() / "pasted.png"
    target = choose_target(photo, picture, settings)
    making = Making(kept.request, restored, blend, rejected)
    if blend.is_plain:
        return (yield from save(picture, target, making, settings))
    given = image_io.read(kept.photo.path) if kept.photo.path else store.load_photo(kept.photo)
    if given.pixels.shape != picture.pixels.shape:
        making = replace(making, blend=PLAIN)
    return (yield from save_blended(given, picture, making, target, settings))
