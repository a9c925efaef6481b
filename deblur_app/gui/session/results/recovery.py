"""Recovery of results that a program that ended unexpectedly left on the disk."""

from __future__ import annotations

import json
import logging
import shutil
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.gui.session.process_mark import is_running, mark_process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.core.picture import Picture

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Leftover:
    """A result that was not saved when the program ended unexpectedly.

    Attributes:
        file: Its pixels.
        name: The name of its photo.
        photo: The file of the photo, or None.
        recipe: How it was made, as JSON; "" where that is not known.
    """

    file: Path
    name: str
    photo: Path | None
    recipe: str = ""


def results_folder() -> Path:
    """Return the folder of results that are kept while the program runs: in the platform's folder for caches."""
    return Path(platformdirs.user_cache_dir("Deblur", appauthor=False)) / "results"


def new_folder() -> Path:
    """Return a folder for this process alone, which is not made yet; its name identifies the process."""
    return results_folder() / f"{mark_process()}-{uuid.uuid4().hex[:8]}"


def find_leftovers() -> list[Leftover]:
    """Return the unsaved results of processes that are gone, and remove what else they left."""
    leftovers: list[Leftover] = []
    try:
        folders = [
            folder
            for folder in results_folder().iterdir()
            if folder.is_dir() and not is_running(folder.name.rpartition("-")[0])
        ]
    except OSError:  # nothing was ever kept
        return []
    for folder in folders:
        inside = [leftover for file in sorted(folder.glob("*.json")) if (leftover := _read(file))]
        if inside:
            leftovers += inside
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return leftovers


def save_leftovers(leftovers: Sequence[Leftover]) -> Task[list[Path]]:
    """Write results that were left beside their photos, under free names, and remove them from the cache.

    Raises:
        DeblurError: One or more could not be written: they stay for the next start.
    """
    saved, problems = [], []
    for number, leftover in enumerate(leftovers):
        try:
            task = subtask(_save(leftover), number / len(leftovers), (number + 1) / len(leftovers))
            saved.append((yield from task))
            discard([leftover])
        except DeblurError as error:
            problems.append(str(error))
    if problems:
        raise DeblurError("\n".join(problems))
    return saved


def discard(leftovers: Sequence[Leftover]) -> None:
    """Remove results that were left."""
    for leftover in leftovers:
        leftover.file.with_suffix(".json").unlink(missing_ok=True)
        leftover.file.unlink(missing_ok=True)
    for folder in {leftover.file.parent for leftover in leftovers}:
        if not any(folder.glob("*.json")):
            shutil.rmtree(folder, ignore_errors=True)


def _save(leftover: Leftover) -> Task[Path]:
    from deblur_app.core import image_io
    from deblur_app.core.files import file_names
    from deblur_app.core.picture import Picture
    from deblur_app.gui.session.results import pixel_files, save_steps

    yield Progress(0.0, tr("Saving the result of {name}", name=leftover.name))
    try:
        pixels, alpha = pixel_files.read_pixels(leftover.file)
    except (OSError, ValueError, EOFError, IndexError) as error:
        raise DeblurError(
            tr("The result of “{name}” cannot be read any more: {error}.", name=leftover.name, error=error)
        ) from error
    picture = Picture(pixels, alpha)
    if leftover.photo and leftover.photo.exists():  # for its metadata, depth and profile
        picture = replace(image_io.read(leftover.photo), pixels=picture.pixels, alpha=alpha)
    photo = leftover.photo if leftover.photo and leftover.photo.parent.is_dir() else Path.home() / leftover.name
    photo = photo if photo.suffix else photo.with_suffix(".png")
    picture = _with_recipe(picture, leftover)
    return (yield from save_steps.save(picture, file_names.result_path(photo, bit_depth=picture.bit_depth)))


def _with_recipe(picture: Picture, leftover: Leftover) -> Picture:
    """Return the picture of a result with its recipe; without one where that is damaged, as the pixels count more."""
    from deblur_app.engine.recipes import recipe_json, storage

    try:
        recipe = recipe_json.from_json(leftover.recipe.encode(), leftover.name) if leftover.recipe else None
    except DeblurError as error:
        log.warning("The recipe of a result cannot be read: %s", error)
        return picture
    return storage.attach_recipe(picture, recipe) if recipe else picture


def _read(file: Path) -> Leftover | None:
    pixels = file.with_suffix(".npy")
    try:
        facts: dict[str, Any] = json.loads(file.read_bytes())
        name, path, recipe = Path(str(facts["name"])).name, str(facts["path"]), str(facts.get("recipe", ""))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.warning("%s cannot be read", file, exc_info=error)
        return None
    return Leftover(pixels, name, Path(path) if path else None, recipe) if pixels.is_file() else None
