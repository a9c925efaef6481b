"""Folders of models that the user has added: one folder for each, with a card that says what it is."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.unfinished import remove_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ModelFolders[C]:
    """A folder that holds models of one kind.

    Attributes:
        place: The folder; it may be missing while there are no models.
        card_name: The file in the folder of each model that says what it is.
        read: Reads such a file; raises `DeblurError` where it is broken.
    """

    place: Path
    card_name: str
    read: Callable[[Path], C]

    def card(self, name: str) -> Path:
        """Return the path of the card of the model called `name`, whether or not it is there."""
        return self.place / name / self.card_name

    def holds(self, name: str) -> bool:
        """Return whether there is a model called `name`."""
        return self.card(name).is_file()

    def models(self) -> Iterator[C]:
        """Yield what the cards of all models say, by name; what is broken is left out and logged."""
        cards = self.place.glob(f"*/{self.card_name}")
        for card in sorted(cards, key=lambda path: path.parent.name.casefold()):
            if card.parent.name.startswith("."):  # it is being made, or removed
                continue
            try:
                yield self.read(card)
            except DeblurError as error:
                log.warning("The model %s is skipped: %s", card.parent, error)

    def remove(self, name: str) -> None:
        """Delete the model called `name`.

        Raises:
            DeblurError: It cannot be deleted.
        """
        remove_whole(self.place / name)
