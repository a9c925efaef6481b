"""Controls for the kinds and the strength of the blurs that pairs are made with, and examples on one's own photos."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from deblur_app.blur import kinds
from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr, upper_first
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.training_wizard.choices.blur_choice import LIKE_PHOTO
from deblur_app.gui.training_wizard.parts.tiles import Tile, create_tile_grid
from deblur_app.gui.widgets.forms.parameter_form import narrow_combo
from deblur_app.gui.widgets.forms.slider_box import WheelGuard
from training.synthetic.blur_choice import STRENGTHS
from training.synthetic.recipe import FOUR_BLURS

if TYPE_CHECKING:
    from deblur_app.gui.training_wizard.model import WizardModel
    from deblur_app.gui.training_wizard.parts.inputs.synthetic_sample import SyntheticSample
    from deblur_app.gui.training_wizard.state import OpenPhoto


class BlurForm(QWidget):
    """The controls by which the user chooses blurs; a pair made with them is shown at once.

    Attributes:
        samples: The work on the example.

    Signals:
        failed: The exception that an example led to.
    """

    failed = Signal(object)

    def __init__(self, model: WizardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._number = 0
        self.samples = LatestTaskRunner(self)
        self.kinds = {name: QCheckBox(tr(kinds.find(name).label)) for name in FOUR_BLURS}
        for name, box in self.kinds.items():
            box.setToolTip(tr(kinds.find(name).explanation))
        self.strength = narrow_combo()
        for name, (label, *_) in STRENGTHS.items():
            self.strength.addItem(upper_first(tr(label)), name)
        self.strength.setToolTip(tr("How strong the blurs are that the network learns to undo"))
        WheelGuard(self).guard(self.strength)
        self.blurred, self.sharp = Tile(tr("Blurred")), Tile(tr("Sharp"))
        self.another = QPushButton(tr("&Another example"))
        self.another.setToolTip(tr("Make another pair with these blurs"))
        self._lay_out()
        for name, box in self.kinds.items():
            box.toggled.connect(partial(self._choose_kind, name))
        self.strength.currentIndexChanged.connect(self._choose_strength)
        self.another.clicked.connect(self._next)
        self.samples.ready.connect(self._show)
        self.samples.failed.connect(self.failed)
        model.on_change(self._show_choice, "blurs", "photo")
        model.on_change(self._try_out, "inputs", "blurs", "photo")
        self._show_choice()

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [*self.kinds.values(), self.strength, self.another]

    def _lay_out(self) -> None:
        boxes = QGridLayout()
        for number, box in enumerate(self.kinds.values()):
            boxes.addWidget(box, number // 2, number % 2)
        strong = QLabel(tr("Stren&gth"))
        strong.setBuddy(self.strength)
        row = QHBoxLayout()
        row.addWidget(strong)
        row.addWidget(self.strength, 1)
        pictures = create_tile_grid()
        for column, tile in enumerate((self.blurred, self.sharp)):
            tile.place(pictures, 0, column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QLabel(tr("The photos are blurred by")))
        layout.addLayout(boxes)
        layout.addLayout(row)
        layout.addLayout(pictures)
        layout.addWidget(self.another)

    def _choose_kind(self, name: str, is_chosen: bool) -> None:
        self._model.choose_blurs(self._model.state.blurs.with_kind(name, is_chosen=is_chosen))

    @Slot()
    def _choose_strength(self) -> None:
        self._model.choose_blurs(replace(self._model.state.blurs, strength=self.strength.currentData()))

    def _show_choice(self) -> None:
        """Show what is chosen; the blur of the open photo is offered while there is one."""
        choice, photo = self._model.state.blurs, self._model.state.photo
        with QSignalBlocker(self.strength):
            self._offer(photo)
            self.strength.setCurrentIndex(max(self.strength.findData(choice.strength), 0))
        for name, box in self.kinds.items():
            with QSignalBlocker(box):
                box.setChecked(name in choice.kinds)
            box.setEnabled(self.strength.currentData() != LIKE_PHOTO)

    def _offer(self, photo: OpenPhoto) -> None:
        """Offer the blur of the open photo, where there is one."""
        index = self.strength.findData(LIKE_PHOTO)
        if photo.blur is None and index >= 0:
            self.strength.removeItem(index)
        elif photo.blur is not None and index < 0:
            self.strength.addItem("", LIKE_PHOTO)
        if photo.blur is not None:
            self.strength.setItemText(
                self.strength.findData(LIKE_PHOTO), tr("Like my photo: {label}", label=photo.label)
            )

    @Slot()
    def _next(self) -> None:
        self._number += 1
        self._try_out()

    def _try_out(self) -> None:
        """Make an example of the photographs there are."""
        state, photos = self._model.state, self._model.photos
        if not photos:
            return
        try:
            blurs = state.blurs.ranges(state.photo.blur)
        except DeblurError as error:
            self.blurred.show_image(None, str(error))
            self.sharp.show_image(None)
            return
        from deblur_app.gui.training_wizard.parts.inputs import synthetic_sample

        self.samples.ask(partial(synthetic_sample.make_sample, photos, blurs, self._number))

    @Slot(object)
    def _show(self, sample: SyntheticSample) -> None:
        self.blurred.show_image(sample.blurred, sample.words)
        self.sharp.show_image(sample.sharp)
