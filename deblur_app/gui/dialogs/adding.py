"""Installation of a network that was dropped, in a package or as a model in one file.

It is looked into, the user is asked, and then it is among the methods, or among the models of its method.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.engine.model_methods import method_for
from deblur_app.engine.models import bundle, installed
from deblur_app.engine.models.third_party import known, store
from deblur_app.gui.dialogs import dialogs

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from deblur_app.core.task import Task
    from deblur_app.engine.models.bundle import Summary
    from deblur_app.engine.models.installed import Installation
    from deblur_app.engine.models.third_party.conversion import Card
    from deblur_app.engine.models.third_party.store import Offer
    from deblur_app.gui.session.opening.dropping import Dropped
    from deblur_app.gui.session.session import Session


class ModelInstaller(QObject):
    """The installation of networks and models beside the other work of a session.

    Signals:
        network_added: There is one more method.
        model_added: The path of the card of a model that a method takes, and that is to be used.
        message: A sentence about what was done.
    """

    network_added = Signal()
    model_added = Signal(object)
    message = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        """Install beside the work of `session`; questions are asked over `parent`."""
        super().__init__(parent)
        self._session, self._window = session, parent

    def offer(self, dropped: Dropped) -> None:
        """Look into the package or the model that was dropped, and ask whether to add what it holds."""
        if dropped.package:
            self._session.run_separately(store.look(dropped.package), self._ask_for_network)
        if dropped.bundle:
            self._session.run_separately(_look(dropped.bundle), partial(self._ask_for_model, dropped.bundle))

    def _ask_for_network(self, offer: Offer) -> None:
        dialogs.ask_to_add(
            self._window, offer, lambda: self._session.run_separately(store.add(offer.source), self._take_network)
        )

    def _take_network(self, card: Card) -> None:
        self.network_added.emit()
        self.message.emit(tr("“{label}” was added to the methods.", label=known.find_network(card.name).label))

    def _ask_for_model(self, source: Path, summary: Summary) -> None:
        dialogs.ask_to_install(
            self._window, source, summary,
            lambda: self._session.run_separately(installed.install(source), self._take_model),
        )  # fmt: skip

    def _take_model(self, installation: Installation) -> None:
        """Use the model at once, where a method takes it."""
        try:
            method_for(installation.model.card)
        except DeblurError:
            self.message.emit(tr("{sentence} It cannot deblur photos by itself.", sentence=installation.sentence))
            return
        self.model_added.emit(installation.model.card)
        self.message.emit(tr("{sentence} Deblur now uses it.", sentence=installation.sentence))


def _look(source: Path) -> Task[Summary]:
    """Read the summary of a model in one file; for errors see `bundle.summary`."""
    yield Progress(0.0, tr("Reading “{name}”", name=source.name))
    return bundle.summary(source)
