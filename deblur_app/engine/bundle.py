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
from typing import IO, TYPE_CHECKING, Any

from deblur_app import __version__
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import replacing
from deblur_app.core.model_card import card_content
from deblur_app.core.task import Progress, Task
from deblur_app.engine import strict_zip
from deblur_app.engine.strict_zip import printable

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

_DEEPEST_CURVE = 2
_PIECE = 1 << 20
_TIME = (2020, 1, 1, 0, 0, 0)
"""One time for all members, so that equal models make equal files."""

_BROKEN = (*strict_zip.BROKEN, RecursionError)
"""All that is raised about a file that is not as it should be."""


@dataclass(frozen=True)
class Summary:
    """What a bundle says of itself, read without unpacking its weights; its weights are not checked yet.

    Attributes:
        name: What its maker called the model.
        architecture: What kind of network it is.
        size: Bytes it takes once it is installed.
    """

    name: str
    architecture: str
    size: int


def is_bundle(path: Path) -> bool:
    """Whether the name of `path` is one of a bundle."""
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
            raise DeblurError(f"{key} is too large to be part of a {SUFFIX} file.")
    manifest = {"format": FORMAT, "made_by": f"Deblur {__version__}", "members": entries}
    with replacing(target) as file:
        yield from _written(file, {_MANIFEST: _json(manifest), **members})
    return target


def summary(path: Path) -> Summary:
    """What the bundle at `path` says of itself.

    Raises:
        DeblurError: It cannot be read, or is no bundle.
    """
    try:
        with path.open("rb") as file, strict_zip.opened(file) as bundle:
            sizes = strict_zip.sizes(bundle, _LIMITS)
            _manifest(bundle, sizes)
            content = json.loads(bundle.read(CARD))
            name, architecture = content["name"], content["architecture"]
            if not isinstance(name, str) or not isinstance(architecture, str):
                raise TypeError("the card has no name")
            return Summary(printable(name), printable(architecture), sum(sizes.values()))
    except OSError as error:
        raise _unreadable(path, error) from error
    except _BROKEN as error:
        raise _broken(path, error) from error


def unpack(path: Path, folder: Path) -> Task[None]:
    """Check the bundle at `path` and write its members, but the manifest, into the empty `folder`.

    What the numbers in its weights are is checked when they are loaded.

    Raises:
        DeblurError: It cannot be read, is no bundle, or is not what its manifest says.
    """
    try:
        with path.open("rb") as file, strict_zip.opened(file) as bundle:
            sizes = strict_zip.sizes(bundle, _LIMITS)
            entries = _manifest(bundle, sizes)
            total, done = sum(sizes.values()), 0
            for name, entry in entries.items():
                yield Progress(done / total, "Checking the model")
                yield from _unpack_member(bundle, name, entry, folder / name)
                done += sizes[name]
        _check_card(folder, set(entries))
    except OSError as error:
        raise DeblurError(f"{path.name} cannot be unpacked: {error.strerror}. Is the disk full?") from error
    except _BROKEN as error:
        raise _broken(path, error) from error


def _manifest(bundle: zipfile.ZipFile, sizes: dict[str, int]) -> dict[str, dict[str, Any]]:
    """The entries of the manifest, which names all other members, and they have its sizes."""
    content = json.loads(bundle.read(_MANIFEST))
    if content["format"] != FORMAT:
        raise DeblurError("This model was packed by another version of Deblur. Update Deblur.")
    entries: dict[str, dict[str, Any]] = content["members"]
    if {*entries, _MANIFEST} != set(sizes) or CARD not in entries:
        raise ValueError("its members are not those that its manifest names")
    for name, entry in entries.items():
        if entry["bytes"] != sizes[name] or not isinstance(entry["sha256"], str):
            raise ValueError(f"{name} has another size than its manifest says")
    return entries


def _unpack_member(bundle: zipfile.ZipFile, name: str, entry: dict[str, Any], target: Path) -> Task[None]:
    target.parent.mkdir(exist_ok=True)
    found = hashlib.sha256()
    with bundle.open(name) as member, target.open("xb") as file:
        while piece := member.read(_PIECE):
            found.update(piece)
            file.write(piece)
            yield Progress(0.5, "Checking the model")
    if found.hexdigest() != entry["sha256"] or target.stat().st_size != entry["bytes"]:
        raise ValueError(f"{name} is not what the manifest says")


def _check_card(folder: Path, members: set[str]) -> None:
    """The card names the weights that are there, and no others; curve and thumbnails are what they should be."""
    content = json.loads((folder / CARD).read_bytes())
    named = {entry["file"] for entry in content["files"].values()}
    if named != {name for name in members if name.endswith(".npz")}:
        raise ValueError("the weights are not those that its card names")
    if CURVE in members:
        curve = json.loads((folder / CURVE).read_bytes())
        if not isinstance(curve, list) or not all(isinstance(e, dict) and _is_plain(e, _DEEPEST_CURVE) for e in curve):
            raise ValueError(f"{CURVE} is no curve")
    for name in members:
        if name.startswith(THUMBNAILS) and not (folder / name).read_bytes().startswith(b"\xff\xd8\xff"):
            raise ValueError(f"{name} is no JPEG")


def _is_plain(value: object, depth: int) -> bool:
    """Whether it is a number, a short text or nothing, or a table of these."""
    if isinstance(value, dict):
        return depth > 0 and len(value) < 100 and all(_is_plain(part, depth - 1) for part in value.values())
    return value is None or isinstance(value, (int, float)) or (isinstance(value, str) and len(value) < 1000)


def _card_and_weights(card: Path, name: str | None) -> tuple[dict[str, Any], dict[str, bytes | Path]]:
    """The content of a card, whose weights get the names that members have, and their files by these names."""
    content = card_content(card)
    try:
        files, weights = {}, {}
        for part, entry in content["files"].items():
            member = f"model-{part}.npz"
            strict_zip.limit(member, _LIMITS)
            files[part] = {**entry, "file": member}
            weights[member] = card.with_name(entry["file"])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise DeblurError(f"{card} is not a model card of Deblur. Choose the .json file of a model.") from error
    return {**content, "files": files, "name": name or content.get("name", card.stem)}, dict(weights)


def _entry(member: bytes | Path) -> dict[str, Any]:
    """Size and hash of what becomes a member."""
    found, size = hashlib.sha256(), 0
    if isinstance(member, bytes):
        found.update(member)
        return {"bytes": len(member), "sha256": found.hexdigest()}
    try:
        with member.open("rb") as file:
            while piece := file.read(_PIECE):
                found.update(piece)
                size += len(piece)
    except OSError as error:
        raise _unreadable(member, error) from error
    return {"bytes": size, "sha256": found.hexdigest()}


def _written(file: IO[bytes], members: Mapping[str, bytes | Path]) -> Task[None]:
    """Write a zip. Weights are packed already, and pictures too: only texts are deflated."""
    with zipfile.ZipFile(file, "w") as bundle:
        for number, (name, content) in enumerate(members.items()):
            yield Progress(number / len(members), "Writing the file")
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED if name.endswith(".json") else zipfile.ZIP_STORED
            if isinstance(content, bytes):
                bundle.writestr(info, content)
                continue
            with content.open("rb") as source, bundle.open(info, "w") as member:
                while piece := source.read(_PIECE):
                    member.write(piece)
                    yield Progress(number / len(members), "Writing the file")


def _json(content: object) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


def _unreadable(path: Path, error: OSError) -> DeblurError:
    return DeblurError(f"{path} cannot be read: {error.strerror}.")


def _broken(path: Path, error: BaseException) -> DeblurError:
    reason = printable(str(error)) or type(error).__name__
    return DeblurError(f"{path.name} is no sound {SUFFIX} file ({reason}). Nothing was installed. Get the file again.")
