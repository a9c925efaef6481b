"""The workspace of the training: the wizard, with a held-out photo beside it after each epoch."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.viewer import captions
from deblur_app.gui.viewer.panes import PaneRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from deblur_app.gui.training_wizard.wizard import TrainingWizard
    from training.evaluation.evaluators import Preview

_PREVIEW_WIDTH = 300
"""The width of the column of pictures, in points."""

_WIDE = 1200
"""The width of the window from which there is room for that column, in points."""


class TrainPage(QWidget):
    """The wizard over the whole window; while a training is looked at, the network's output stands at its right.

    Attributes:
        wizard: The wizard; None until it is first shown.
    """

    def __init__(self, build_wizard: Callable[[], TrainingWizard], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_wizard = build_wizard
        self.wizard: TrainingWizard | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @functools.cached_property
    def previews(self) -> PaneRow:
        """A held-out pair and what the network makes of it; made with the wizard."""
        previews = PaneRow(Qt.Orientation.Vertical)
        previews.setFixedWidth(_PREVIEW_WIDTH)
        previews.hide()
        for pane, words in (
            (previews.input, tr("After each epoch, a held-out photo is shown here.")),
            (previews.truth, tr("The same photo, sharp")),
            (previews.predicted, tr("What the network makes of it")),
        ):
            pane.set_invitation(words)
            pane.setAcceptDrops(False)
        return previews

    def enter(self) -> TrainingWizard:
        """Return the wizard, built now where it was not yet."""
        if self.wizard is None:
            wizard = self.wizard = self._build_wizard()
            wizard.preview_ready.connect(self.show_preview)
            wizard.model.on_change(self._arrange, "page")
            self._layout.addWidget(wizard, 1)
            self._layout.addWidget(self.previews)
            self._arrange()
        return self.wizard

    @Slot(object)
    def show_preview(self, preview: Preview) -> None:
        """Show a held-out pair and what the network makes of it."""
        from deblur_app.gui.images import qt_image

        blurred, predicted = captions.describe_training(preview)
        self.previews.input.show_picture(qt_image.pyramid(preview.blurred), blurred)
        self.previews.truth.show_picture(qt_image.pyramid(preview.sharp), tr("The sharp photo"))
        self.previews.predicted.show_picture(qt_image.pyramid(preview.predicted), predicted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the column of pictures where there is room for it."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        from deblur_app.gui.training_wizard.state import PageId

        if self.wizard:
            is_training = self.wizard.model.page == PageId.TRAINING
            self.previews.setVisible(is_training and self.width() >= _WIDE)
