"""Adds a network whose package was dropped: it is looked into, the user is asked, and then it is among the methods."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deblur_app.engine.guests import known, store
from deblur_app.gui import dialogs

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.engine.guests.conversion import Card
    from deblur_app.engine.guests.store import Offer
    from deblur_app.gui.main_window import MainWindow


def begin(window: MainWindow, source: Path) -> None:
    """Look into a package, and ask whether to add what it holds."""
    window.session.add_network(store.look(source), partial(_ask, window))


def _ask(window: MainWindow, offer: Offer) -> None:
    dialogs.ask_to_add(
        window, offer, lambda: window.session.add_network(store.add(offer.source), partial(_take, window))
    )


def _take(window: MainWindow, card: Card) -> None:
    window.method_panel.list_methods()
    window.status.say(f"{known.named(card.name).label} was added: choose it among the methods.")
