"""Installation of a network that was dropped, in a package or as a model in one file.

It is looked into, the user is asked, and then it is among the methods, or among the models of its method.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress
from deblur_app.engine.model_methods import method_for
from deblur_app.engine.models import bundle, installed
from deblur_app.engine.models.third_party import known, store
from deblur_app.gui.dialogs import dialogs

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.task import Task
    from deblur_app.engine.models.bundle import Summary
    from deblur_app.engine.models.installed import Installation
    from deblur_app.engine.models.third_party.conversion import Card
    from deblur_app.engine.models.third_party.store import Offer
    from deblur_app.gui.main_window import MainWindow
    from deblur_app.gui.session.dropping import Dropped


def begin(window: MainWindow, dropped: Dropped) -> None:
    """Look into the package or the model that was dropped, and ask whether to add what it holds."""
    if dropped.package:
        window.session.add_network(store.look(dropped.package), partial(_ask, window))
    if dropped.bundle:
        window.session.add_network(_look(dropped.bundle), partial(_ask_for_model, window, dropped.bundle))


def _ask(window: MainWindow, offer: Offer) -> None:
    dialogs.ask_to_add(
        window, offer, lambda: window.session.add_network(store.add(offer.source), partial(_take, window))
    )


def _take(window: MainWindow, card: Card) -> None:
    window.method_panel.list_methods()
    window.status.say(f"{known.find_network(card.name).label} was added: choose it among the methods.")


def _look(source: Path) -> Task[Summary]:
    """Read the summary of a model in one file; for errors see `bundle.summary`."""
    yield Progress(0.0, f"Looking into {source.name}")
    return bundle.summary(source)


def _ask_for_model(window: MainWindow, source: Path, summary: Summary) -> None:
    dialogs.ask_to_install(
        window, source, summary,
        lambda: window.session.add_network(installed.install(source), partial(_take_model, window)),
    )  # fmt: skip


def _take_model(window: MainWindow, installation: Installation) -> None:
    """Use the model at once, where a method takes it."""
    try:
        method_for(installation.model.card)
    except DeblurError:
        window.status.say(f"{installation.sentence} It deblurs no photo by itself.")
        return
    window.use_model(installation.model.card)
    window.status.say(f"{installation.sentence} Deblur now uses it.")
