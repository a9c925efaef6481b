"""The training wizard: five pages from a folder of photos to a model in use."""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from deblur_app.core.errors import DeblurError
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.background.worker import Worker
from deblur_app.gui.dialogs.messages import sentence, show_error
from deblur_app.gui.training_wizard import wizard_tasks
from deblur_app.gui.training_wizard.answers import WizardAnswers
from deblur_app.gui.training_wizard.followed_work import FollowedWork
from deblur_app.gui.training_wizard.page_builder import MODEL, PICTURES, RESULT, SETTINGS, TRAINING, PageBuilder
from deblur_app.gui.training_wizard.pages.pictures_page import PicturesPage
from deblur_app.gui.training_wizard.pair_check import PairCheck
from deblur_app.gui.training_wizard.run_exports import RunExports
from deblur_app.gui.training_wizard.training_control import TrainingControl
from deblur_app.gui.training_wizard.wizard_frame import WizardFrame
from deblur_app.gui.viewer.pane import list_dropped_paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QPushButton

    from deblur_app.blur.kinds import Blur
    from deblur_app.engine.devices import Device
    from deblur_app.gui.training_wizard.pages.doctor_page import DoctorPage
    from deblur_app.gui.training_wizard.pages.model_page import ModelPage
    from deblur_app.gui.training_wizard.pages.result_page import ResultPage
    from deblur_app.gui.training_wizard.pages.settings_page import SettingsPage
    from deblur_app.gui.training_wizard.pages.training_page import TrainingPage
    from deblur_app.gui.training_wizard.training_session import TrainingSession
    from training.config.config import TrainingConfig
    from training.data.pairs import Pair
    from training.runs.run import Run


class TrainingWizard(QWidget):
    """The wizard of five pages. Each page is built when it is first needed, and remembers its answers.

    The wizard holds its pages, and goes from one to the other. What they ask for is done by its parts, which find
    here the pages that they need.

    Attributes:
        session: The trainings themselves, in the background.
        doctor: The page of the pair doctor; shown in place of page 1.
        devices: The devices that can be trained on, once the engine knows them.
        photo: The photo that is open in the window.
        work: All that goes on in the background.
        answers: The choices on all pages, taken together.
        control: Begins trainings and shows what they say.
        deliveries: The reports, files and comparisons of runs.
        pair_check: The link between page 1 and the doctor.

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
        self.devices: list[Device] = []
        self.photo: Path | None = None
        self._page = PICTURES
        self._frame = frame = WizardFrame(self)
        self.notice, self.offer, self.steps = frame.notice, frame.offer, frame.steps
        self.back, self.next, self._rooms = frame.back, frame.next, frame.rooms
        self._jobs = TaskQueue(self)
        self.work = FollowedWork(self)
        self.answers = WizardAnswers(self)
        self.control = TrainingControl(self)
        self.deliveries = RunExports(self, self._jobs)
        self.pair_check = PairCheck(self)
        self._builder = PageBuilder(self, frame.rooms, frame.doctor_room)
        self.setAcceptDrops(True)
        self.pictures = PicturesPage()
        self._rooms[PICTURES].fill(self.pictures)
        self._connect()
        self._go(PICTURES)
        self.answers.recall()
        self._jobs.add(QueuedTask("unfinished", wizard_tasks.find_unfinished(), self.control.offer_unfinished))
        self._jobs.add(QueuedTask("ahead", wizard_tasks.load_ahead(), lambda _: None))

    # --- its pages --------------------------------------------------------------------------------------------------

    @functools.cached_property
    def model(self) -> ModelPage:
        """Page 2."""
        return self._builder.model()

    @functools.cached_property
    def settings(self) -> SettingsPage:
        """Page 3."""
        return self._builder.settings()

    @functools.cached_property
    def training(self) -> TrainingPage:
        """Page 4."""
        return self._builder.training()

    @functools.cached_property
    def result(self) -> ResultPage:
        """Page 5."""
        return self._builder.result()

    @functools.cached_property
    def doctor(self) -> DoctorPage:
        """The page of the pair doctor."""
        return self._builder.doctor()

    @functools.cached_property
    def session(self) -> TrainingSession:
        """The trainings."""
        return self._builder.session()

    # --- what it is told --------------------------------------------------------------------------------------------

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices, once the engine knows them."""
        self.devices = devices
        if "settings" in self.__dict__:
            self.settings.set_devices(devices)

    def set_photo(self, photo: Path | None, blur: Blur | None = None, label: str = "") -> None:
        """Set the photo that is open in the window, and the blur that was found in it."""
        self.photo = photo
        self.pictures.blur_form.set_found(blur, label)
        if "settings" in self.__dict__:
            self.settings.set_photo(there=photo is not None)

    def is_busy(self) -> bool:
        """Return whether there is work in the background that closing would end."""
        return self.work.is_busy

    def config(self) -> TrainingConfig:
        """Return all answers as one configuration.

        Raises:
            DeblurError: A value is out of its range, or the answers do not go together.
        """
        return self.answers.config()

    def start(self, config: TrainingConfig, pairs: list[Pair], run: Run) -> None:
        """Train a network into the folder of `run`, and show it; where another one is trained, it waits for that."""
        self.control.start(config, pairs, run)

    def resume(self, run: Run) -> None:
        """Go on with a run after its last whole epoch, and show it."""
        self.control.resume(run)

    def export(self, run: Run, target: Path) -> None:
        """Write the model of a run into one file."""
        self.deliveries.export(run, target)

    def shut_down(self, then: Callable[[], object]) -> None:
        """End all work without freezing, and call `then` once no thread is left; at once where there is none."""
        self.work.end(then)

    def finish(self) -> None:
        """End the small work, wait for it, and keep the answers: for the end of the program."""
        self.answers.remember()
        for page in ("doctor", "training", "pictures"):
            if page in self.__dict__:
                reader = {"doctor": "pictures", "training": "scrubber.reading", "pictures": "blur_form.samples"}[page]
                operator.attrgetter(reader)(getattr(self, page)).finish()

    def cancel_and_wait(self) -> None:
        """End all work and block until no thread is left: for the end of the program."""
        self.work.cancel()
        self.finish()
        for worker in self.findChildren(Worker):
            worker.wait()

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
            self._show_result()
        self._frame.show_page(page)
        seen = self.__dict__.get(("pictures", "model", "settings", "training", "result")[page])
        self._frame.order_tabs(seen.controls if seen else [])
        self._update()

    @Slot()
    def _go_on_from_here(self) -> None:
        self.answers.remember()
        if self._page == SETTINGS:
            self.answers.train()
        elif self._page < RESULT:
            self._go(self._page + 1)

    @property
    def start_button(self) -> QPushButton:
        """The button that starts the training, on page 3."""
        return self.next

    @property
    def shows_training(self) -> bool:
        """True if page 4 is the one that is shown."""
        return self._page == TRAINING

    @Slot()
    def _update(self) -> None:
        """Update steps and buttons to what can be done."""
        has_session = "session" in self.__dict__
        self._frame.show_ways(
            self._page,
            has_pictures=self.pictures.material.count > 0,
            has_run=has_session and self.session.run is not None,
            is_training=has_session and self.session.is_busy,
        )

    @Slot()
    def _show_doctor(self) -> None:
        self._frame.show_doctor()
        self._update()

    def _show_result(self) -> None:
        from training.runs.run_list import runs_folder

        self.result.show_runs(runs_folder(), self.control.last_finished)

    # --- what the user does -----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept dragged folders; photos are left to the window."""
        paths = list_dropped_paths(event)
        if paths and all(path.is_dir() for path in paths):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look for photos in the dropped folders."""
        event.acceptProposedAction()
        self.notice.hide()
        self._go(PICTURES)
        self.pictures.take(list_dropped_paths(event))

    @Slot()
    def _take_material(self) -> None:
        self.notice.hide()  # what was wrong with the choice before
        if "model" in self.__dict__:
            self.model.set_source(self.pictures.material.source)
        self._update()

    # --- what its parts say -----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.steps.wanted.connect(self._go)
        self.back.clicked.connect(lambda: self._go(PICTURES if self._frame.shows_doctor else max(self._page - 1, 0)))
        self.next.clicked.connect(self._go_on_from_here)
        self.pictures.changed.connect(self._take_material)
        self.pictures.failed.connect(self._show_error)
        self.pictures.check_wanted.connect(self.pair_check.begin)
        self.pair_check.begun.connect(self._show_doctor)
        self.pair_check.page_wanted.connect(self._go)
        for part in (self._builder, self.control):
            part.page_wanted.connect(self._go)
            part.failed.connect(self._show_error)
            part.changed.connect(self._update)
        self.answers.failed.connect(self._show_error)
        self._jobs.failed.connect(self._show_error)
        self.work.changed.connect(self._update)
        self.control.preview_ready.connect(self.preview_ready)
        self.work.busy_changed.connect(self.busy_changed)
        self.work.follow(self._jobs)
        self.work.follow(self.pictures.jobs)

    @Slot(object)
    def _show_error(self, error: Exception) -> None:
        self.notice.warn(sentence(error))
        if not isinstance(error, DeblurError):
            show_error(self, error)
