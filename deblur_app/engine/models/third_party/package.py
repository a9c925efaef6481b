"""Reading of the package of a network: an archive as npm makes it, or the folder unpacked from one.

Nothing is unpacked to disk. What is read is bounded before it is read, and an archive that holds links, names that
leave it, or more than any network needs is refused as a whole.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from deblur_app.core.amounts import describe_bytes
from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.files.plain_file import open_plain, read_plain
from deblur_app.core.formats.foreign_json import Text, decode_json
from deblur_app.core.texts import tr
from deblur_app.engine.models.third_party.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deblur_app.engine.models.third_party.archive import Member

ENDINGS = (".tgz", ".tar.gz")
"""Suffixes of archives."""

ABOUT = "package.json"
MODEL = "models/model.json"

_MOST_MEMBERS = 500
"""Files in a package at most."""
_MOST_BYTES = 300_000_000
"""Bytes of a package at most, packed or unpacked."""
_FREE_BYTES, _MOST_RATIO = 10_000_000, 100
"""Above so many bytes, an archive unpacks to at most so many times its size: weights hardly shrink, texts tenfold."""

_LARGEST = {ABOUT: 1_000_000, MODEL: 40_000_000}
_LARGEST_SHARD = 64_000_000
"""Bytes of a file of weights at most."""


@dataclass(frozen=True, eq=False)
class Package:
    """The parts of a package that are needed.

    Attributes:
        about: Name and version of its package.json.
        model: The bytes of its model.json; empty where only `about` was asked for.
        shards: The bytes of its files of weights by their names.
    """

    about: dict[str, object]
    model: bytes
    shards: dict[str, bytes]


def is_package(path: Path) -> bool:
    """Return whether a path looks like the package of a network, by its name or by what lies in the folder."""
    if path.name.lower().endswith(ENDINGS):
        return True
    return any((root / MODEL).is_file() for root in (path, path / "package"))


def read(source: Path, *, only_about: bool = False) -> Package:
    """Read the package at `source`, an archive (.tgz) or a folder.

    Args:
        source: Where it is.
        only_about: Whether its name and version are enough.

    Raises:
        DeblurError: It is missing, broken, too large, or not made like a package with a graph model.
    """
    try:
        members = _folder(source) if source.is_dir() else _archive(source)
        contents: dict[str, bytes] = {}
        for name, data in members:
            contents[name] = data
            if only_about and name == ABOUT:
                break
    except ValueError as error:
        raise DeblurError(
            tr(
                "“{name}” is not a package that can be read ({reason}). Get it again.",
                name=source.name,
                reason=shorten(error),
            )
        ) from error
    except OSError as error:
        raise DeblurError(
            tr("“{source}” cannot be read: {value}.", source=source, value=error.strerror or error)
        ) from error
    if ABOUT not in contents or (MODEL not in contents and not only_about):
        raise DeblurError(
            tr(
                "“{name}” holds no network: a package has the files {about} and {model}. Give the .tgz as it "
                "comes, or the folder that it unpacks to.",
                name=source.name,
                about=ABOUT,
                model=MODEL,
            )
        )
    shards = {name.rpartition("/")[2]: data for name, data in contents.items() if name not in _LARGEST}
    return Package(_parse_json(contents[ABOUT], source), contents.get(MODEL, b""), shards)


class _About(msgspec.Struct):
    """The needed fields of a package.json."""

    name: Text = ""
    version: Text = ""


def _parse_json(data: bytes, source: Path) -> dict[str, object]:
    try:
        about = decode_json(data, _About)
    except ValueError as error:
        raise DeblurError(
            tr(
                "The {about} in “{name}” is broken ({error}). Get the package again.",
                about=ABOUT,
                name=source.name,
                error=error,
            )
        ) from error
    return {"name": about.name, "version": about.version}


def _limit(name: str) -> int:
    """Return the most bytes that a file of a package may have to be read; 0 for one that is not needed."""
    if name.startswith("models/") and name.endswith(".bin") and name.count("/") == 1:
        return _LARGEST_SHARD
    return _LARGEST.get(name, 0)


def _archive(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the names, without the folder that npm puts around them, and bytes of what is needed of an archive."""
    with open_plain(source) as file:
        size = os.fstat(file.fileno()).st_size
        if size > _MOST_BYTES:
            raise ValueError("it is too large")
        archive = Archive(file, _MOST_MEMBERS, min(_MOST_BYTES, _FREE_BYTES + _MOST_RATIO * size))
        for member in archive.members():
            name = _confine_name(member)
            if member.is_file and (limit := _limit(name)):
                _check_size(name, member.size, limit)
                yield name, archive.read()


def _confine_name(member: Member) -> str:
    """Return the name of a member inside the package's own folder.

    Raises:
        DeblurError: It is a link or a device, or its name leads elsewhere.
    """
    path = PurePosixPath(member.name)
    leaves = path.is_absolute() or ".." in path.parts or set("\\:\0") & set(member.name)
    if leaves or not (member.is_folder or member.is_file):
        raise DeblurError(
            tr(
                "This package holds “{reason}”, which is a link or leads out of it. It was not added: "
                "get the package from its publisher.",
                reason=shorten(member.name, 80),
            )
        )
    return "/".join(path.parts[1:])


def _folder(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the names and bytes of what is needed of a folder; nothing outside of it is read."""
    root = source / "package" if (source / "package" / ABOUT).is_file() else source
    inside = root.resolve()
    shards = sorted((root / "models").glob("*.bin")) if (root / "models").is_dir() else []
    if len(shards) > _MOST_MEMBERS:
        raise DeblurError(tr("“{name}” holds too many files for the package of a network.", name=source.name))
    bytes_left = _MOST_BYTES
    for path in (root / ABOUT, root / MODEL, *shards):
        if not path.exists():
            continue
        name = path.relative_to(root).as_posix()
        if not path.resolve().is_relative_to(inside):
            raise DeblurError(
                tr(
                    "In “{name}”, {name_2} is a link that leads out of the folder. It was not added.",
                    name=source.name,
                    name_2=name,
                )
            )
        size = path.stat().st_size
        bytes_left -= size
        _check_size(name, size, min(_limit(name), bytes_left))
        yield name, read_plain(path, size)


def _check_size(name: str, size: int, limit: int) -> None:
    if size > limit:
        raise DeblurError(
            tr(
                "{name} in this package has {bytes}, more than any network needs. Not added.",
                name=name,
                bytes=describe_bytes(size),
            )
        )
