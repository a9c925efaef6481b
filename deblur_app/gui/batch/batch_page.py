"""The workspace Batch: photos, settings, progress and review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from deblur_app.core.texts import tr, tr_count, tr_later
from deblur_app.gui.batch.batch_bar import BatchBar
from deblur_app.gui.batch.batch_grid import BatchGrid
from deblur_app.gui.batch.batch_model import BatchModel
from deblur_app.gui.batch.batch_panel import BatchPanel
from deblur_app.gui.batch.batch_work import BatchWork
from deblur_app.gui.batch.review_steps import ReviewSteps
from deblur_app.gui.batch.review_view import ReviewView
from deblur_app.gui.batch.unfinished_batch import forget_unfinished
from deblur_app.gui.dialogs import batch_dialogs, dialogs
from deblur_app.gui.first_sight.first_sight import DropArea
from deblur_app.gui.theme import LOOSE, SPACE
from deblur_app.gui.viewer.pane import list_dropped_paths
from deblur_app.gui.widgets.buttons import make_button
from deblur_app.gui.widgets.labels import ElidedLabel
from deblur_app.gui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from deblur_app.core.files.saving_settings import SavingSettings
    from deblur_app.engine.batch.inputs import BatchPhoto
    from deblur_app.engine.batch.journal import Record
    from deblur_app.engine.batch.plan import Plan
    from deblur_app.engine.batch.runner import BatchEvent, BatchSummary
    from deblur_app.engine.batch.settings import Override
    from deblur_app.engine.blend import Blend
    from deblur_app.engine.method import Request
    from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader

_PANEL_WIDTH = 320  # points


class BatchPage(QWidget):
    """All of the workspace.

    Attributes:
        work: The batch itself.
        model: Its photos as they are shown.
        grid: The photos.
        panel: The settings.
        bar: Progress and buttons.
        review: One photo before and after.
        notice: What somebody should know or decide.

    Signals:
        failed: The exception that ended something.
        found_unfinished: There is an earlier batch that can be gone on with.
    """

    failed = Signal(object)
    found_unfinished = Signal()

    def __init__(
        self,
        thumbnails: ThumbnailLoader,
        load_request: Callable[[], tuple[Request, Blend]],
        load_saving: Callable[[], SavingSettings],
    ) -> None:
        """Make the page; for the functions see `BatchPanel`."""
        super().__init__()
        self.setAcceptDrops(True)
        self.work = BatchWork(self)
        self.model = BatchModel(thumbnails)
        self.grid, self.bar, self.notice = BatchGrid(self.model), BatchBar(), Notice(SPACE)
        self.review = ReviewView()
        self.steps = ReviewSteps(self.work, self.model, self.review, self)
        self.panel = BatchPanel(load_request, load_saving)
        self.area = DropArea()
        self._advice = ""
        self._lay_out()
        self._connect_work()
        self._connect_parts()
        self._update()

    # --- layout -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.count = ElidedLabel()
        self.add_photos = make_button(tr("Add photos…"), "image-plus")
        self.add_folder = make_button(tr("Add folder…"), "folder-open")
        head = QHBoxLayout()
        head.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        head.setSpacing(SPACE)
        head.addWidget(self.count, 1)
        head.addWidget(self.add_photos)
        head.addWidget(self.add_folder)
        photos = QWidget()
        column = QVBoxLayout(photos)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        empty = QWidget()
        around = QVBoxLayout(empty)
        around.setContentsMargins(2 * LOOSE, 2 * LOOSE, 2 * LOOSE, 2 * LOOSE)
        around.addWidget(self.area)
        self._pages = QStackedWidget()
        for page in (empty, photos, self.review):
            self._pages.addWidget(page)
        self._empty, self._photos = empty, photos
        left = QFrame()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.notice)
        lines.addWidget(self._pages, 1)
        lines.addWidget(self.bar)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([1000, _PANEL_WIDTH])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect_work(self) -> None:
        work = self.work
        work.listed.connect(self._take_listed)
        work.changed.connect(self._take_event)
        work.progressed.connect(self.bar.show_progress)
        work.busy_changed.connect(self._update)
        work.ended.connect(self._take_end)
        work.failed.connect(self._fail)
        work.settings_changed.connect(self._ask_about_settings)
        work.reviewed.connect(self._update)
        work.unfinished_found.connect(self._offer)

    def _connect_parts(self) -> None:
        for chosen, ask in (
            ((self.area.open_photos, self.add_photos), lambda: dialogs.ask_for_pictures(self, "", self.work.add)),
            ((self.area.open_folder, self.add_folder), lambda: dialogs.ask_for_folder(self, "", self.work.add)),
        ):
            for button in chosen:
                button.clicked.connect(ask)
        self.area.dropped.connect(self.work.add)
        grid, bar, steps = self.grid, self.bar, self.steps
        grid.chosen.connect(lambda names: self.panel.set_selected(len(names)))
        grid.wanted.connect(self.steps.show_one)
        grid.first_wanted.connect(self._restore_next)
        grid.again_wanted.connect(self._restore_again)
        grid.removal_wanted.connect(self._remove)
        grid.moved.connect(self._move)
        self.panel.folder_changed.connect(self._update)
        self.panel.own_changed.connect(self._take_override)
        bar.start_wanted.connect(self.start)
        bar.stop_wanted.connect(self.work.stop)
        bar.pause_wanted.connect(lambda paused: self.work.set_paused(paused=paused))
        bar.retry_wanted.connect(lambda: self._restore_again(self.work.queue.list_in("failed")))
        bar.review_wanted.connect(self.steps.start)
        steps.shown.connect(self._show_review)
        steps.ended.connect(self._end_review)

    def take_over(self, other: BatchPage) -> None:
        """Go on with photos, results and settings of another page, whose batch does not run."""
        self.work.take_over(other.work)
        self.panel.take_over(other.panel)
        self.model.take_over(other.model)
        self.show_photos()

    # --- run --------------------------------------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Begin, or go on; where no folder was chosen, ask for it."""
        if self.panel.folder is None:
            self.panel.ask_for_folder()
            return
        self.show_photos()
        self.work.start(self.panel.make_settings(), self.panel.folder)

    def _ask_about_settings(self) -> None:
        folder = self.panel.folder
        if folder:
            settings = self.panel.make_settings()
            batch_dialogs.ask_about_settings(
                self,
                folder,
                lambda: self.work.start(settings, folder, "redo"),
                lambda: self.work.start(settings, folder, "keep"),
            )

    @Slot(object)
    def _take_event(self, event: BatchEvent) -> None:
        self.model.take_event(event)
        if event.state != "running":
            self._update()

    @Slot(object)
    def _take_end(self, summary: BatchSummary | None) -> None:
        for row in [row for row in self.model.rows if row.state == "running"]:
            self.model.set_state(row.photo.relative, "waiting")
        if summary is None:
            self.bar.say(self._describe(tr("Stopped")), self._share())
            return
        self.bar.say(self._describe(tr("Done")), 1.0)
        if self.panel.reviews.isChecked() and self.steps.doubtful:
            self.steps.start()

    def _describe(self, first: str) -> str:
        queue = self.work.queue
        counts = [
            (queue.count("done") + queue.count("skipped"), tr_later("{count} restored")),
            (queue.count("unblurred"), tr_later("{count} without blur")),
            (queue.count("failed"), tr_later("{count} failed")),
            (queue.count("waiting") + queue.count("running"), tr_later("{count} waiting")),
        ]
        return f"{first}: {', '.join(tr(words, count=count) for count, words in counts if count) or tr('no photos')}"

    def _share(self) -> float:
        queue = self.work.queue
        return 1 - (queue.count("waiting") + queue.count("running")) / max(len(queue), 1)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._update()
        self.failed.emit(error)

    # --- photos -----------------------------------------------------------------------------------------------------

    @Slot(list)
    def _take_listed(self, photos: list[BatchPhoto]) -> None:
        self.model.add(photos)
        if not self.work.is_busy:
            self.bar.say("")
        self.show_photos()

    def _restore_next(self, names: list[str]) -> None:
        self.work.queue.move_first(names)
        self.model.order(self.work.queue.list_waiting())

    def _move(self, names: list[str], step: int) -> None:
        waiting = self.work.queue.list_waiting()
        self.work.queue.move_first(move_names(waiting, names, step))
        self.model.order(self.work.queue.list_waiting())

    def _restore_again(self, names: list[str], override: Override | None = None) -> None:
        for name in self.work.restore_again(names, override):
            self.model.set_state(name, "waiting")
        self._update()

    def _remove(self, names: list[str]) -> None:
        running = set(self.work.queue.list_in("running"))
        gone = [name for name in names if name not in running]
        self.work.remove(gone)
        self.model.remove(gone)
        self.show_photos()

    @Slot(object)
    def _take_override(self, override: Override) -> None:
        names = self.grid.names
        is_own = bool(override.method) or override.strength is not None
        for name in names:
            self.work.queue.find(name).override = override if is_own else None
        self.model.set_own(names, is_own=is_own)
        done = [name for name in names if self.work.queue.find(name).state not in {"waiting", "running"}]
        self._restore_again(done)

    @Slot()
    def _show_review(self) -> None:
        self._pages.setCurrentWidget(self.review)
        self.review.canvas.setFocus()  # its keys decide

    @Slot()
    def _end_review(self) -> None:
        """Show the photos again, and restore those for which another method was chosen."""
        self.show_photos()
        if self.work.queue.count("waiting") and not self.work.is_busy and self.work.folder:
            self.work.start_again()

    def show_photos(self) -> None:
        """Show the photos of the batch, or the invitation to drop some."""
        self._pages.setCurrentWidget(self._photos if self.model.rows else self._empty)
        self._update()

    @Slot()
    def _update(self) -> None:
        queue = self.work.queue
        self.area.draw_icon()
        self.count.setText(tr_count("{count} photos", "1 photo", len(self.model.rows)))
        self.panel.set_running(is_running=self.work.is_busy)
        self.bar.show_state(
            is_running=self.work.is_busy,
            can_start=queue.count("waiting") > 0,
            failed=queue.count("failed"),
            doubtful=len(self.steps.doubtful),
        )
        self._say_what_is_next()

    def _say_what_is_next(self) -> None:
        """Say what is to be done before the batch can begin; what came of one that ran stays."""
        if self.work.is_busy or self.bar.words.text() not in {"", self._advice}:
            return
        if not self.model.rows:
            self._advice = tr("Drop photos and folders, choose a folder for the results, and start")
        elif self.panel.folder is None:
            self._advice = tr("Choose a folder for the results, and start")
        else:
            count = self.work.queue.count("waiting")
            self._advice = tr_count("{count} photos are ready: press Start", "1 photo is ready: press Start", count)
        self.bar.say(self._advice)

    # --- an earlier batch -------------------------------------------------------------------------------------------

    @Slot(object, object)
    def _offer(self, plan: Plan, records: dict[str, Record]) -> None:
        done = sum(record.event in {"done", "unblurred", "accepted", "rejected"} for record in records.values())
        words = tr_count(
            "The batch into “{folder}” was not finished: {count} photos are done.",
            "The batch into “{folder}” was not finished: 1 photo is done.",
            done,
            folder=plan.folder,
        )
        self.notice.tell(words, tr("Go on"), lambda: self._go_on(plan))
        self.notice.close_button.clicked.connect(forget_unfinished)
        self.found_unfinished.emit()

    def _go_on(self, plan: Plan) -> None:
        self.panel.show_settings(plan.settings)
        self.panel.show_folder(plan.folder)
        self.work.take_plan(plan)

    # --- Qt's events ------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept dragged files and folders anywhere."""
        if list_dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add dropped files and folders."""
        event.acceptProposedAction()
        self.work.add(list_dropped_paths(event))

    def finish(self) -> None:
        """End all work and wait for it: for the end of the program."""
        self.review.finish()
        self.work.finish()


def move_names(order: list[str], names: list[str], step: int) -> list[str]:
    """Return names in a new order, in which some of them have moved up (-1) or down (1) by one place."""
    moving, new = set(names), list(order)
    places = range(len(new)) if step < 0 else range(len(new) - 1, -1, -1)
    for place in places:
        other = place + step
        if new[place] in moving and 0 <= other < len(new) and new[other] not in moving:
            new[place], new[other] = new[other], new[place]
    return new
