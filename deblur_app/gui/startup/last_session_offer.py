"""The offer at the start: the photos that were open, and results that were not saved when the program crashed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from deblur_app.core.program.crash_reports import CrashReport
    from deblur_app.gui.filmstrip.filmstrip import Filmstrip
    from deblur_app.gui.first_sight.first_sight import FirstSight
    from deblur_app.gui.opening import Opener
    from deblur_app.gui.session.last_session import LastSession
    from deblur_app.gui.session.results.recovery import Leftover
    from deblur_app.gui.session.session import Session


class LastSessionOffer(QObject):
    """One offer for both: a question after a crash, a line on the first page after an end as it should be.

    Signals:
        message: A sentence about what was done.
    """

    message = Signal(str)

    def __init__(
        self, window: QWidget, session: Session, opener: Opener, filmstrip: Filmstrip, first_sight: FirstSight
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._opener = window, session, opener
        self._filmstrip, self._first_sight = filmstrip, first_sight
        self._last: LastSession | None = None
        first_sight.last_session_wanted.connect(self.open_again)

    def offer(self) -> None:
        """Look for what was left, and offer it in one question; that shows the report of a crash too."""
        from deblur_app.core.program.crash_reports import take_reports
        from deblur_app.gui.session import last_session
        from deblur_app.gui.session.results import recovery

        reports = take_reports()
        leftovers, self._last = recovery.find_leftovers(), last_session.take_last_session()
        photos = self._last.find_photos() if self._last else []
        is_crash = self._last is not None and not self._last.is_ended
        if leftovers or (photos and is_crash):
            self._ask(leftovers, len(photos) if is_crash else 0, reports[-1] if reports else None)
            return
        if photos:
            self._first_sight.offer_last_session(len(photos))
        if reports:
            self._show(reports[-1])

    def _show(self, report: CrashReport) -> None:
        from deblur_app.gui.startup.crash_notice import show_report

        show_report(self._window, report)

    def _ask(self, leftovers: Sequence[Leftover], photos: int, report: CrashReport | None) -> None:
        from deblur_app.gui.dialogs import recovering
        from deblur_app.gui.session.results import recovery

        recovering.ask_to_recover(
            self._window,
            [leftover.name for leftover in leftovers],
            photos,
            save=lambda: self._recover(leftovers),
            discard=lambda: recovery.discard(leftovers),
            open_again=self.open_again,
            show_report=partial(self._show, report) if report else None,
        )

    @Slot()
    def open_again(self) -> None:
        """Open the photos that were open, with their marks."""
        last, self._last = self._last, None
        photos = last.find_photos() if last else []
        if not last or not photos:
            return
        self._filmstrip.list_together(photos)
        self._filmstrip.set_marks(picked=map(Path, last.picked), rejected=map(Path, last.rejected))
        current = Path(last.current)
        self._opener.go_to(current if current in photos else photos[0])

    def _recover(self, leftovers: Sequence[Leftover]) -> None:
        from deblur_app.gui.session.results import recovery

        def tell(paths: list[Path]) -> None:
            names = ", ".join(path.name for path in paths)
            self.message.emit(tr("Saved {names} in {folder}", names=names, folder=paths[0].parent))

        self._session.run_separately(recovery.save_leftovers(leftovers), tell)
