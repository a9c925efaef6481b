"""What the card of a model says, as far as it can be read without a network. It may be a stranger's file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 1_000_000
"""Bytes; the longest cards have some ten thousand."""


def card_content(card: Path) -> dict[str, Any]:
    """The content of a card; of it, only that it names an architecture is checked.

    Raises:
        DeblurError: It cannot be read, or is no card.
    """
    try:
        if card.stat().st_size > _LARGEST:
            raise DeblurError(f"{card.name} is too large for a model card. Choose the .json file of a model.")
        content = json.loads(card.read_bytes())
    except OSError as error:
        raise DeblurError(f"The model card {card} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise DeblurError(_no_card(card)) from error
    if not isinstance(content, dict) or not isinstance(content.get("architecture"), str):
        raise DeblurError(_no_card(card))
    return content


def model_name(card: Path) -> str | None:
    """What the model of a card is called; None where that cannot be read."""
    try:
        name = card_content(card).get("name")
    except DeblurError:
        return None
    return name if isinstance(name, str) else None


def _no_card(card: Path) -> str:
    return f"{card.name} is not a model card of Deblur. Choose the .json file of a model."
