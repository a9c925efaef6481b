"""The card of a model, as far as it can be read without a network. It may be a stranger's file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.plain_file import read_plain
from deblur_app.core.formats.foreign_json import Text, convert, parse_json
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 1_000_000
"""Bytes; the longest cards have some ten thousand."""


@dataclass(frozen=True)
class WeightsFile:
    """The entry of a card for the file of a part of the network.

    Attributes:
        file: Its name, beside the card.
        bytes: Its size.
        sha256: Its hash, in hexadecimal digits.
    """

    file: Text
    bytes: Annotated[int, Meta(ge=1, le=2_000_000_000)]
    sha256: Text


@dataclass(frozen=True)
class _Form:
    """The keys of a card and their types; what they mean is checked where a network is built from them."""

    architecture: Text
    name: Text = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    files: dict[str, WeightsFile] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    figures: list[dict[str, Any]] = field(default_factory=list)
    do_nothing: dict[str, Any] = field(default_factory=dict)
    test: dict[str, Any] = field(default_factory=dict)


def card_content(card: Path) -> dict[str, Any]:
    """Return the content of a card: it names an architecture, and the keys that are there have the right types.

    Raises:
        DeblurError: It cannot be read, or is no card.
    """
    try:
        return parse_card(read_plain(card, _LARGEST))
    except ValueError as error:
        raise DeblurError(
            tr(
                "“{name}” is not a model card of Deblur ({error}). Choose the .json file of a model.",
                name=card.name,
                error=error,
            )
        ) from error


def parse_card(data: bytes) -> dict[str, Any]:
    """Return the content of the card in `data`.

    Raises:
        ValueError: It is no card; the text is part of a sentence.
    """
    content = parse_json(data, _LARGEST)
    convert(content, _Form)
    return dict(content)


def model_name(card: Path) -> str | None:
    """Return the name of the model of a card; None where that cannot be read."""
    try:
        return card_content(card).get("name")
    except DeblurError:
        return None
