"""Names, options and writing of a result by the settings of the user."""

from __future__ import annotations

import itertools
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names, name_patterns
from deblur_app.core.files.targets import ProtectedFiles, Target
from deblur_app.core.image_io.save_options import SaveOptions
from deblur_app.core.texts import tr
from deblur_app.engine.saving.metadata_choice import choose_metadata
from deblur_app.engine.tasks import save_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deblur_app.core.files.saving_settings import SavingSettings
    from deblur_app.core.picture import Picture
    from deblur_app.core.task import Task


def make_options(settings: SavingSettings) -> SaveOptions:
    """Return quality, depth and size as the writer of pictures takes them."""
    return SaveOptions(settings.quality, settings.subsampling, settings.bit_depth, settings.longest_side)


def choose_target(photo: Path, picture: Picture, settings: SavingSettings) -> Target:
    """Return where the result of a photo goes; the photo itself is never replaced.

    A pattern with a counter takes the next number that is free, also where files may be replaced.

    Raises:
        DeblurError: The pattern gives no names, or the chosen folder is missing.
    """
    name_patterns.check_pattern(settings.pattern)
    folder = Path(settings.folder) if settings.folder else photo.parent
    if settings.folder and not folder.is_dir():  # that of the photo is checked by the writer
        raise DeblurError(tr("There is no folder “{folder}”. Choose another one.", folder=folder))
    taken = image_io.find_capture_time(picture)
    suffix = None if settings.suffix == "same" else settings.suffix
    depth = settings.bit_depth or picture.bit_depth

    def iterate_names() -> Iterator[Path]:
        before = None
        for number in itertools.count(1):
            stem = name_patterns.fill_pattern(settings.pattern, photo, number, taken)
            names = file_names.result_names(photo, bit_depth=depth, folder=folder, suffix=suffix, stem=stem)
            path = next(names)
            if path != before:
                yield path
            if not has_counter or path == before:  # the number of a name that is too long is cut off
                yield from names
            before = path

    has_counter = name_patterns.has_counter(settings.pattern)
    may_replace = settings.existing == "replace" and not has_counter
    return Target(iterate_names, may_replace, ProtectedFiles([photo, *([picture.path] if picture.path else [])]))


def save_by(picture: Picture, target: Target, settings: SavingSettings) -> Task[Path]:
    """Write a picture by the settings; for errors see `save_picture`."""
    path = yield from save_picture(
        choose_metadata(picture, settings.metadata), target, save_options=make_options(settings)
    )
    if settings.keeps_time and picture.path:
        copy_time(picture.path, path)
    return path


def copy_time(photo: Path, result: Path) -> None:
    """Give a result the times of its photo, where the file system lets us."""
    with suppress(OSError):
        status = photo.stat()
        os.utime(result, ns=(status.st_atime_ns, status.st_mtime_ns))
