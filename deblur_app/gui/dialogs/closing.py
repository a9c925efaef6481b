"""Closing the window without losing anything unasked: unsaved results, and work that is going on."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from deblur_app.gui.session import remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deblur_app.gui.main_window import MainWindow
    from deblur_app.gui.session.kept_results import Kept

log = logging.getLogger(__name__)

_MOST_NAMES = 3
"""The most names of unsaved photos in the question; the others are counted."""


class Closing(QObject):
    """The decision whether the window may close, which asks the user where needed and ends what is left."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_decided = False

    @property
    def is_busy(self) -> bool:
        """True if there is work that closing would end."""
        return self._window.session.is_busy or self._window.tabs.is_training

    def allows(self) -> bool:
        """Return whether the window may close now; where not, the user is asked, or the work is being ended."""
        if self._is_decided:
            return not self.is_busy
        unsaved = self._window.session.unsaved
        if not unsaved and not self.is_busy:
            return True
        from deblur_app.gui.dialogs import dialogs

        question = _question(unsaved, is_busy=self.is_busy)
        details = _details(unsaved, is_training=self._window.tabs.is_training)
        save = self.save_and_close if unsaved else None
        dialogs.ask_to_close(self._window, question, details, save, self.close_when_idle)
        return False

    def finish(self) -> None:
        """Remember what the next start needs, and end what is left; whatever fails there, the window closes."""
        window = self._window
        steps: tuple[Callable[[], object], ...] = (
            lambda: remembered.remember(window, window.settings),
            window.tabs.finish,
            window.session.close,
        )
        for do in steps:
            try:
                do()
            except Exception:
                log.exception("Closing the window")

    @Slot()
    def save_and_close(self) -> None:
        """End the work, save what is not saved, and close; where a result cannot be saved, the window stays."""
        self._window.session.cancel()
        self._window.session.save_unsaved(self.close_when_idle)

    @Slot()
    def close_when_idle(self) -> None:
        """End all work, and close as soon as it has ended."""
        window = self._window
        self._is_decided = True
        window.setEnabled(False)  # what is begun now would only be lost
        window.status.say("Stopping the work…")
        window.session.busy_changed.connect(self._close_if_idle)
        window.session.cancel()
        if window.tabs.wizard and window.tabs.is_training:
            window.tabs.wizard.shut_down(self._close_if_idle)
        self._close_if_idle()

    @Slot()
    def _close_if_idle(self) -> None:
        if not self.is_busy:
            self._window.close()


def _question(unsaved: Sequence[Kept], *, is_busy: bool) -> str:
    results = "1 photo has a result that is" if len(unsaved) == 1 else f"{len(unsaved)} photos have results that are"
    if not unsaved:
        return "Deblur is still working. Stop the work and close?"
    if is_busy:
        return f"{results} not saved, and Deblur is still working. Stop the work and close?"
    return f"{results} not saved. Save before closing?"


def _details(unsaved: Sequence[Kept], *, is_training: bool) -> str:
    words = []
    if unsaved:
        names = ", ".join(f"“{kept.photo.name}”" for kept in unsaved[:_MOST_NAMES])
        more = f" and {len(unsaved) - _MOST_NAMES} more" if len(unsaved) > _MOST_NAMES else ""
        words.append(f"{names}{more}. “Save” writes each result beside its photo, as “…_deblurred”.")
    if is_training:
        words.append("A training can be continued after its last whole epoch the next time.")
    return "\n\n".join(words)
