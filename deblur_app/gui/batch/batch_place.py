"""The place of the workspace Batch in the window: its page is built when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.batch.unfinished_batch import find_unfinished
from deblur_app.gui.shell.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from deblur_app.core.files.saving_settings import SavingSettings
    from deblur_app.gui.batch.batch_page import BatchPage
    from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
    from deblur_app.gui.session.session import Session


class BatchPlace(QWidget):
    """The batch over the whole window.

    Attributes:
        page: The page; None until it is first shown.

    Signals:
        failed: The exception that ended something.
        workspace_wanted: The workspace shall be shown: an earlier batch can be gone on with.
        busy_changed: Whether a batch runs.
        progressed: A `Progress` of the batch.
    """

    failed = Signal(object)
    busy_changed = Signal(bool)
    progressed = Signal(object)
    workspace_wanted = Signal(object)

    def __init__(
        self, session: Session, thumbnails: ThumbnailLoader, load_saving: Callable[[], SavingSettings]
    ) -> None:
        """Make the place; the page takes settings from the photo that is open in `session`."""
        super().__init__()
        self._session, self._thumbnails, self._load_saving = session, thumbnails, load_saving
        self.page: BatchPage | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Build the page, where it is shown for the first time."""
        self.build()
        super().showEvent(event)

    def build(self) -> BatchPage:
        """Return the page, built now where it was not yet."""
        if self.page is None:
            from deblur_app.gui.batch.batch_page import BatchPage

            session = self._session
            self.page = BatchPage(self._thumbnails, lambda: (session.request, session.blend), self._load_saving)
            self.page.failed.connect(self.failed)
            self.page.work.busy_changed.connect(self.busy_changed)
            self.page.work.progressed.connect(self.progressed)
            self.page.found_unfinished.connect(self.ask_for_workspace)
            self.layout().addWidget(self.page)  # type: ignore[union-attr] # it has one
        return self.page

    @Slot()
    def ask_for_workspace(self) -> None:
        """Ask the window to show the workspace."""
        self.workspace_wanted.emit(Workspace.BATCH)

    def take_over(self, other: BatchPlace) -> None:
        """Show the batch of another place, which does not run."""
        if other.page and other.page.model.rows:
            self.build().take_over(other.page)

    def look_for_unfinished(self) -> None:
        """Offer to go on with a batch that an earlier start of the program has not finished."""
        if find_unfinished():
            self.build().work.look_for_unfinished()

    @property
    def work_to_lose(self) -> str:
        """What closing would end; "" where no batch runs."""
        is_running = self.page is not None and self.page.work.is_busy
        return tr("The batch can be continued next time.") if is_running else ""

    def shut_down(self, follow: Callable[[], object]) -> None:
        """End the batch, where one runs, and call `follow` when it has ended; returns at once."""
        if self.page and self.work_to_lose:
            self.page.work.shut_down(follow)

    def finish(self) -> None:
        """End all work and wait for it: for the end of the program."""
        if self.page:
            self.page.finish()
