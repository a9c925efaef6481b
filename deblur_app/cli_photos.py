"""What the commands on photos share: which photos are meant, where their results go, how failures are told."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core import files, image_io
from deblur_app.core.errors import DeblurError
from deblur_app.terminal import complain, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from deblur_app.core.picture import Picture


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where results go and how they are told."""
    add = parser.add_argument
    add("-o", "--output", metavar="FILE|DIR",
        help="file for the result of one photo, or folder for several; a missing folder is made")  # fmt: skip
    add("--overwrite", action="store_true", help="replace results that exist already; never a photo itself")
    add_json(parser)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option for answers that scripts read."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def expanded(given: Sequence[Path], mark: str) -> tuple[list[Path], list[tuple[Path, DeblurError]]]:
    """The photos, each once, with folders replaced by their pictures; and what cannot be taken, with the reason.

    Args:
        given: Photos and folders.
        mark: What earlier results are called; those in folders are left out.
    """
    photos: dict[Path, None] = {}
    failures = []
    for path in given:
        try:
            photos |= dict.fromkeys(_pictures_in(path, mark) if path.is_dir() else [path])
        except DeblurError as error:
            failures.append((path, error))
    return list(photos), failures


def _pictures_in(folder: Path, mark: str) -> list[Path]:
    pictures = [path for path in files.pictures_in(folder) if not files.is_result(path, mark)]
    if not pictures:
        raise DeblurError(f"There are no pictures in the folder {folder}. Choose another one.")
    return pictures


def target(options: argparse.Namespace, mark: str) -> Callable[[Path, Picture], Path]:
    """What says where the result of a photo goes.

    Args:
        options: With `photos` as given, `output` and `overwrite`.
        mark: What is put behind the name of a photo.

    Raises:
        DeblurError: The output cannot be written, or exists and shall not be replaced.
    """
    several = len(options.photos) > 1 or any(photo.is_dir() for photo in options.photos)
    output = Path(options.output) if options.output else None
    if output is not None and (several or output.is_dir() or options.output.endswith(("/", os.sep))):
        _make_folder(output)
    elif output is not None:
        image_io.check_target(output, options.photos[0])
        if output.exists() and not options.overwrite:
            raise DeblurError(f"{output} exists already. Choose another name, or add --overwrite to replace it.")
        return lambda _photo, _picture: output

    def named(photo: Path, picture: Picture) -> Path:
        return files.result_path(
            photo, bit_depth=picture.bit_depth, folder=output, may_exist=options.overwrite, mark=mark
        )

    return named


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeblurError(f"The folder {folder} cannot be made: {error.strerror}. Choose another one.") from error


def report_failure(photo: Path, error: DeblurError, *, as_json: bool) -> None:
    """Tell why a photo was not done: on stderr, and in JSON too."""
    if as_json:
        say(json.dumps({"input": str(photo), "error": str(error)}))
    complain(str(error))
