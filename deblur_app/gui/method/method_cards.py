"""The choice of the method: three cards for most photos, and all methods in a list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.engine.methods import registry
from deblur_app.gui.session.time_forecast import describe_forecast
from deblur_app.gui.theme import SPACE
from deblur_app.gui.widgets.choice_card import ChoiceCard
from deblur_app.gui.widgets.forms.parameter_form import narrow_combo


class MethodCards(QWidget):
    """Cards for the methods that most people need, and the list of all, which stands elsewhere.

    Attributes:
        box: The list of all methods; the cards follow it.
        cards: The card of each method that has one, by its name.

    Signals:
        chosen: The name of the method whose card was chosen.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = narrow_combo()
        self.box.setAccessibleName(tr("Method"))
        self.cards: dict[str, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        for method in registry.list_offered():
            if method.summary:
                card = ChoiceCard(method.title, tr(method.summary))
                card.setToolTip(tr(method.explanation))
                card.clicked.connect(lambda _=False, name=method.name: self.chosen.emit(name))
                self._group.addButton(card)
                self.cards[method.name] = card
                layout.addWidget(card)

    def show_method(self, name: str) -> None:
        """Show which method is chosen."""
        self._group.setExclusive(False)
        for method, card in self.cards.items():
            card.setChecked(method == name)
        self._group.setExclusive(True)

    def show_times(self, megapixels: float) -> None:
        """Show how long each method will take for a photo of so many megapixels; 0 for none."""
        for name, card in self.cards.items():
            card.remark.setText(describe_forecast(name, megapixels))
