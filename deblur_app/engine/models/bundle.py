"""A model as one file, `.deblur`: a zip without code, which is checked member by member before it is believed.

manifest.json        version of the format; size and SHA-256 of each other member
model.json           the card
model-*.npz          the weights that the card names
curve.json           the epochs of its training, oldest first
thumbnails/*.jpg     held-out pictures, and what the network made of them
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from deblur_app import __version__
from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.files.atomic_files import replacing
from deblur_app.core.files.plain_file import open_plain
from deblur_app.core.formats import strict_zip
from deblur_app.core.formats.foreign_json import Count, Text, convert, parse_json
from deblur_app.core.formats.model_card import card_content, parse_card
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SUFFIX = ".deblur"
FORMAT = 1
"""Version of the layout."""

CARD, CURVE, THUMBNAILS = "model.json", "curve.json", "thumbnails"
_MANIFEST = "manifest.json"

_LIMITS = (
    (re.compile(r"manifest\.json"), 65_536),
    (re.compile(r"model\.json"), 1_000_000),
    (re.compile(r"model-[a-z0-9_-]{1,40}\.npz"), 500_000_000),
    (re.compile(r"curve\.json"), 8_000_000),
    (re.compile(r"thumbnails/[a-z0-9-]{1,40}\.jpg"), 500_000),
)
"""Names that members may have, and how many bytes each of them, unpacked."""

_PIECE = 1 << 20
"""Bytes that are copied at a time."""
_TIME = (2020, 1, 1, 0, 0, 0)
"""One time for all members, so that equal models make equal files."""

type _Figure = bool | int | float | Text | None
type _Table[T] = Annotated[dict[Text, T], Meta(max_length=99)]
type _Curve = list[_Table[_Figure | _Table[_Figure]]]
"""Events of epochs: figures, and tables of figures such as the gains of each kind of blur."""


@dataclass(frozen=True)
class _Entry:
    """The manifest's entry for a member: its size, and its hash in hexadecimal digits."""

    bytes: Count
    sha256: Text


@dataclass(frozen=True)
class _Manifest:
    """The members of a bundle but the manifest itself, and the version of the layout."""

    format: int
    members: dict[str, _Entry]


@dataclass(frozen=True)
class Summary:
    """The description of a bundle, read without unpacking its weights; its weights are not checked yet.

    Attributes:
        name: What its maker called the model.
        architecture: What kind of network it is.
        size: Bytes it takes once it is installed.
    """

    name: str
    architecture: str
    size: int


def is_bundle(path: Path) -> bool:
    """Return whether the name of `path` is one of a bundle."""
    return path.suffix.lower() == SUFFIX


def write_bundle(
    card: Path,
    target: Path,
    *,
    curve: Sequence[Mapping[str, Any]] = (),
    thumbnails: Mapping[str, bytes] | None = None,
    name: str | None = None,
) -> Task[Path]:
    """Write the model of a card as one file, whole or not at all.

    Args:
        card: The card, beside its weights.
        target: The file to write; one that is there is replaced.
        curve: Events of the epochs of its training.
        thumbnails: JPEG files by a name of small letters, digits and hyphens.
        name: What to call the model; None takes the card's name.

    Raises:
        DeblurError: The card or its weights cannot be read, or the file cannot be written.
    """
    content, weights = _card_and_weights(card, name)
    members: dict[str, bytes | Path] = {CARD: _json(content), **weights, CURVE: _json(list(curve))}
    members |= {f"{THUMBNAILS}/{key}.jpg": data for key, data in (thumbnails or {}).items()}
    entries = {key: _entry(value) for key, value in members.items()}
    for key, entry in entries.items():
        if entry["bytes"] > strict_zip.limit(key, _LIMITS):
            raise DeblurError(tr("{key} is too large to be part of a {suffix} file.", key=key, suffix=SUFFIX))
    manifest = {"format": FORMAT, "made_by": f"Deblur {__version__}", "members": entries}
    with replacing(target) as file:
        yield from _write_zip(file, {_MANIFEST: _json(manifest), **members})
    return target


def summary(path: Path) -> Summary:
    """Return the description of the bundle at `path`.

    Raises:
        DeblurError: It cannot be read, or is no bundle.
    """
    try:
        with open_plain(path) as file, strict_zip.open_zip(file) as bundle:
            sizes = strict_zip.sizes(bundle, _LIMITS)
            _read_manifest(bundle, sizes)
            content = parse_card(bundle.read(CARD))
            name = content.get("name") or path.stem
            return Summary(shorten(name, 80), shorten(content["architecture"], 80), sum(sizes.values()))
    except OSError as error:
        raise _unreadable(path, error) from error
    except strict_zip.BROKEN as error:
        raise _broken_bundle_error(path, error) from error


def unpack(path: Path, folder: Path) -> Task[None]:
    """Check the bundle at `path` and write its members, but the manifest, into the empty `folder`.

    What the numbers in its weights are is checked when they are loaded.

    Raises:
        DeblurError: It cannot be read, is no bundle, or is not what its manifest says.
    """
    try:
        with open_plain(path) as file, strict_zip.open_zip(file) as bundle:
            sizes = strict_zip.sizes(bundle, _LIMITS)
            entries = _read_manifest(bundle, sizes)
            total, done = sum(sizes.values()), 0
            for name, entry in entries.items():
                yield Progress(done / total, tr("Checking the model"))
                yield from _unpack_member(bundle, name, entry, folder / name)
                done += sizes[name]
        _check_card(folder, set(entries))
    except OSError as error:
        raise DeblurError(
            tr("“{name}” cannot be unpacked: {reason}. Is the disk full?", name=path.name, reason=error.strerror)
        ) from error
    except strict_zip.BROKEN as error:
        raise _broken_bundle_error(path, error) from error


def _read_manifest(bundle: zipfile.ZipFile, sizes: dict[str, int]) -> dict[str, _Entry]:
    """Return the entries of the manifest, which names all other members, and they have its sizes."""
    manifest = convert(parse_json(bundle.read(_MANIFEST)), _Manifest)
    if manifest.format != FORMAT:
        raise DeblurError(tr("This model was packed by another version of Deblur. Update Deblur."))
    entries = manifest.members
    if {*entries, _MANIFEST} != set(sizes) or CARD not in entries:
        raise ValueError("its members are not those that its manifest names")
    for name, entry in entries.items():
        if entry.bytes != sizes[name]:
            raise ValueError(f"{name} has another size than its manifest says")
    return entries


def _unpack_member(bundle: zipfile.ZipFile, name: str, entry: _Entry, target: Path) -> Task[None]:
    target.parent.mkdir(exist_ok=True)
    checksum = hashlib.sha256()
    with bundle.open(name) as member, target.open("xb") as file:
        while piece := member.read(_PIECE):
            checksum.update(piece)
            file.write(piece)
            yield Progress(0.5, tr("Checking the model"))
    if checksum.hexdigest() != entry.sha256 or target.stat().st_size != entry.bytes:
        raise ValueError(f"{name} is not what the manifest says")


def _check_card(folder: Path, members: set[str]) -> None:
    """Check that the card names the weights that are there, and no others; that curve and thumbnails are valid."""
    content = parse_card((folder / CARD).read_bytes())
    names = {entry["file"] for entry in content.get("files", {}).values()}
    if names != {name for name in members if name.endswith(".npz")}:
        raise ValueError("the weights are not those that its card names")
    if CURVE in members:
        convert(parse_json((folder / CURVE).read_bytes(), strict_zip.limit(CURVE, _LIMITS)), _Curve.__value__)
    for name in members:
        if name.startswith(THUMBNAILS) and not (folder / name).read_bytes().startswith(b"\xff\xd8\xff"):
            raise ValueError(f"{name} is no JPEG")


def _card_and_weights(card: Path, name: str | None) -> tuple[dict[str, Any], dict[str, bytes | Path]]:
    """Return a card's content, its weights named as members are, and their files by these names."""
    content = card_content(card)
    try:
        files, weights = {}, {}
        for part, entry in content["files"].items():
            member = f"model-{part}.npz"
            strict_zip.limit(member, _LIMITS)
            files[part] = {**entry, "file": member}
            weights[member] = card.with_name(entry["file"])
    except (ValueError, LookupError) as error:
        raise DeblurError(
            tr("“{card}” is not a model card of Deblur. Choose the .json file of a model.", card=card)
        ) from error
    return {**content, "files": files, "name": name or content.get("name", card.stem)}, dict(weights)


def _entry(member: bytes | Path) -> dict[str, Any]:
    """Return the size and hash of what becomes a member."""
    checksum, size = hashlib.sha256(), 0
    if isinstance(member, bytes):
        checksum.update(member)
        return {"bytes": len(member), "sha256": checksum.hexdigest()}
    try:
        with open_plain(member) as file:
            while piece := file.read(_PIECE):
                checksum.update(piece)
                size += len(piece)
    except OSError as error:
        raise _unreadable(member, error) from error
    return {"bytes": size, "sha256": checksum.hexdigest()}


def _write_zip(file: IO[bytes], members: Mapping[str, bytes | Path]) -> Task[None]:
    """Write a zip. Weights are packed already, and pictures too: only texts are deflated."""
    with zipfile.ZipFile(file, "w") as bundle:
        for number, (name, content) in enumerate(members.items()):
            yield Progress(number / len(members), tr("Writing the file"))
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED if name.endswith(".json") else zipfile.ZIP_STORED
            if isinstance(content, bytes):
                bundle.writestr(info, content)
                continue
            with content.open("rb") as source, bundle.open(info, "w") as member:
                while piece := source.read(_PIECE):
                    member.write(piece)
                    yield Progress(number / len(members), tr("Writing the file"))


def _json(content: object) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


def _unreadable(path: Path, error: OSError) -> DeblurError:
    return DeblurError(tr("“{path}” cannot be read: {reason}.", path=path, reason=error.strerror))


def _broken_bundle_error(path: Path, error: BaseException) -> DeblurError:
    reason = shorten(error) or type(error).__name__
    return DeblurError(
        tr(
            "“{name}” is not a valid {suffix} file ({reason}). It was not installed. Get it again.",
            name=path.name,
            suffix=SUFFIX,
            reason=reason,
        )
    )
