"""Training in the window: choose photos, set it up, watch it, use the result."""

from __future__ import annotations

import importlib.util
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QFont
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QStackedWidget, QStyle, QVBoxLayout, QWidget

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress
from deblur_app.gui.doctor_page import DoctorPage, summary_of
from deblur_app.gui.jobs import Job, Jobs
from deblur_app.gui.messages import sentence, show_error
from deblur_app.gui.notice import Notice
from deblur_app.gui.panes import dropped_paths
from deblur_app.gui.training_data import DataChooser
from deblur_app.gui.training_session import TrainingSession
from deblur_app.gui.training_settings import SettingsForm, runs_folder
from deblur_app.gui.training_view import TrainingView
from deblur_app.gui.worker import Worker
from training.run import Run
from training.trainer import TrainingProgress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device
    from training.config import TrainingConfig
    from training.pairs import Pair
    from training.registration import Registered

_SETUP_WIDTH = 620
"""Widest the settings get, in pixels: longer lines are hard to read."""


class TrainingPanel(QWidget):
    """Everything about training: a page with the settings, and a page that shows the training.

    Attributes:
        data: What to train on.
        settings: How to train.
        view: The training as it goes.
        doctor: What is wrong with the pairs.
        session: The training itself, in the background.

    Signals:
        preview_ready: A `Preview` of a validation pair, after each epoch.
        model_ready: The path of the card of a model that the user wants to use.
        busy_changed: Whether there is work that closing would end.
    """

    preview_ready = Signal(object)
    model_ready = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._was_busy = False
        self._after_work: Callable[[], object] | None = None
        self.notice = Notice(margin=self.style().pixelMetric(QStyle.PixelMetric.PM_LayoutLeftMargin))
        self.offer = Notice()
        self.data = DataChooser()
        self.settings = SettingsForm()
        self.view = TrainingView()
        self.session = TrainingSession(self)
        self._jobs = Jobs(self)
        self.start_button = QPushButton("Start trainin&g")
        self.doctor = DoctorPage()
        self._pages = QStackedWidget()
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._allow_start()
        self._jobs.add(Job("unfinished", _find_unfinished(runs_folder()), self._offer_unfinished))

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices, once the engine knows them."""
        self.settings.set_devices(devices)

    def is_busy(self) -> bool:
        """Whether there is work in the background that closing would end."""
        return self.session.is_busy or any(jobs.is_busy for jobs in (self._jobs, self.data.jobs, self.doctor.jobs))

    def start(self, config: TrainingConfig, pairs: list[Pair], run: Run) -> None:
        """Train a network on `pairs` into the folder of `run`, and show it."""
        self._show_training(run)
        self.view.describe(config, len(pairs))
        self.session.start(config, pairs, run)

    def resume(self, run: Run) -> None:
        """Go on with a run after its last whole epoch, and show it."""
        self._show_training(run)
        self.session.resume(run)

    def shut_down(self, then: Callable[[], object]) -> None:
        """End all work without freezing, and call `then` once no thread is left; at once where there is none."""
        self._after_work = then
        self._cancel_all()
        self._follow_work()

    def cancel_and_wait(self) -> None:
        """End all work and block until no thread is left: for the end of the program."""
        self._cancel_all()
        for worker in self.findChildren(Worker):
            worker.wait()

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        setup = QWidget()
        setup.setMaximumWidth(_SETUP_WIDTH)
        page = QVBoxLayout(setup)
        page.addWidget(self.offer)
        page.addWidget(_heading("Photos to learn from"))
        page.addWidget(self.data)
        page.addSpacing(12)
        page.addWidget(_heading("Settings"))
        page.addWidget(self.settings)
        page.addSpacing(12)
        page.addWidget(self.start_button)
        page.addStretch(1)
        self._pages.addWidget(_scrolled(setup))
        self._pages.addWidget(_scrolled(self.view))
        self._pages.addWidget(self.doctor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self._pages, 1)
        notices = [control for notice in (self.notice, self.offer) for control in (notice.button, notice.close_button)]
        order = [
            *notices,
            *self.data.controls,
            *self.settings.controls,
            self.start_button,
            *self.view.controls,
            *self.doctor.controls,
        ]
        for control, following in pairwise(order):
            QWidget.setTabOrder(control, following)

    def _connect(self) -> None:
        self.data.changed.connect(self._allow_start)
        self.data.failed.connect(self._show_error)
        self._jobs.failed.connect(self._show_error)
        self.start_button.clicked.connect(self._start)
        session, view = self.session, self.view
        session.progressed.connect(self._show_progress)
        session.succeeded.connect(self._show_success)
        session.failed.connect(self._show_failure)
        session.cancelled.connect(self._show_cancelled)
        self.data.check_wanted.connect(self._check_pairs)
        self.doctor.left.connect(self._show_setup)
        self.doctor.registered.connect(self._take_registered)
        self.doctor.failed.connect(self._show_error)
        for work in (session, self._jobs, self.data.jobs, self.doctor.jobs):
            work.busy_changed.connect(self._follow_work)
        view.pause_wanted.connect(self._pause)
        view.stop_wanted.connect(self._stop_and_keep)
        view.cancel_wanted.connect(self._cancel)
        view.use_wanted.connect(self._use_model)
        view.report_wanted.connect(self._write_report)
        view.new_wanted.connect(self._show_setup)
        view.report.setEnabled(importlib.util.find_spec("training.report") is not None)

    # --- what the user does -----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome folders; photos are left to the window."""
        paths = dropped_paths(event)
        if paths and all(path.is_dir() for path in paths) and not self.session.is_busy:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look for pairs in the dropped folders."""
        event.acceptProposedAction()
        self._show_setup()
        self.data.take(dropped_paths(event))

    @Slot()
    def _start(self) -> None:
        self.notice.hide()
        try:
            config = self.settings.config()
        except DeblurError as error:
            self._show_error(error)
            return
        self.start(config, self.data.pairs.pairs, Run(self.settings.run_folder()))

    @Slot()
    def _check_pairs(self) -> None:
        self.notice.hide()
        self._pages.setCurrentWidget(self.doctor)
        self.doctor.examine(self.data.pairs, self.data.folders[0])

    @Slot(object)
    def _take_registered(self, registered: Registered) -> None:
        """Train on the registered pairs from now on."""
        self._show_setup()
        self.data.take([registered.folder])
        self.offer.tell(summary_of(registered))  # the notice closes when the pairs are read

    @Slot(bool)
    def _pause(self, paused: bool) -> None:
        if paused:
            self.session.pause()
        else:
            self.session.unpause()

    @Slot()
    def _stop_and_keep(self) -> None:
        self.view.show_ending("Stopping after this batch, and keeping the best epoch…")
        self.session.stop_and_keep()

    @Slot()
    def _cancel(self) -> None:
        self.view.show_ending("Cancelling after this batch…")
        self.session.cancel()

    @Slot()
    def _use_model(self) -> None:
        if self.session.run:
            self.model_ready.emit(self.session.run.card)

    @Slot()
    def _write_report(self) -> None:
        if self.session.run:
            self.notice.tell("Writing the report…")
            self._jobs.replace(Job("report", _report(self.session.run), self._open_report))

    @Slot()
    def _show_setup(self) -> None:
        self.notice.hide()
        self.settings.propose_folder()
        self._pages.setCurrentIndex(0)

    # --- what the work says -----------------------------------------------------------------------------------------

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        self.view.show_progress(progress)
        if isinstance(progress, TrainingProgress) and progress.preview:
            self.preview_ready.emit(progress.preview)

    @Slot(object)
    def _show_success(self, run: Run) -> None:
        latest, best = self.view.latest, self.view.best
        words = f"Done after {latest.epoch} epochs" if latest else "Done"
        kept = f", and epoch {best.epoch}, the best, is kept" if best else ""
        self.view.show_end(f"{words}{kept}. The model is in {run.folder}.", has_model=True)
        self.view.use.setFocus()

    @Slot(object)
    def _show_failure(self, error: Exception) -> None:
        run = self.session.run
        if run and _has_checkpoint(run):
            self.view.show_end("The training ended with an error.", has_model=False)
            self.notice.warn(sentence(error), "Continue that training", lambda: self.resume(run))
        else:
            self._show_setup()
            self.notice.warn(sentence(error))
        if not isinstance(error, DeblurError):
            show_error(self, error)

    @Slot()
    def _show_cancelled(self) -> None:
        run, latest = self.session.run, self.view.latest
        if run is None:
            return
        if not _has_begun(run):
            self._show_setup()
            self.notice.tell("The training was cancelled before it began. Nothing was written.")
            return
        done = f"after epoch {latest.epoch}" if latest else "before the first epoch was done"
        self.view.show_end(f"Cancelled {done}.", has_model=False)
        self.notice.tell(
            f"The training was cancelled {done}. It is kept in {run.folder} and can go on from there.",
            "Continue that training",
            lambda: self.resume(run),
        )

    @Slot(object)
    def _show_error(self, error: Exception) -> None:
        self.notice.warn(sentence(error))
        if not isinstance(error, DeblurError):
            show_error(self, error)

    @Slot()
    def _allow_start(self) -> None:
        ready = bool(self.data.pairs.pairs)
        if ready:
            self.notice.hide()  # what was wrong with the choice before
        self.start_button.setEnabled(ready)
        self.start_button.setToolTip("" if ready else "Choose photos to learn from first")

    def _offer_unfinished(self, found: tuple[Run, int, int] | None) -> None:
        if found is None or self.session.is_busy:
            return
        run, done, epochs = found
        self.offer.tell(
            f"The training “{run.folder.name}” was not finished: {done} of {epochs} epochs are done.",
            "Continue the unfinished training",
            lambda: self.resume(run),
        )

    def _open_report(self, path: Path) -> None:
        self.notice.tell(f"The report is {path}.")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _show_training(self, run: Run) -> None:
        self.notice.hide()
        self.offer.hide()
        self.view.begin(f"Training “{run.folder.name}”")
        self._pages.setCurrentIndex(1)

    def _cancel_all(self) -> None:
        self.session.cancel()
        self._jobs.cancel()
        self.data.jobs.cancel()
        self.doctor.jobs.cancel()

    @Slot()
    def _follow_work(self) -> None:
        busy = self.is_busy()
        if busy != self._was_busy:
            self._was_busy = busy
            self.busy_changed.emit(busy)
        if not busy and self._after_work:
            then, self._after_work = self._after_work, None
            then()


def _find_unfinished(folder: Path) -> Task[tuple[Run, int, int] | None]:
    """The newest run in `folder` with its finished and wanted epochs, if it has no model yet and can be continued."""
    yield Progress(0.0, "Looking for unfinished trainings")
    runs = [Run(path.parent) for path in folder.glob("*/config.toml")]
    if not runs:
        return None
    newest = max(runs, key=lambda run: (run.folder.stat().st_mtime, run.folder.name))
    if newest.card.exists() or not _has_checkpoint(newest):
        return None
    try:
        return newest, len(newest.events("epoch")), newest.config.epochs
    except DeblurError:  # its settings are broken: there is nothing to offer
        return None


def _has_begun(run: Run) -> bool:
    return (run.folder / "config.toml").exists()


def _has_checkpoint(run: Run) -> bool:
    return (run.folder / "checkpoint.npz").exists()


def _report(run: Run) -> Task[Path]:
    from training.report import write_report

    return (yield from write_report(run))


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 1.15)
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area
