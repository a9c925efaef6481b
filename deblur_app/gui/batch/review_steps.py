"""The way through the results that somebody should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.texts import tr
from deblur_app.engine.batch.journal import find_output
from deblur_app.engine.batch.photo_task import DOUBTS
from deblur_app.engine.batch.settings import Override
from deblur_app.gui.batch.review_view import ReviewedPhoto

if TYPE_CHECKING:
    from deblur_app.engine.batch.journal import Record
    from deblur_app.engine.batch.photo_queue import State
    from deblur_app.gui.batch.batch_model import BatchModel, BatchRow
    from deblur_app.gui.batch.batch_work import BatchWork
    from deblur_app.gui.batch.review_view import ReviewView


class ReviewSteps(QObject):
    """The order in which photos are shown before and after, and what becomes of the decisions.

    Signals:
        shown: The view shows a photo.
        ended: There is none left to show.
    """

    shown = Signal()
    ended = Signal()

    def __init__(self, work: BatchWork, model: BatchModel, view: ReviewView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._model, self._view = work, model, view
        self._is_review = False
        work.reviewed.connect(self._take_decision)
        view.accepted.connect(lambda name: work.review(name, accepts=True))
        view.rejected.connect(lambda name: work.review(name, accepts=False))
        view.method_chosen.connect(self._change_method)
        view.skipped.connect(self._show_after)
        view.closed.connect(self._end)

    @property
    def doubtful(self) -> list[BatchRow]:
        """The photos whose results somebody should look at."""
        return [row for row in self._model.rows if row.is_doubtful]

    @Slot()
    def start(self) -> None:
        """Show the first of the doubtful results."""
        self._is_review = True
        self._show_after("")

    @Slot(str)
    def show_one(self, name: str) -> None:
        """Show one photo and its result."""
        row = self._model.find(name)
        if row:
            self._is_review = False
            self._show(row, "")

    def _show(self, row: BatchRow, place: str) -> None:
        record, folder = row.record, self._work.folder
        output = find_output(folder, record) if record and folder else None
        doubts = " ".join(tr(DOUBTS.get(doubt, doubt)) for doubt in record.doubts) if record else ""
        words = " · ".join(part for part in (record.diagnosis if record else "", doubts or row.words) if part)
        exists = output is not None and output.is_file()
        is_undecided = record is not None and record.event in {"done", "accepted"}
        can_decide = exists and is_undecided and not self._work.is_busy
        photo = ReviewedPhoto(row.photo.relative, row.photo.path, output if exists else None, words, can_decide)
        self._view.show_photo(photo, place)
        self.shown.emit()

    @Slot(str)
    def _show_after(self, name: str) -> None:
        """Show the next photo after one: in a review the next doubtful one."""
        names = [row.photo.relative for row in self._model.rows]
        place = names.index(name) if name in names else -1
        doubtful = self.doubtful
        later = [
            row
            for row in (doubtful if self._is_review else self._model.rows)
            if names.index(row.photo.relative) > place
        ]
        if not later:
            self._end()
            return
        number = (
            tr("{index} of {count} to look at", index=doubtful.index(later[0]) + 1, count=len(doubtful))
            if self._is_review
            else ""
        )
        self._show(later[0], number)

    @Slot(str, object)
    def _take_decision(self, name: str, record: Record) -> None:
        state: State = "rejected" if record.event == "rejected" else "done"
        self._model.set_state(name, state, record)
        self._work.queue.set_state(name, state)
        if self._view.photo and self._view.photo.name == name and self._view.isVisible():
            self._show_after(name)

    @Slot(str, str)
    def _change_method(self, name: str, method: str) -> None:
        """Let a photo be restored by another method, once the review is over."""
        self._work.queue.find(name).override = Override(method)
        self._work.queue.retry([name])
        self._model.set_own([name], is_own=True)
        self._model.set_state(name, "waiting")
        self._show_after(name)

    @Slot()
    def _end(self) -> None:
        self._is_review = False
        self.ended.emit()
