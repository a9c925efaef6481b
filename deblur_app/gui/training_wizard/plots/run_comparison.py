"""Several runs side by side: their curves in one diagram, their figures in one table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from deblur_app.core.amounts import describe_duration
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.widgets.graphs.graph import Graph
from deblur_app.gui.widgets.graphs.plot_theme import plot_theme, series_colour
from deblur_app.gui.widgets.graphs.series import Series

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from training.reports.results import Outcome
    from training.runs.run import Run

_MOST = 30
"""Runs that are listed, the newest ones."""

_HEADER = (tr_later("Training"), "PSNR", tr_later("Gain"), "SSIM", tr_later("Epochs"), tr_later("Time"))


@dataclass(frozen=True, eq=False)
class _Line:
    outcome: Outcome
    epochs: Series


class RunComparison(QDialog):
    """The dialog that lists the runs; those that are ticked are drawn. The window stays usable beside it.

    Attributes:
        table: One row for each run.
        graph: The PSNR on held-out pictures over the epochs.
        jobs: The reading, in the background.
    """

    def __init__(self, folder: Path, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Compare trainings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 560)
        self._run = run
        self._lines: list[_Line] = []
        self.jobs = TaskQueue(self)
        self.graph = Graph(tr("PSNR on held-out pictures (dB)"), lambda _: "")
        self.table = QTableWidget(0, len(_HEADER))
        self.table.setHorizontalHeaderLabels([tr(title) for title in _HEADER])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAccessibleName(tr("Trainings; Space draws the chosen one, or takes it away"))
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        hint = QLabel(
            tr("Tick the trainings to draw. Figures of different pictures cannot be compared with each other.")
        )
        hint.setWordWrap(True)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        for widget in (self.graph, hint, self.table, close):
            layout.addWidget(widget)
        self.table.itemChanged.connect(self._draw)
        self._take_colours()
        self.jobs.add(QueuedTask("runs", _read(folder, run), self._take))

    def done(self, result: int) -> None:
        """End the reading with the dialog."""
        self.jobs.finish()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours when the system turns light or dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._take_colours()

    def list_drawn_runs(self) -> list[Run]:
        """Return the runs that are drawn."""
        return [line.outcome.run for row, line in enumerate(self._lines) if self._is_ticked(row)]

    def _take(self, outcomes: list[Outcome]) -> None:
        self._lines = [_Line(outcome, _psnr(outcome)) for outcome in outcomes]
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._lines))
        for row, line in enumerate(self._lines):
            for column, text in enumerate(_cells(line.outcome)):
                item = QTableWidgetItem(text)
                if column == 0:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    first = line.outcome.run == self._run or row < 2
                    item.setCheckState(Qt.CheckState.Checked if first else Qt.CheckState.Unchecked)
                    item.setForeground(series_colour(row))
                    item.setToolTip(str(line.outcome.run.folder))
                self.table.setItem(row, column, item)
        self.table.blockSignals(False)
        if self._lines:
            self.table.setCurrentCell(0, 0)
        self._draw()

    def _is_ticked(self, row: int) -> bool:
        item = self.table.item(row, 0)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    @Slot()
    def _draw(self) -> None:
        self.graph.clear_lines()
        last = 1.0
        for row, line in enumerate(self._lines):
            if self._is_ticked(row) and len(line.epochs):
                self.graph.add_line(line.epochs, series_colour(row))
                last = max(last, float(line.epochs.x[-1]))
        self.graph.setXRange(0.0, last, padding=0.02)

    def _take_colours(self) -> None:
        self.graph.set_theme(plot_theme(self.palette()))


def _psnr(outcome: Outcome) -> Series:
    series = Series()
    for event in outcome.epochs:
        value = event.get("val_psnr")
        if value is not None and math.isfinite(value):
            series.append(event["epoch"], value)
    return series


def _cells(outcome: Outcome) -> tuple[str, ...]:
    best = outcome.best
    psnr, nothing, ssim = (
        np.nan if value is None else float(value)
        for value in (best.get("val_psnr"), outcome.do_nothing.get("val_psnr"), best.get("val_ssim"))
    )
    return (
        outcome.name,
        tr("{psnr:.2f} dB", psnr=psnr) if np.isfinite(psnr) else "–",
        tr("{psnr:+.2f} dB", psnr=psnr - nothing) if np.isfinite(psnr - nothing) else "–",
        f"{ssim:.3f}" if np.isfinite(ssim) else "–",
        tr("{epoch} of {count}", epoch=best["epoch"], count=len(outcome.epochs)),
        describe_duration(sum(float(event["seconds"]) for event in outcome.epochs)),
    )


def _read(folder: Path, run: Run) -> Task[list[Outcome]]:
    from training.reports.results import read_outcome
    from training.runs.run_list import list_finished_runs

    runs = list_finished_runs(folder)
    if run not in runs:
        runs.insert(0, run)
    runs.sort(key=lambda each: each != run)
    logs = []
    for number, each in enumerate(runs[:_MOST]):
        yield Progress(number / len(runs), tr("Reading trainings"))
        try:
            logs.append(read_outcome(each))
        except DeblurError:  # a broken one is no reason to show none
            continue
    return logs
