"""Closing the window without losing anything unasked: unsaved results, and work that is going on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.texts import tr, tr_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from deblur_app.core.files.saving_settings import SavingSettings
    from deblur_app.gui.session.results.kept_result import KeptResult
    from deblur_app.gui.session.session import Session

log = logging.getLogger(__name__)

_MOST_NAMES = 3
"""The most names of unsaved photos in the question; the others are counted."""


class Worker(Protocol):
    """A part of the window that may have work of its own, beside that on the open photo."""

    @property
    def work_to_lose(self) -> str:
        """A sentence about the work that closing would end; "" where there is none."""

    def shut_down(self, follow: Callable[[], object]) -> None:
        """End the work, where some goes on, and call `follow` when it has ended; returns at once."""

    def finish(self) -> None:
        """End the small work and wait for it."""


class Closing(QObject):
    """The decision whether a window may close, which asks the user where needed and ends what is left.

    Signals:
        message: A sentence about what goes on.
    """

    message = Signal(str)

    def __init__(
        self, window: QWidget, session: Session, workers: Sequence[Worker], remember: Callable[[], object]
    ) -> None:
        """Decide for `window`, with the work of `session` and `workers`; `remember` keeps what the next start needs."""
        super().__init__(window)
        self._window, self._session, self._workers, self._remember = window, session, workers, remember
        self._is_decided = False

    @property
    def is_busy(self) -> bool:
        """True if there is work that closing would end."""
        return self._session.is_busy or any(worker.work_to_lose for worker in self._workers)

    def allows(self) -> bool:
        """Return whether the window may close now; where not, the user is asked, or the work is being ended."""
        if self._is_decided:
            return not self.is_busy
        unsaved = self._session.unsaved_results
        if not unsaved and not self.is_busy:
            return True
        from deblur_app.gui.dialogs import dialogs

        question = _question(unsaved, is_busy=self.is_busy)
        details = _details(unsaved, self._session.load_saving(), [each.work_to_lose for each in self._workers])
        save = self.save_and_close if unsaved else None
        dialogs.ask_to_close(self._window, question, details, save, self.close_when_idle)
        return False

    def finish(self) -> None:
        """Remember what the next start needs, and end what is left; whatever fails there, the window closes."""
        for do in (self._remember, *(worker.finish for worker in self._workers), self._session.close):
            try:
                do()
            except Exception:
                log.exception("Closing the window")

    @Slot()
    def save_and_close(self) -> None:
        """End the work, save what is not saved, and close; where a result cannot be saved, the window stays."""
        self._session.cancel()
        self._session.save_unsaved(self.close_when_idle)

    @Slot()
    def close_when_idle(self) -> None:
        """End all work, and close as soon as it has ended."""
        self._is_decided = True
        self._window.setEnabled(False)  # what is begun now would only be lost
        self.message.emit(tr("Stopping the work…"))
        self._session.busy_changed.connect(self._close_if_idle)
        self._session.cancel()
        for worker in self._workers:
            worker.shut_down(self._close_if_idle)
        self._close_if_idle()

    @Slot()
    def _close_if_idle(self) -> None:
        if not self.is_busy:
            self._window.close()


def _question(unsaved: Sequence[KeptResult], *, is_busy: bool) -> str:
    if not unsaved:
        return tr("Deblur is still working. Stop the work and close?")
    if is_busy:
        return tr_count(
            "{count} photos have results that are not saved, and Deblur is still working. Stop the work and close?",
            "1 photo has a result that is not saved, and Deblur is still working. Stop the work and close?",
            len(unsaved),
        )
    return tr_count(
        "{count} photos have results that are not saved. Save before closing?",
        "1 photo has a result that is not saved. Save before closing?",
        len(unsaved),
    )


def _details(unsaved: Sequence[KeptResult], saving: SavingSettings, work: Sequence[str]) -> str:
    words = []
    if unsaved:
        names = ", ".join(f"“{result.photo.name}”" for result in unsaved[:_MOST_NAMES])
        if len(unsaved) > _MOST_NAMES:
            names = tr("{names} and {count} more", names=names, count=len(unsaved) - _MOST_NAMES)
        pattern = saving.pattern.replace("{name}", "…")
        words.append(
            tr(
                "{names}. “Save” writes each result into “{folder}”, as “{pattern}”.",
                names=names,
                folder=saving.folder,
                pattern=pattern,
            )
            if saving.folder
            else tr(
                "{names}. “Save” writes each result beside its photo, as “{pattern}”.", names=names, pattern=pattern
            )
        )
    return "\n\n".join([*words, *filter(None, work)])
