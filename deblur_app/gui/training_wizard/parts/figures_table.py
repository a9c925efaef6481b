"""Figures of networks and of the blurred photos side by side, in a table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from deblur_app.core.metrics import ACCURACY_EXPLAINED, percent
from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.fit.progress import EpochFigures

_ROWS = {
    "PSNR": tr_later("Peak signal-to-noise ratio in decibels (dB); higher is better"),
    "SSIM": tr_later("Structural similarity, at most 1; higher is better"),
    "Accuracy": ACCURACY_EXPLAINED,
    "Loss": tr_later("Mean squared error of the pixels, which lie between 0 and 1; lower is better"),
}

_PADDING = 6
"""Least room around the text of a cell, in pixels."""


@dataclass(frozen=True)
class FiguresColumn:
    """A column of the table.

    Attributes:
        title: Its title, which may have two lines.
        cells: The text of each row; None where nothing is known yet.
    """

    title: str
    cells: tuple[str, ...] | None = None


class FiguresTable(QTableWidget):
    """A table with a row for each figure, and a column for each network or what it is compared with.

    It is as high and at least as wide as its cells need, so that it has no scroll bar and cuts nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(len(_ROWS), 0, parent)
        self.setAccessibleName(tr("Figures on the photos that were kept aside"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        for bars in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for row, (name, tip) in enumerate(_ROWS.items()):
            header = QTableWidgetItem(tr(name))
            header.setToolTip(tr(tip))
            self.setVerticalHeaderItem(row, header)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for header_view in (across, down):
            header_view.setSectionsClickable(False)
            header_view.setHighlightSections(False)
        self._fit()

    def show_columns(self, columns: Sequence[FiguresColumn]) -> None:
        """Show these columns in place of those that are there."""
        self.setColumnCount(len(columns))
        for number, column in enumerate(columns):
            self.setHorizontalHeaderItem(number, QTableWidgetItem(column.title))
            for row, text in enumerate(column.cells or ("–",) * len(_ROWS)):
                cell = QTableWidgetItem(text)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, number, cell)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the size at which every cell can be read."""
        across, down, frame = self.horizontalHeader(), self.verticalHeader(), 2 * self.frameWidth()
        width = down.sizeHint().width() + self.columnCount() * across.minimumSectionSize() + frame
        return QSize(width, across.sizeHint().height() + down.length() + frame)

    def sizeHint(self) -> QSize:
        """Return the least size: the table is stretched to its place."""
        return self.minimumSizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        texts = [
            line
            for column in range(self.columnCount())
            for item in (self.horizontalHeaderItem(column), *(self.item(row, column) for row in range(len(_ROWS))))
            if item is not None
            for line in item.text().split("\n")
        ]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        self.horizontalHeader().setMinimumSectionSize(widest + _PADDING)
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 8)
        self.setFixedHeight(self.minimumSizeHint().height())
        self.updateGeometry()


def column_of(title: str, figures: EpochFigures | None) -> FiguresColumn:
    """Return a column with figures, which may not be known yet."""
    if figures is None:
        return FiguresColumn(title)
    heading = tr("{title}\nepoch {epoch}", title=title, epoch=figures.epoch) if figures.epoch else title
    return FiguresColumn(
        heading, figure_cells(figures.val_psnr, figures.val_ssim, figures.val_accuracy, figures.val_loss)
    )


def figure_cells(psnr: float | None, ssim: float | None, accuracy: float | None, loss: float | None) -> tuple[str, ...]:
    """Return figures as text, each with its unit, “–” where it is not known, in the order of the rows."""
    psnr, ssim, accuracy, loss = (math.nan if value is None else float(value) for value in (psnr, ssim, accuracy, loss))
    return (
        tr("{psnr:.2f} dB", psnr=psnr) if math.isfinite(psnr) else "–",
        f"{ssim:.3f}" if math.isfinite(ssim) else "–",
        percent(accuracy).replace("%", " %") if math.isfinite(accuracy) else "–",
        f"{loss:.4f}" if math.isfinite(loss) else "–",
    )
