"""Figures of a network compared with leaving the photos as they are: a table and a sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from deblur_app.core.metrics import ACCURACY_EXPLAINED, percent

if TYPE_CHECKING:
    from training.fit.trainer import EpochFigures

_COLUMNS = {
    "Loss": "Mean squared error of the pixels, which lie between 0 and 1; lower is better",
    "PSNR": "Peak signal-to-noise ratio in decibels (dB); higher is better",
    "SSIM": "Structural similarity, at most 1; higher is better",
    "Accuracy": ACCURACY_EXPLAINED,
}


class FiguresTable(QTableWidget):
    """The table of validation figures of the latest epoch, of the best one, and of the blurred photos as they are.

    It is as high as its three rows need and has no scroll bar.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(3, len(_COLUMNS), parent)
        self.setAccessibleName("Figures on the validation pairs")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column, (name, tip) in enumerate(_COLUMNS.items()):
            header = QTableWidgetItem(name)
            header.setToolTip(tip)
            self.setHorizontalHeaderItem(column, header)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(50)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(self.fontMetrics().height() + 8)
        for header_view in (across, down):
            header_view.setSectionsClickable(False)
            header_view.setHighlightSections(False)
        self.setFixedHeight(across.sizeHint().height() + down.length() + 2 * self.frameWidth())

    def show_figures(
        self, latest: EpochFigures | None, best: EpochFigures | None, do_nothing: EpochFigures | None
    ) -> None:
        """Show the three rows; None for what is not known yet."""
        rows = {"Latest": latest, "Best": best, "Doing nothing": do_nothing}
        for row, (name, figures) in enumerate(rows.items()):
            epoch = f", epoch {figures.epoch}" if figures and figures.epoch else ""
            self.setVerticalHeaderItem(row, QTableWidgetItem(f"{name}{epoch}"))
            for column, text in enumerate(_cells(figures)):
                cell = QTableWidgetItem(text)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, column, cell)


def verdict(best: EpochFigures | None, do_nothing: EpochFigures | None) -> str:
    """Return a sentence that sums the figures up; "" before there are any."""
    if best is None or do_nothing is None:
        return ""
    gain = best.val_psnr - do_nothing.val_psnr
    if not math.isfinite(gain):
        return ""
    if abs(gain) < 0.05:
        return f"At its best (epoch {best.epoch}) the result is as close to the sharp photos as the blurred ones are."
    if gain > 0:
        return f"At its best (epoch {best.epoch}) the result is {gain:.1f} dB closer to the sharp photos than the blur."
    return (
        f"At its best (epoch {best.epoch}) the result is {-gain:.1f} dB further from the sharp photos than the blurred "
        "ones are: it makes them worse."
    )


def decibel(figures: EpochFigures) -> str:
    """Return the PSNR on the validation pairs with its unit, or the share that is right where no pictures come out."""
    if not math.isfinite(figures.val_psnr):
        return f"{percent(figures.val_accuracy)} right".replace("%", " %")
    return f"{figures.val_psnr:.1f} dB"


def _cells(figures: EpochFigures | None) -> list[str]:
    if figures is None:
        return ["–"] * len(_COLUMNS)
    ssim = f"{figures.val_ssim:.3f}" if math.isfinite(figures.val_ssim) else "–"
    psnr = decibel(figures) if math.isfinite(figures.val_psnr) else "–"
    return [f"{figures.val_loss:.4f}", psnr, ssim, percent(figures.val_accuracy).replace("%", " %")]
