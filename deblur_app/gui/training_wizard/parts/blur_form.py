"""Controls for the kinds and the strength of the blurs that pairs are made with, and examples on one's own photos."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from deblur_app.blur import kinds
from deblur_app.core.errors import DeblurError
from deblur_app.gui.background.latest import LatestTaskRunner
from deblur_app.gui.training_wizard.parts.tiles import Tile
from deblur_app.gui.widgets.parameter_form import narrow_combo
from deblur_app.gui.widgets.slider_box import WheelGuard
from training.synthetic.blur_choice import STRENGTHS, blurs_like, choose_blur_ranges
from training.synthetic.recipe import FOUR_BLURS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from deblur_app.blur.kinds import Blur
    from deblur_app.gui.training_wizard.parts.synthetic_sample import SyntheticSample
    from training.synthetic.blur_choice import Ranges

_FOUND = "found"


class BlurForm(QWidget):
    """The controls by which the user chooses blurs; a pair made with them is shown at once.

    Attributes:
        samples: The work on the example.

    Signals:
        changed: Other blurs were chosen.
        failed: The exception that an example led to.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos: Sequence[Path] = ()
        self._found: Blur | None = None
        self._number = 0
        self.samples = LatestTaskRunner(self)
        self.kinds = {name: QCheckBox(kinds.find(name).label) for name in FOUR_BLURS}
        for name, box in self.kinds.items():
            box.setChecked(True)
            box.setToolTip(kinds.find(name).explanation)
        self.strength = narrow_combo()
        for name, (label, *_) in STRENGTHS.items():
            self.strength.addItem(label.capitalize(), name)
        self.strength.setToolTip("How strong the blurs are that the network learns to undo")
        WheelGuard(self).guard(self.strength)
        self.blurred, self.sharp = Tile("Blurred"), Tile("Sharp")
        self.another = QPushButton("&Another example")
        self.another.setToolTip("Make another pair with these blurs")
        self._lay_out()
        for box in self.kinds.values():
            box.toggled.connect(self._change)
        self.strength.currentIndexChanged.connect(self._change)
        self.another.clicked.connect(self._next)
        self.samples.ready.connect(self._show)
        self.samples.failed.connect(self.failed)

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [*self.kinds.values(), self.strength, self.another]

    def set_photos(self, photos: Sequence[Path]) -> None:
        """Make examples of these photographs."""
        self._photos = photos
        self._try_out()

    def set_found(self, blur: Blur | None, label: str = "") -> None:
        """Offer the blur that was found in the user's photo; None where there is none."""
        self._found = blur
        index = self.strength.findData(_FOUND)
        if blur is None and index >= 0:
            self.strength.removeItem(index)
        elif blur is not None and index < 0:
            self.strength.addItem("", _FOUND)
            index = self.strength.count() - 1
        if blur is not None:
            self.strength.setItemText(index, f"Like my photo: {label}")
            if self.strength.currentIndex() == index:
                self._change()

    def blurs(self, among: Ranges | None = None) -> dict[str, dict[str, tuple[float, float]]]:
        """Return the ranges that are chosen, of those that a network learns from.

        Raises:
            DeblurError: No blur is chosen.
        """
        if self.strength.currentData() == _FOUND and self._found:
            return blurs_like(self._found)
        names = [name for name, box in self.kinds.items() if box.isChecked()]
        return choose_blur_ranges(names, str(self.strength.currentData()), among)

    def answers(self) -> dict[str, Any]:
        """Return the choices, to be remembered; the blur of a photo is not, because the photo may be gone."""
        chosen = [name for name, box in self.kinds.items() if box.isChecked()]
        strength = self.strength.currentData()
        return {"blurs": chosen, "strength": "any" if strength == _FOUND else strength}

    def recall(self, answers: dict[str, Any]) -> None:
        """Choose what was remembered."""
        if isinstance(chosen := answers.get("blurs"), list) and chosen:
            for name, box in self.kinds.items():
                box.setChecked(name in chosen)
        self.strength.setCurrentIndex(max(self.strength.findData(answers.get("strength")), 0))

    def _lay_out(self) -> None:
        boxes = QGridLayout()
        for number, box in enumerate(self.kinds.values()):
            boxes.addWidget(box, number // 2, number % 2)
        strong = QLabel("How stron&g")
        strong.setBuddy(self.strength)
        row = QHBoxLayout()
        row.addWidget(strong)
        row.addWidget(self.strength, 1)
        pictures = QHBoxLayout()
        pictures.addWidget(self.blurred, 1)
        pictures.addWidget(self.sharp, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QLabel("The photos are blurred by"))
        layout.addLayout(boxes)
        layout.addLayout(row)
        layout.addLayout(pictures)
        layout.addWidget(self.another)

    @Slot()
    def _change(self) -> None:
        found = self.strength.currentData() == _FOUND
        for box in self.kinds.values():
            box.setEnabled(not found)
        self._try_out()
        self.changed.emit()

    @Slot()
    def _next(self) -> None:
        self._number += 1
        self._try_out()

    def _try_out(self) -> None:
        if not self._photos:
            return
        try:
            blurs = self.blurs()
        except DeblurError as error:
            self.blurred.show_image(None, str(error))
            self.sharp.show_image(None)
            return
        from deblur_app.gui.training_wizard.parts import synthetic_sample

        self.samples.ask(partial(synthetic_sample.make_sample, self._photos, blurs, self._number))

    @Slot(object)
    def _show(self, sample: SyntheticSample) -> None:
        self.blurred.show_image(sample.blurred, sample.words)
        self.sharp.show_image(sample.sharp)
