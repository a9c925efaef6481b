"""Samples of held-out photos: blurred, restored by this model and by the bundled one, and sharp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.training_wizard.parts.tiles import Tile, create_tile_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

type Sample = dict[str, tuple[QImage, str]]
"""The images of one photo with their captions, by keys of `SAMPLE_TITLES`."""

SAMPLE_TITLES = {
    "blurred": tr_later("Blurred"),
    "predicted": tr_later("This model"),
    "bundled": tr_later("Bundled model"),
    "sharp": tr_later("Sharp"),
}
"""The titles of the columns."""


class SampleGrid(QWidget):
    """One row of equal tiles for each sample. Hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = create_tile_grid()
        self.setLayout(self._grid)
        self.hide()

    def show_samples(self, samples: Sequence[Sample]) -> None:
        """Show these samples in place of those that are there."""
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        names = [name for name in SAMPLE_TITLES if any(name in sample for sample in samples)]
        for column in range(len(SAMPLE_TITLES)):
            self._grid.setColumnStretch(column, 0)
        for column, name in enumerate(names):
            self._add_column(column, name, samples)
        self.setVisible(bool(samples))

    def _add_column(self, column: int, name: str, samples: Sequence[Sample]) -> None:
        for row, sample in enumerate(samples):
            tile = Tile(tr(SAMPLE_TITLES[name]) if row == 0 else "")
            image, caption = sample.get(name, (QImage(), ""))
            tile.show_image(image, caption)
            tile.place(self._grid, row, column)
