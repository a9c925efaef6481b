"""The training wizard: five pages from a folder of photos to a model in use."""

from __future__ import annotations

import functools
import operator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from deblur_app.core.errors import DeblurError
from deblur_app.gui import remembered
from deblur_app.gui.jobs import Job, Jobs
from deblur_app.gui.messages import sentence, show_error
from deblur_app.gui.notice import Notice
from deblur_app.gui.panes import dropped_paths
from deblur_app.gui.training_wizard import wizard_tasks
from deblur_app.gui.training_wizard.pictures_page import PicturesPage
from deblur_app.gui.training_wizard.room import Room
from deblur_app.gui.training_wizard.step_bar import StepBar
from deblur_app.gui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from deblur_app.blur.kinds import Blur
    from deblur_app.core.task import Progress
    from deblur_app.engine.devices import Device
    from deblur_app.gui.doctor_page import DoctorPage
    from deblur_app.gui.training_wizard.model_page import ModelPage
    from deblur_app.gui.training_wizard.result_page import ResultPage
    from deblur_app.gui.training_wizard.settings_page import SettingsPage
    from deblur_app.gui.training_wizard.training_page import TrainingPage
    from deblur_app.gui.training_wizard.training_session import TrainingSession
    from training.config import TrainingConfig
    from training.pairs import Pair, PairList
    from training.registration import Registered
    from training.run import Run

PICTURES, MODEL, SETTINGS, TRAINING, RESULT = range(5)
"""The pages."""

_TITLES = ("Pictures", "Model", "Settings", "Training", "Result")


class TrainingWizard(QWidget):
    """Everything about training. Each page is built when it is first needed, and remembers its answers.

    Attributes:
        session: The trainings themselves, in the background.
        doctor: What is wrong with the pairs; shown in place of page 1.

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
        self._devices: list[Device] = []
        self._photo: Path | None = None
        self._page = PICTURES
        self._followed: list[Any] = []
        self.notice = Notice(margin=self.style().pixelMetric(QStyle.PixelMetric.PM_LayoutLeftMargin))
        self.offer = Notice()
        self.steps = StepBar(_TITLES)
        self._jobs = Jobs(self)
        self._stack = QStackedWidget()
        self._rooms = [Room() for _ in _TITLES]
        self._doctor_room = Room()
        self.back = QPushButton("Bac&k")
        self.next = QPushButton("Ne&xt")
        self.next.setDefault(True)
        self.setAcceptDrops(True)
        self._lay_out()
        self.pictures = PicturesPage()
        self._rooms[PICTURES].fill(self.pictures)
        self._connect()
        self._go(PICTURES)
        self._recall()
        self._jobs.add(Job("unfinished", wizard_tasks.find_unfinished(), self._offer_unfinished))
        self._jobs.add(Job("ahead", wizard_tasks.load_ahead(), lambda _: None))

    # --- its pages --------------------------------------------------------------------------------------------------

    @functools.cached_property
    def model(self) -> ModelPage:
        """Page 2."""
        from deblur_app.gui.training_wizard.model_page import ModelPage

        page = ModelPage()
        page.recall(remembered.answers("model"))
        page.set_source(self.pictures.material.source)
        page.changed.connect(self._update)
        self._rooms[MODEL].fill(page)
        return page

    @functools.cached_property
    def settings(self) -> SettingsPage:
        """Page 3."""
        from deblur_app.gui.training_wizard.settings_page import SettingsPage

        page = SettingsPage()
        page.set_devices(self._devices)
        page.set_network(self.model.network, self.pictures.material.source)
        page.recall(remembered.answers("settings"))
        page.set_photo(there=self._photo is not None)
        page.failed.connect(self._show_error)
        page.save_wanted.connect(self._save_settings)
        page.forecast.wanted.connect(self._forecast)
        self._follow(page.forecast.jobs)
        self._rooms[SETTINGS].fill(page)
        return page

    @functools.cached_property
    def training(self) -> TrainingPage:
        """Page 4."""
        from deblur_app.gui.training_wizard.training_page import TrainingPage

        page = TrainingPage()
        page.pause_wanted.connect(self._pause)
        page.stop_wanted.connect(self._stop_and_keep)
        page.cancel_wanted.connect(self._cancel)
        page.forget_wanted.connect(lambda run: self.session.forget(run))
        self._follow(page.jobs)
        self._rooms[TRAINING].fill(page)
        return page

    @functools.cached_property
    def result(self) -> ResultPage:
        """Page 5."""
        from deblur_app.gui.training_wizard.result_page import ResultPage

        page = ResultPage()
        page.use_wanted.connect(self.model_ready)
        page.export_wanted.connect(self._ask_where_to_export)
        page.compare_wanted.connect(self._compare)
        page.report_wanted.connect(self._write_report)
        page.go_on_wanted.connect(self._go_on)
        page.new_wanted.connect(lambda: self._go(PICTURES))
        page.failed.connect(self._show_error)
        self._follow(page.jobs)
        self._rooms[RESULT].fill(page)
        return page

    @functools.cached_property
    def doctor(self) -> DoctorPage:
        """What is wrong with the pairs."""
        from deblur_app.gui.doctor_page import DoctorPage

        page = DoctorPage()
        page.left.connect(lambda: self._go(PICTURES))
        page.registered.connect(self._take_registered)
        page.cured.connect(self._take_cured)
        page.failed.connect(self._show_error)
        self._follow(page.jobs)
        self._doctor_room.fill(page, scrolled=False)
        return page

    @functools.cached_property
    def session(self) -> TrainingSession:
        """The trainings."""
        from deblur_app.gui.training_wizard.training_session import TrainingSession

        session = TrainingSession(self)
        session.began.connect(self._show_begin)
        session.progressed.connect(self._show_progress)
        session.succeeded.connect(self._show_success)
        session.failed.connect(self._show_failure)
        session.cancelled.connect(self._show_cancelled)
        session.queue_changed.connect(self._show_queue)
        self._follow(session)
        return session

    # --- what it is told --------------------------------------------------------------------------------------------

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices, once the engine knows them."""
        self._devices = devices
        if "settings" in self.__dict__:
            self.settings.set_devices(devices)

    def set_photo(self, photo: Path | None, blur: Blur | None = None, label: str = "") -> None:
        """Tell which photo is open in the window, and which blur was found in it."""
        self._photo = photo
        self.pictures.blur_form.set_found(blur, label)
        if "settings" in self.__dict__:
            self.settings.set_photo(there=photo is not None)

    def is_busy(self) -> bool:
        """Whether there is work in the background that closing would end."""
        return any(work.is_busy for work in self._followed)

    def config(self) -> TrainingConfig:
        """All answers as one configuration.

        Raises:
            DeblurError: A value is out of its range, or the answers do not go together.
        """
        config, material = self.settings.config(), self.pictures.material
        data = config.data
        if material.photos:
            blurs = self.pictures.blur_form.blurs(data.blurs or None)
            data = replace(data, photos=tuple(map(str, material.folders)), blurs=blurs)
        if self.settings.watches_photo and self._photo:
            data = replace(data, watch=str(self._photo))
        network = replace(config.network, start=self.model.start_weights)
        return replace(config, data=data, network=network)

    def start(self, config: TrainingConfig, pairs: list[Pair], run: Run) -> None:
        """Train a network into the folder of `run`, and show it; where another one is trained, it waits for that."""
        busy = self.session.is_busy
        if not busy:
            self._show_training(run)
            self.training.describe(config, len(pairs))
        self.session.start(config, pairs, run)
        if busy:
            self._go(TRAINING)
            self.notice.tell(f"“{run.folder.name}” begins when the trainings before it are done.")

    def resume(self, run: Run) -> None:
        """Go on with a run after its last whole epoch, and show it."""
        if not self.session.is_busy:
            self._show_training(run)
        self.session.resume(run)
        self._go(TRAINING)

    def shut_down(self, then: Callable[[], object]) -> None:
        """End all work without freezing, and call `then` once no thread is left; at once where there is none."""
        self._after_work = then
        self._cancel_all()
        self._follow_work()

    def finish(self) -> None:
        """End the small work, wait for it, and keep the answers: for the end of the program."""
        self._remember()
        for page in ("doctor", "training", "pictures"):
            if page in self.__dict__:
                reader = {"doctor": "pictures", "training": "scrubber.reading", "pictures": "blur_form.samples"}[page]
                operator.attrgetter(reader)(getattr(self, page)).finish()

    def cancel_and_wait(self) -> None:
        """End all work and block until no thread is left: for the end of the program."""
        self._cancel_all()
        self.finish()
        for worker in self.findChildren(Worker):
            worker.wait()

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for room in (*self._rooms, self._doctor_room):
            self._stack.addWidget(room)
        feet = QHBoxLayout()
        feet.addWidget(self.back)
        feet.addStretch(1)
        feet.addWidget(self.next)
        margin = self.style().pixelMetric(QStyle.PixelMetric.PM_LayoutLeftMargin)
        feet.setContentsMargins(margin, 4, margin, 6)
        head = QVBoxLayout()
        head.setContentsMargins(margin, 6, margin, 0)
        head.addWidget(self.steps)
        head.addWidget(self.offer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        layout.addLayout(feet)

    def _connect(self) -> None:
        self.steps.wanted.connect(self._go)
        self.back.clicked.connect(lambda: self._go(PICTURES if self._shows_doctor() else max(self._page - 1, 0)))
        self.next.clicked.connect(self._go_on_from_here)
        self.pictures.changed.connect(self._take_material)
        self.pictures.failed.connect(self._show_error)
        self.pictures.check_wanted.connect(self._check_pairs)
        self._jobs.failed.connect(self._show_error)
        self._follow(self._jobs)
        self._follow(self.pictures.jobs)

    def _follow(self, work: Any) -> None:
        """Count work of a page as the wizard's."""
        self._followed.append(work)
        work.busy_changed.connect(self._follow_work)

    def _recall(self) -> None:
        self.pictures.recall(remembered.answers("pictures"))

    # --- going from page to page ------------------------------------------------------------------------------------

    @Slot(int)
    def _go(self, page: int) -> None:
        """Show a page, built now where it was not yet."""
        self._page = page
        if page == MODEL:
            self.model.set_source(self.pictures.material.source)
        elif page == SETTINGS:
            self.settings.set_network(self.model.network, self.pictures.material.source)
            self.settings.propose_folder()
        elif page == TRAINING:
            self.training.show()
        elif page == RESULT:
            self._show_result(self._finished)
        self._stack.setCurrentWidget(self._rooms[page])
        self._order_tabs()
        self._update()

    @property
    def _finished(self) -> Run | None:
        """The run that came to its end last."""
        return getattr(self, "_last_finished", None)

    @Slot()
    def _go_on_from_here(self) -> None:
        self._remember()
        if self._page == SETTINGS:
            self._start()
        elif self._page < RESULT:
            self._go(self._page + 1)

    @property
    def start_button(self) -> QPushButton:
        """What starts the training, on page 3."""
        return self.next

    @Slot()
    def _update(self) -> None:
        """Bring steps and buttons to what can be done."""
        has_pictures = self.pictures.material.count > 0
        missing = "" if has_pictures else "Choose photos to learn from first"
        for step in (MODEL, SETTINGS):
            self.steps.set_reachable(step, missing)
        has_run = "session" in self.__dict__ and self.session.run is not None
        self.steps.set_reachable(TRAINING, "" if has_run else "No training has begun yet")
        self.steps.show_step(self._page)
        busy = "session" in self.__dict__ and self.session.is_busy
        start = "Be&gin after the others" if busy else "Start trainin&g"
        self.next.setText(start if self._page == SETTINGS else "Ne&xt")
        self.next.setVisible(self._page != RESULT and not self._shows_doctor())
        self.next.setEnabled(has_pictures or self._page >= TRAINING)
        self.next.setToolTip(missing if self._page < TRAINING else "")
        self.back.setEnabled(self._page > PICTURES or self._shows_doctor())

    def _shows_doctor(self) -> bool:
        return self._stack.currentWidget() is self._doctor_room

    def _order_tabs(self) -> None:
        """Tab goes from top to bottom."""
        notices = [control for notice in (self.offer, self.notice) for control in (notice.button, notice.close_button)]
        page = self.__dict__.get(("pictures", "model", "settings", "training", "result")[self._page])
        inside = page.controls if page else []
        order = [*self.steps.buttons, *notices, *inside, self.back, self.next]
        for control, following in pairwise(order):
            QWidget.setTabOrder(control, following)

    def _remember(self) -> None:
        """Keep the answers of the pages for the next time."""
        remembered.remember_answers("pictures", self.pictures.answers())
        for name in ("model", "settings"):
            if name in self.__dict__:
                remembered.remember_answers(name, getattr(self, name).answers())

    # --- what the user does -----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome folders; photos are left to the window."""
        paths = dropped_paths(event)
        if paths and all(path.is_dir() for path in paths):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look for photos in the dropped folders."""
        event.acceptProposedAction()
        self.notice.hide()
        self._go(PICTURES)
        self.pictures.take(dropped_paths(event))

    @Slot()
    def _take_material(self) -> None:
        self.notice.hide()  # what was wrong with the choice before
        if "model" in self.__dict__:
            self.model.set_source(self.pictures.material.source)
        self._update()

    @Slot()
    def _start(self) -> None:
        from training.run import Run

        self.notice.hide()
        try:
            config = self.config()
        except DeblurError as error:
            self._show_error(error)
            return
        self.start(config, self.pictures.pairs.pairs, Run(self.settings.run_folder()))

    @Slot()
    def _forecast(self) -> None:
        try:
            config = self.config()
        except DeblurError as error:
            self._show_error(error)
            return
        self.settings.forecast.measure(
            wizard_tasks.measured(config, self.pictures.pairs.pairs, self.settings.run_folder())
        )

    @Slot(object)
    def _save_settings(self, path: Path) -> None:
        from training.config import write_config

        try:
            write_config(self.config(), path)
        except DeblurError as error:
            self._show_error(error)
            return
        self.notice.tell(f"The settings are in {path}. Train with them by: deblur-train run {path.name} --out FOLDER")

    @Slot()
    def _check_pairs(self) -> None:
        self.notice.hide()
        self.doctor.examine(self.pictures.pairs, self.pictures.folders[0])
        self._stack.setCurrentWidget(self._doctor_room)
        self._update()

    @Slot(object)
    def _take_registered(self, registered: Registered) -> None:
        """Train on the registered pairs from now on."""
        from deblur_app.gui.doctor_page import summary_of

        self._go(PICTURES)
        self.pictures.take([registered.folder])
        self.offer.tell(summary_of(registered))  # the notice closes when the pairs are read

    @Slot(object)
    def _take_cured(self, pairs: PairList) -> None:
        self.pictures.take_pairs(pairs)

    @Slot(bool)
    def _pause(self, paused: bool) -> None:
        if paused:
            self.session.pause()
        else:
            self.session.unpause()

    @Slot()
    def _stop_and_keep(self) -> None:
        self.training.show_ending("Stopping after this batch, and keeping the best epoch…")
        self.session.stop_and_keep()

    @Slot()
    def _cancel(self) -> None:
        self.training.show_ending("Cancelling after this batch…")
        self.session.cancel()

    @Slot(object, int)
    def _go_on(self, run: Run, epochs: int) -> None:
        from training.results import extend

        try:
            extend(run, epochs)
        except DeblurError as error:
            self._show_error(error)
            return
        self.resume(run)

    @Slot(object)
    def _write_report(self, run: Run) -> None:
        self.notice.tell("Writing the report…")
        self._jobs.add(Job("report", wizard_tasks.report(run), self._open_report))

    @Slot(object)
    def _ask_where_to_export(self, run: Run) -> None:
        dialog = QFileDialog(self, "Export the model", filter="Models of Deblur (*.deblur)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("deblur")
        dialog.selectFile(str(Path.home() / f"{self.result.name.text().strip() or run.folder.name}.deblur"))
        dialog.fileSelected.connect(lambda name: self.export(run, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, run: Run, target: Path) -> None:
        """Write the model of a run into one file."""
        self.notice.tell("Writing the file…")
        told = lambda _: self.notice.tell(f"The model is in {target}. Dropped on a window of Deblur, it is installed.")  # noqa: E731
        self._jobs.add(Job("export", wizard_tasks.export(run, target), told))

    @Slot(object)
    def _compare(self, run: Run) -> None:
        from deblur_app.gui.training_wizard.run_comparison import RunComparison
        from training.run_list import runs_folder

        RunComparison(runs_folder(), run, self).show()

    # --- what the work says -----------------------------------------------------------------------------------------

    @Slot(object)
    def _show_begin(self, run: Run) -> None:
        """A run begins, perhaps after another one."""
        if self.training.run != run:
            self.training.begin(run)
            self._read_settings_of(run)

    def _read_settings_of(self, run: Run) -> None:
        self.training.title.setToolTip(str(run.folder))

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        self.training.show_progress(progress)
        if preview := getattr(progress, "preview", None):
            self.preview_ready.emit(preview)

    @Slot(object)
    def _show_success(self, run: Run) -> None:
        latest, best = self.training.latest, self.training.best
        words = f"Done after {latest.epoch} epochs" if latest else "Done"
        kept = f", and epoch {best.epoch}, the best, is kept" if best else ""
        self.training.show_end(f"{words}{kept}. The model is in {run.folder}.", has_model=True)
        self._last_finished = run
        if self._page == TRAINING and not self.session.waiting:
            self._go(RESULT)
        else:
            self.notice.tell(f"“{run.folder.name}” is done.", "Show its result", lambda: self._go(RESULT))

    @Slot(object)
    def _show_failure(self, error: Exception) -> None:
        run = self.session.run
        if run and wizard_tasks.has_checkpoint(run):
            self.training.show_end("The training ended with an error.", has_model=False)
            self.notice.warn(sentence(error), "Continue that training", lambda: self.resume(run))
        else:
            self._go(SETTINGS)
            self.notice.warn(sentence(error))
        if not isinstance(error, DeblurError):
            show_error(self, error)

    @Slot()
    def _show_cancelled(self) -> None:
        run, latest = self.session.run, self.training.latest
        if run is None:
            return
        if not wizard_tasks.has_begun(run):
            self._go(SETTINGS)
            self.notice.tell("The training was cancelled before it began. Nothing was written.")
            return
        done = f"after epoch {latest.epoch}" if latest else "before the first epoch was done"
        self.training.show_end(f"Cancelled {done}.", has_model=False)
        self.notice.tell(
            f"The training was cancelled {done}. It is kept in {run.folder} and can go on from there.",
            "Continue that training",
            lambda: self.resume(run),
        )

    @Slot()
    def _show_queue(self) -> None:
        self.training.queue.show_waiting(self.session.waiting)
        self._update()

    @Slot(object)
    def _show_error(self, error: Exception) -> None:
        self.notice.warn(sentence(error))
        if not isinstance(error, DeblurError):
            show_error(self, error)

    def _offer_unfinished(self, found: tuple[Run, int, int] | None) -> None:
        if found is None or ("session" in self.__dict__ and self.session.is_busy):
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
        self.training.begin(run)
        self._go(TRAINING)

    def _show_result(self, run: Run | None) -> None:
        from training.run_list import runs_folder

        self.result.show_runs(runs_folder(), run)

    def _cancel_all(self) -> None:
        for work in self._followed:
            if hasattr(work, "forget_all"):
                work.forget_all()
            work.cancel()

    @Slot()
    def _follow_work(self) -> None:
        busy = self.is_busy()
        if busy != self._was_busy:
            self._was_busy = busy
            self.busy_changed.emit(busy)
        self._update()
        if not busy and self._after_work:
            then, self._after_work = self._after_work, None
            then()
