"""Page 2: the network that is trained, and the weights it starts from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
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
from deblur_app.gui.widgets.parameter_form import narrow_combo
from deblur_app.gui.widgets.slider_box import WheelGuard
from training.trainables.trainables import TRAINABLES

if TYPE_CHECKING:
    from training.config.sections import Source
    from training.trainables.trainables import Trainable

_LETTERS = {
    "autoencoder": "The paper's a&utoencoder",
    "restorer": "The blind resto&rer",
    "restorer-psf": "The restorer for kno&wn blurs",
    "psf-estimator": "The network that names b&lurs",
}
"""Labels with their keys."""

_PROPOSED = {"pairs": "autoencoder", "synthetic": "restorer"}
"""The network that is proposed, by where pairs come from."""

SCRATCH = ""
_BUNDLED = "bundled"


class ModelPage(QWidget):
    """The page on which the user chooses a network and its start weights.

    Signals:
        changed: Another network or start was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Source = "pairs"
        self._is_own = False
        self._group = QButtonGroup(self)
        self.networks: dict[str, QRadioButton] = {}
        self._reasons: dict[str, QLabel] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for trainable in TRAINABLES.values():
            self._add(trainable, layout)
        self.networks["autoencoder"].setChecked(True)
        self.start = narrow_combo()
        self.start.setToolTip("Weights that were trained before save time, where they are of the same network and size")
        WheelGuard(self).guard(self.start)
        self.choose = QPushButton("Choose…")
        self.choose.setToolTip("Choose the card (model.json) of a model to start from")
        self.choose.setAccessibleName("Choose a model to start from")
        words = QLabel("Starts fr&om")
        words.setBuddy(self.start)
        row = QHBoxLayout()
        row.addWidget(words)
        row.addWidget(self.start, 1)
        row.addWidget(self.choose)
        layout.addSpacing(8)
        layout.addLayout(row)
        layout.addStretch(1)
        self._fill_starts()
        self._group.buttonToggled.connect(self._change)
        self.start.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.choose.clicked.connect(self._choose_card)

    @property
    def network(self) -> str:
        """The key of the chosen network in `TRAINABLES`."""
        return next(name for name, button in self.networks.items() if button.isChecked())

    @property
    def start_weights(self) -> str:
        """The weights that it starts from, in the words of `Network.start`; "" for scratch."""
        return str(self.start.currentData())

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [*self.networks.values(), self.start, self.choose]

    def set_source(self, source: Source) -> None:
        """Offer the networks that can learn from the chosen pictures; the others say what they need.

        Until the user has chosen one, it is the one that repairs photos best.
        """
        self._source = source
        for name, button in self.networks.items():
            fits = source in TRAINABLES[name].sources
            button.setEnabled(fits)
            self._reasons[name].setVisible(not fits)
        if not self._is_own or not self.networks[self.network].isEnabled():
            self.networks[_PROPOSED[source]].setChecked(True)

    def choose_network(self, name: str) -> None:
        """Choose a network by its key."""
        self._is_own = True
        self.networks[name].setChecked(True)

    def start_from(self, weights: str, label: str = "") -> None:
        """Choose start weights, which are listed where they are not yet."""
        index = self.start.findData(weights)
        if index < 0:
            self.start.addItem(label or Path(weights).name, weights)
            index = self.start.count() - 1
        self.start.setCurrentIndex(index)

    def answers(self) -> dict[str, Any]:
        """Return the choices, to be remembered."""
        return {"network": self.network, "start": self.start_weights}

    def recall(self, answers: dict[str, Any]) -> None:
        """Choose what was remembered, as far as it is still there."""
        if answers.get("network") in self.networks:
            self.choose_network(str(answers["network"]))
        start = answers.get("start")
        if isinstance(start, str) and start and (self.start.findData(start) >= 0 or Path(start).is_file()):
            self.start_from(start)

    def _add(self, trainable: Trainable, layout: QVBoxLayout) -> None:
        button = QRadioButton(_LETTERS[trainable.name])
        button.setToolTip(trainable.explanation)
        button.clicked.connect(lambda: self.choose_network(trainable.name))
        self._group.addButton(button)
        self.networks[trainable.name] = button
        words = QLabel(f"{trainable.explanation} Good for: {_lower_first_letter(trainable.good_for)} {trainable.size}.")
        words.setWordWrap(True)
        words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        reason = self._reasons[trainable.name] = QLabel("It learns from sharp photos: choose a folder of those.")
        reason.setWordWrap(True)
        reason.hide()
        layout.addWidget(button)
        for label in (words, reason):
            label.setContentsMargins(22, 0, 0, 0)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addSpacing(6)

    @Slot()
    def _change(self) -> None:
        if self.sender() is self._group:
            self._fill_starts()
        self.changed.emit()

    def _fill_starts(self) -> None:
        """List the weights that fit the network, of those that come with the program."""
        chosen = self.start.currentData()
        self.start.blockSignals(True)
        self.start.clear()
        self.start.addItem("Scratch: random weights", SCRATCH)
        if TRAINABLES[self.network].find_bundled_card():
            self.start.addItem("The bundled model", _BUNDLED)
        self.start.setCurrentIndex(max(self.start.findData(chosen), 0))
        self.start.blockSignals(False)

    @Slot()
    def _choose_card(self) -> None:
        dialog = QFileDialog(self, "Choose a model to start from", "", "Model cards (*.json)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.start_from(name, model_name(Path(name)) or Path(name).name))
        dialog.open()


def _lower_first_letter(text: str) -> str:
    return text[0].lower() + text[1:]
