"""The photos of a batch: files, folders with all that is in them, and patterns for names."""

from __future__ import annotations

import glob
import hashlib
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_SHARD_BITS = 64


@dataclass(frozen=True, slots=True)
class BatchPhoto:
    """A photo of a batch.

    Attributes:
        path: Its file.
        relative: Its name within the batch, with “/” between folders: where its result goes, and its name in the
            journal.
        stem: What stands for {name} in the name of its result; another one than that of the file only where the
            results of two photos in one folder would have one name.
        number: Its number among all photos, from 1.
    """

    path: Path
    relative: str
    stem: str
    number: int

    @property
    def folder(self) -> str:
        """The folder of its result within that of the batch; "" for that itself."""
        return self.relative.rpartition("/")[0]


@dataclass(frozen=True)
class Shard:
    """A part of a batch: that of number `index` of `count`, from 1."""

    index: int = 1
    count: int = 1

    def has(self, relative: str) -> bool:
        """Return whether a photo is of this part; decided by a hash of its name, so that parts need not talk."""
        if self.count == 1:
            return True
        digest = hashlib.sha256(os.fsencode(relative)).digest()[: _SHARD_BITS // 8]
        return int.from_bytes(digest) % self.count == self.index - 1


def list_photos(
    inputs: Sequence[Path], suffix: str | None = None, skipped: Collection[Path] = (), shard: Shard | None = None
) -> list[BatchPhoto]:
    """Return the photos that files, folders and patterns name, each once, in the order in which they are restored.

    The folders below a folder are kept. Hidden files, earlier results by their names, and `skipped` are left out of
    folders and patterns.

    Args:
        inputs: What the user named.
        suffix: The ending of all results; None where each keeps its own.
        skipped: Files and folders that are not looked at: where the results go, and results that are there.
        shard: The part of the photos; None for all.

    Raises:
        DeblurError: A name leads nowhere, a folder cannot be read, or there is no photo at all.
    """
    left_out = {os.path.realpath(path) for path in skipped}
    by_name: dict[str, Path] = {}
    seen: set[str] = set()
    for path in inputs:
        for file, relative in _iterate_files(path, left_out):
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                by_name[_find_free_name(relative, path, by_name)] = file
    if not by_name:
        raise DeblurError(
            tr("There are no photos in {quote_all}. Choose other files or folders.", quote_all=_quote_all(inputs))
        )
    stems = _find_clashes(by_name, suffix)
    shard = shard or Shard()
    return [
        BatchPhoto(file, relative, stems.get(relative, file.stem), number)
        for number, (relative, file) in enumerate(by_name.items(), start=1)
        if shard.has(relative)
    ]


def _quote_all(paths: Iterable[Path]) -> str:
    return ", ".join(f"“{path}”" for path in paths)


def _iterate_files(path: Path, left_out: Collection[str]) -> Iterator[tuple[Path, str]]:
    """Yield the photos that an argument names, each with its name within the batch."""
    if file_names.is_folder(path):
        yield from iterate_folder(path, left_out)
    elif glob.has_magic(str(path)) and not os.path.lexists(path):
        yield from _iterate_matches(path, left_out)
    elif file_names.has_file(path):
        yield path, path.name
    else:
        raise DeblurError(tr("“{path}” does not exist. Was it moved or renamed?", path=path))


def iterate_folder(folder: Path, left_out: Collection[str]) -> Iterator[tuple[Path, str]]:
    """Yield the photos in a folder and those below it, each with its name within the batch.

    Args:
        folder: The folder.
        left_out: Real paths of files and folders that are passed over.

    Raises:
        DeblurError: One of the folders cannot be read.
    """

    def refuse(error: OSError) -> None:
        raise DeblurError(
            tr("The folder “{filename}” cannot be read: {reason}.", filename=error.filename, reason=error.strerror)
        ) from error

    for name, folders, files in os.walk(folder, onerror=refuse):
        here = Path(name)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and os.path.realpath(here / f) not in left_out)
        for file in sorted(files, key=lambda file: (file.lower(), file)):
            photo = here / file
            if is_candidate(photo) and os.path.realpath(photo) not in left_out:
                yield photo, photo.relative_to(folder).as_posix()


def is_candidate(path: Path) -> bool:
    """Return whether the name of a file in a folder is that of a photo, and not of an earlier result."""
    return file_names.is_picture(path) and not path.name.startswith(".") and not file_names.is_result(path)


def _iterate_matches(pattern: Path, left_out: Collection[str]) -> Iterator[tuple[Path, str]]:
    """Yield the photos that match a pattern; the folders behind its first wildcard are kept."""
    first = next(place for place, part in enumerate(pattern.parts) if glob.has_magic(part))
    base = Path(*pattern.parts[:first])
    for name in sorted(glob.glob(str(pattern), recursive=True)):  # noqa: PTH207 – also absolute ones
        path = Path(name)
        if file_names.is_folder(path):
            within = path.relative_to(base).as_posix()
            yield from ((file, f"{within}/{relative}") for file, relative in iterate_folder(path, left_out))
        elif is_candidate(path) and os.path.realpath(path) not in left_out:
            yield path, path.relative_to(base).as_posix()


def _find_free_name(relative: str, argument: Path, taken: Collection[str]) -> str:
    """Return a name within the batch that no photo has: where two folders have one of equal name, with its folder."""
    if relative not in taken:
        return relative
    folder = argument if file_names.is_folder(argument) else argument.parent
    place = folder.resolve().name or "photos"
    names = (f"{place}{number}/{relative}" for number in ("", *(f"-{count}" for count in range(2, len(taken) + 3))))
    return next(name for name in names if name not in taken)


def _find_clashes(by_name: dict[str, Path], suffix: str | None) -> dict[str, str]:
    """Return other stems for those photos whose results would have one name, such as “a_jpg” and “a_png”."""
    keys = {name: _find_result_keys(name, suffix) for name in by_name}
    counts = Counter(key for several in keys.values() for key in several)
    return {
        name: f"{by_name[name].stem}_{by_name[name].suffix.lower().removeprefix('.')}"
        for name, several in keys.items()
        if any(counts[key] > 1 for key in several)
    }


def _find_result_keys(relative: str, suffix: str | None) -> list[str]:
    """Return the names, without their mark, that the result of a photo may have; in small letters, as disks compare."""
    stem, dot, ending = relative.lower().rpartition(".")
    own = {file_names.choose_suffix(dot + ending, bits) for bits in (8, 16)}
    return [stem + each for each in ([suffix] if suffix else sorted(own))]
