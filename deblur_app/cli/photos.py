"""Common parts of the commands on photos: listing the photos, naming the results, reporting failures."""

from __future__ import annotations

import glob
import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names, name_patterns
from deblur_app.core.files.targets import ProtectedFiles, Target
from deblur_app.core.files.unexpected_errors import explain
from deblur_app.engine.recipes import storage
from deblur_app.terminal import one_line, print_error, print_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from deblur_app.core.picture import Picture
    from deblur_app.engine.recipes.recipe import Recipe

PIPE = Path("-")
"""The name that stands for stdin where a photo is meant, and for stdout where a result is."""

FORMATS = ("png", "jpg", "tif", "webp", "avif", "bmp")
"""Formats in which results can be written."""


def add_photos(parser: argparse.ArgumentParser, metavar: str = "PHOTO") -> None:
    """Add the photos of a command that takes many."""
    parser.add_argument("photos", nargs="+", type=photo_path, metavar=metavar,
        help="a picture; a folder: its pictures, without earlier results; a pattern such as “*.jpg”; or - for "
        "stdin")  # fmt: skip


def photo_path(text: str) -> Path:
    """Return the path that an argument names.

    Raises:
        DeblurError: It is empty, as a variable of a script may be by mistake; it would mean the current folder.
    """
    if not text:
        raise DeblurError("The name of a photo is empty. Name a file or a folder.")
    return Path(text)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where results go and how they are told."""
    add = parser.add_argument
    add("-o", "--output", metavar="FILE|DIR", help="file for the result of one photo; folder for several, or a name "
        "without an ending such as .png for one, which is made where it is missing; - for stdout, where messages then "
        "go to stderr. Without --overwrite a result gets the next free name (NAME-2.jpg), whatever other programs "
        "write at that moment")  # fmt: skip
    add("--format", choices=FORMATS, help="format of the results, where -o names no file (default: that of the "
        "photo, else PNG or 16-bit TIFF)")  # fmt: skip
    add("--overwrite", action="store_true", help="replace results that exist already; never a file that this command "
        "reads, nor another result of it: those results get a number")  # fmt: skip
    add_json(parser)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option for answers that scripts read."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def list_photos(arguments: Sequence[Path], mark: str) -> tuple[list[Path], list[tuple[Path, DeblurError]]]:
    """Return the photos, each once, with folders and patterns replaced by their pictures; and what cannot be taken.

    Args:
        arguments: Photos, folders, and patterns, which shells of Windows and quotes leave to the program.
        mark: What earlier results are called; those in folders and of patterns are left out.

    Returns:
        The photos, and each name of which there are none with the reason.
    """
    photos: dict[Path, None] = {}
    failures = []
    for path in arguments:
        try:
            photos |= dict.fromkeys(_pictures_of(path, mark))
        except DeblurError as error:
            failures.append((path, error))
    return list(photos), failures


def is_pattern(path: Path) -> bool:
    """Return whether a name that no file has is a pattern for names of files."""
    return glob.has_magic(str(path)) and not os.path.lexists(path)


def matches(pattern: Path) -> list[Path]:
    """Return the files and folders that a pattern means, sorted."""
    return [Path(name) for name in sorted(glob.glob(str(pattern), recursive=True))]  # noqa: PTH207 – also absolute ones


def _pictures_of(path: Path, mark: str) -> list[Path]:
    if is_pattern(path):
        matching = [
            p
            for p in matches(path)
            if file_names.is_folder(p) or (file_names.is_picture(p) and not file_names.is_result(p, mark))
        ]
        if not matching:
            raise DeblurError(f"No photo is called “{path}”, and none matches it as a pattern.")
        return [picture for match in matching for picture in _pictures_of(match, mark)]
    if not file_names.is_folder(path):
        return [path]
    pictures = [picture for picture in file_names.pictures_in(path) if not file_names.is_result(picture, mark)]
    if not pictures:
        raise DeblurError(f"There are no pictures in the folder “{path}”. Choose another one.")
    return pictures


class Outputs:
    """The choice of where the results of one command go.

    No file that the command reads is ever written, under whatever name, and no two results share one.
    """

    def __init__(self, options: argparse.Namespace, photos: Sequence[Path], mark: str, read: Iterable[Path]) -> None:
        """Check what can be checked before any work is done.

        Args:
            options: With `photos` as given, `output`, `format` and `overwrite`.
            photos: All photos that are meant.
            mark: What is put behind the name of a photo.
            read: What else the command reads: the truth, a PSF, a model.

        Raises:
            DeblurError: The output cannot be written, is read, or exists and shall not be replaced.
        """
        self._may_replace: bool = options.overwrite
        self._suffix = f".{options.format}" if options.format else None
        self._mark, self._photos = mark, list(photos)
        self._bit_depth: int | None = getattr(options, "depth", None)
        self._pattern: str | None = getattr(options, "name", None)
        if self._pattern is not None:
            name_patterns.check_pattern(self._pattern)
        self._protected = ProtectedFiles([*photos, *options.photos, *read])
        self._folder: Path | None = None
        self._file: Path | None = None
        if options.output is not None:
            self._choose_place(options.output, options, photos)

    def _choose_place(self, text: str, options: argparse.Namespace, photos: Sequence[Path]) -> None:
        if not text:
            raise DeblurError("The name behind -o is empty. Name a file or a folder.")
        output = Path(text)
        arguments: list[Path] = options.photos
        several = (
            len(photos) > 1
            or len(arguments) > 1
            or any(file_names.is_folder(path) or is_pattern(path) for path in arguments)
        )
        means_folder = file_names.is_folder(output) or text.endswith(("/", os.sep)) or not output.suffix
        if not means_folder and several and output.suffix.lower() in file_names.WRITABLE:
            raise DeblurError(f"“{output}” can hold the result of one photo only. Name a folder: “{output.stem}/”.")
        if means_folder or several:
            _make_folder(output)
            self._folder = output
            return
        check_new_file(output, self._protected, may_replace=self._may_replace)
        image_io.check_target(output, arguments[0])
        if self._suffix and output.suffix.lower() != self._suffix:
            raise DeblurError(f"“{output.name}” does not end in {self._suffix}. Leave out --format, or the extension.")
        self._file = output

    def target(self, photo: Path, picture: Picture) -> Target:
        """Return where the result of `photo` goes."""
        if self._file is not None:
            return Target.at(self._file, may_replace=self._may_replace, protected=self._protected)
        return Target(
            lambda: file_names.result_names(
                photo,
                bit_depth=self._bit_depth or picture.bit_depth,
                folder=self._folder,
                mark=self._mark,
                suffix=self._suffix,
                stem=self._fill_pattern(photo, picture),
            ),
            self._may_replace,
            self._protected,
        )

    def _fill_pattern(self, photo: Path, picture: Picture) -> str | None:
        if self._pattern is None:
            return None
        taken = image_io.find_capture_time(picture)
        return name_patterns.fill_pattern(self._pattern, photo, self._photos.index(photo) + 1, taken)

    def file(self, path: Path) -> Target:
        """Return the target `path` of something else that the command writes, which no result will replace.

        Raises:
            DeblurError: It is read, is the file of the result, or exists and shall not be replaced.
        """
        if self._file is not None and path in ProtectedFiles([self._file]):
            raise DeblurError(f"“{path}” is named twice: for the result and for something else. Choose another name.")
        check_new_file(path, self._protected, may_replace=self._may_replace)
        target = Target.at(path, may_replace=self._may_replace)
        self.keep(path)
        return target

    def write_recipe(self, recipe: Recipe, result: Path) -> None:
        """Write a recipe into a file of its own beside its result.

        Raises:
            DeblurError: It cannot be written.
        """
        self.keep(storage.write_sidecar(recipe, result, may_replace=self._may_replace, protected=self._protected))

    def keep(self, path: Path) -> None:
        """Let no later result replace what was written."""
        self._protected.add(path)


def check_new_file(path: Path, protected: ProtectedFiles, *, may_replace: bool) -> None:
    """Refuse a file that must not be written, before any long work is done for it.

    Raises:
        DeblurError: It is protected, exists and may not be replaced, or its name is too long.
    """
    if path in protected:
        raise DeblurError(
            f"“{path}” is the original and is never overwritten, nor is another file that this command reads. Choose "
            "another name."
        )
    if not file_names.has_fitting_name(path):
        raise DeblurError(f"The name “{path.name}” is too long for a file. Choose a shorter one.")
    if path.exists() and not path.is_file():
        raise DeblurError(f"“{path}” is a folder, a pipe or a device and is not replaced. Choose another name.")
    if os.path.lexists(path) and not may_replace:
        raise DeblurError(f"“{path}” exists already. Choose another name, or add --overwrite to replace it.")


def note_about(picture: Picture, output: Path) -> str:
    """Return the sentences about reading a picture and about what the format of its result cannot hold."""
    return f"{picture.note} {image_io.describe_loss(picture, output)}".strip()


def tell_other_name(wish: Path, output: Path) -> None:
    """Tell where something was written whose name another program had taken meanwhile."""
    if output != wish:
        print_error(f"Another program has made “{wish}” meanwhile, so this is in “{output}”.")


def _make_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise DeblurError(
            f"“{folder}” is not a folder, and has no extension such as .png for a file. Choose another name."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeblurError(f"The folder “{folder}” cannot be made: {error.strerror}. Choose another one.") from error


def do_each(
    photos: Sequence[Path],
    failures: Sequence[tuple[Path, DeblurError]],
    work: Callable[[Path], None],
    *,
    as_json: bool,
) -> int:
    """Do the same work on each photo, whatever happens to the others.

    Args:
        photos: The photos.
        failures: What cannot even be begun, with the reason.
        work: What is to be done, and told. Any error costs this photo only.
        as_json: Whether failures are told in JSON too.

    Returns:
        How many were not done.
    """
    for path, problem in failures:
        report_failure(path, str(problem), as_json=as_json)
    failed = len(failures)
    for photo in photos:
        try:
            work(photo)
        except Exception as error:  # noqa: BLE001 – `explain` logs it
            report_failure(photo, explain(error, photo.name), as_json=as_json)
            failed += 1
    return failed


def report_failure(photo: Path, sentence: str, *, as_json: bool) -> None:
    """Tell why a photo was not done: on stderr, and in JSON too."""
    if as_json:
        print_line(json.dumps({"input": str(photo), "error": one_line(sentence)}))
    print_error(sentence)


def is_readable_file(text: str) -> bool:
    """Return whether a value of an option names a file that is there."""
    try:
        return stat.S_ISREG(Path(text).stat().st_mode)
    except (OSError, ValueError):
        return False
