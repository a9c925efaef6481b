"""Page 2: the network that is trained, and the weights it starts from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from deblur_app.core.formats.model_card import model_name
from deblur_app.core.texts import lower_first, tr
from deblur_app.gui.training_wizard.page import Page
from deblur_app.gui.training_wizard.state import BUNDLED, SCRATCH
from deblur_app.gui.widgets.forms.parameter_form import narrow_combo
from deblur_app.gui.widgets.forms.slider_box import WheelGuard
from deblur_app.gui.widgets.labels import mark_access_key
from training.trainables.trainables import TRAINABLES

if TYPE_CHECKING:
    from deblur_app.gui.training_wizard.model import WizardModel
    from training.trainables.trainable import Trainable


class ModelPage(Page):
    """The page on which the user chooses a network and its start weights."""

    def __init__(self, model: WizardModel) -> None:
        super().__init__(model)
        self._group = QButtonGroup(self)
        self.networks: dict[str, QRadioButton] = {}
        self._reasons: dict[str, QLabel] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for trainable in TRAINABLES.values():
            self._add(trainable, layout)
        self.start = narrow_combo()
        self.start.setToolTip(
            tr("Weights that were trained before save time, where they are of the same network and size")
        )
        WheelGuard(self).guard(self.start)
        self.choose = QPushButton(tr("Choose…"))
        self.choose.setToolTip(tr("Choose the card (model.json) of a model to start from"))
        self.choose.setAccessibleName(tr("Choose a model to start from"))
        words = QLabel(tr("Starts fr&om"))
        words.setBuddy(self.start)
        row = QHBoxLayout()
        row.addWidget(self.start, 1)
        row.addWidget(self.choose)
        layout.addSpacing(8)
        layout.addWidget(words)
        layout.addLayout(row)
        layout.addStretch(1)
        self.start.currentIndexChanged.connect(lambda _: model.start_from(self.start.currentData()))
        self.choose.clicked.connect(self._choose_card)
        model.on_change(self._show, "inputs", "network", "start")
        self._show()

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [*self.networks.values(), self.start, self.choose]

    def _add(self, trainable: Trainable, layout: QVBoxLayout) -> None:
        button = QRadioButton(mark_access_key(tr(trainable.label), trainable.access_key))
        button.setToolTip(tr(trainable.explanation))
        button.clicked.connect(lambda: self.model.choose_network(trainable.name))
        self._group.addButton(button)
        self.networks[trainable.name] = button
        words = QLabel(
            tr(
                "{explanation} Good for: {use} {size}.",
                explanation=tr(trainable.explanation),
                use=lower_first(tr(trainable.good_for)),
                size=trainable.size,
            )
        )
        words.setWordWrap(True)
        words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        reason = self._reasons[trainable.name] = QLabel(tr("It learns from sharp photos: choose a folder of those."))
        reason.setWordWrap(True)
        reason.hide()
        layout.addWidget(button)
        for label in (words, reason):
            label.setContentsMargins(22, 0, 0, 0)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addSpacing(6)

    def _show(self) -> None:
        """Show what is chosen, and what those networks need that cannot learn from the chosen pictures."""
        for name, button in self.networks.items():
            fits = self.model.source in TRAINABLES[name].sources
            button.setEnabled(fits)
            self._reasons[name].setVisible(not fits)
            with QSignalBlocker(button):
                button.setChecked(name == self.model.network)
        self._show_starts()

    def _show_starts(self) -> None:
        """List the weights that fit the network: those that come with the program, and those that were chosen."""
        weights = self.model.start_weights
        with QSignalBlocker(self.start):
            self.start.clear()
            self.start.addItem(tr("Scratch: random weights"), SCRATCH)
            if TRAINABLES[self.model.network].find_bundled_card():
                self.start.addItem(tr("The bundled model"), BUNDLED)
            if self.start.findData(weights) < 0:
                self.start.addItem(model_name(Path(weights)) or Path(weights).name, weights)
            self.start.setCurrentIndex(self.start.findData(weights))

    @Slot()
    def _choose_card(self) -> None:
        dialog = QFileDialog(self, tr("Choose a model to start from"), "", tr("Model cards (*.json)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.model.start_from)
        dialog.open()
