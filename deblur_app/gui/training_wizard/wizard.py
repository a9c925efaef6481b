"""The training wizard: five pages from a folder of photos to a model in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from deblur_app.core.errors import DeblurError
from deblur_app.gui.background.runner import TaskRunner
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.dialogs.messages import sentence, show_error
from deblur_app.gui.session import remembered
from deblur_app.gui.training_wizard.followed_work import FollowedWork
from deblur_app.gui.training_wizard.lazy_page import LazyPage
from deblur_app.gui.training_wizard.model import WizardModel
from deblur_app.gui.training_wizard.page_builder import PageBuilder, load_ahead
from deblur_app.gui.training_wizard.runs import run_tasks
from deblur_app.gui.training_wizard.runs.training_session import TrainingSession
from deblur_app.gui.training_wizard.state import STEPS, OpenPhoto, PageId
from deblur_app.gui.training_wizard.training_control import TrainingControl
from deblur_app.gui.training_wizard.wizard_frame import WizardFrame
from deblur_app.gui.viewer.pane import list_dropped_paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
    from PySide6.QtWidgets import QPushButton

    from deblur_app.blur.kinds import Blur
    from deblur_app.engine.devices import Device
    from deblur_app.gui.training_wizard.page import Page
    from deblur_app.gui.training_wizard.pages.doctor_page import DoctorPage
    from deblur_app.gui.training_wizard.pages.model_page import ModelPage
    from deblur_app.gui.training_wizard.pages.pictures_page import PicturesPage
    from deblur_app.gui.training_wizard.pages.result_page import ResultPage
    from deblur_app.gui.training_wizard.pages.settings_page import SettingsPage
    from deblur_app.gui.training_wizard.pages.training_page import TrainingPage
    from training.config.config import TrainingConfig
    from training.data.pairs import Pair
    from training.pair_doctor.registration import Registered
    from training.runs.run import Run


class TrainingWizard(QWidget):
    """The wizard of five pages. Each page is built when it is first needed, and remembers its answers.

    Pages read and change the model; the wizard shows the page that the model names, and what pages have to say.

    Attributes:
        model: All that is chosen, and the page that is shown.
        session: The trainings themselves, in the background.
        control: Begins trainings, and tells what became of them.
        work: All that goes on in the background.

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
        self._frame = frame = WizardFrame(self)
        self.notice, self.offer, self.steps = frame.notice, frame.offer, frame.steps
        self.back, self.next = frame.back, frame.next
        self.model = WizardModel(remembered.answers)
        self.session = TrainingSession(self)
        self.control = TrainingControl(self.model, self.session, frame.notice, frame.offer, self)
        self.work = FollowedWork(self)
        self._jobs = TaskQueue(self)
        builder = PageBuilder(
            self.model,
            self.session,
            use_model=self.model_ready.emit,
            go_on=self.control.go_on,
            take_registered=self._take_registered,
        )
        self._places = {page: LazyPage(build) for page, build in builder.builders().items()}
        for place in self._places.values():
            frame.add(place)
            place.built.connect(self._connect_page)
        self.setAcceptDrops(True)
        self._connect()
        self._show_page()
        self.pictures_page.take(self.model.list_remembered_folders())
        self._jobs.add(QueuedTask("unfinished", run_tasks.find_unfinished(), self.control.offer_unfinished))
        self._jobs.add(QueuedTask("ahead", load_ahead(), lambda _: None))

    # --- its pages --------------------------------------------------------------------------------------------------

    @property
    def pictures_page(self) -> PicturesPage:
        """Page 1."""
        return cast("PicturesPage", self._places[PageId.PICTURES].page)

    @property
    def model_page(self) -> ModelPage:
        """Page 2."""
        return cast("ModelPage", self._places[PageId.MODEL].page)

    @property
    def settings_page(self) -> SettingsPage:
        """Page 3."""
        return cast("SettingsPage", self._places[PageId.SETTINGS].page)

    @property
    def training_page(self) -> TrainingPage:
        """Page 4."""
        return cast("TrainingPage", self._places[PageId.TRAINING].page)

    @property
    def result_page(self) -> ResultPage:
        """Page 5."""
        return cast("ResultPage", self._places[PageId.RESULT].page)

    @property
    def doctor_page(self) -> DoctorPage:
        """The page of the pair doctor."""
        return cast("DoctorPage", self._places[PageId.DOCTOR].page)

    # --- what it is told --------------------------------------------------------------------------------------------

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices, once the engine knows them."""
        self.model.set_devices(devices)

    def set_photo(self, photo: Path | None, blur: Blur | None = None, label: str = "") -> None:
        """Set the photo that is open in the window, and the blur that was estimated for it."""
        self.model.set_photo(OpenPhoto(photo, blur, label))

    def is_busy(self) -> bool:
        """Return whether there is work in the background that closing would end."""
        return self.work.is_busy

    def start(self, config: TrainingConfig, pairs: list[Pair], run: Run) -> None:
        """Train a network into the folder of `run`, and show it; where another one is trained, it waits for that."""
        self.control.start(config, pairs, run)

    def resume(self, run: Run) -> None:
        """Go on with a run after its last whole epoch, and show it."""
        self.control.resume(run)

    def shut_down(self, then: Callable[[], object]) -> None:
        """End all work without freezing, and call `then` once no thread is left; at once where there is none."""
        self.work.end(then)

    def finish(self) -> None:
        """End the small work, wait for it, and keep the answers: for the end of the program."""
        self._remember()
        for place in self._places.values():
            if place.is_built:
                place.page.finish()

    def cancel_and_wait(self) -> None:
        """End all work and block until no thread is left: for the end of the program."""
        self.work.cancel()
        self.finish()
        for runner in self.findChildren(TaskRunner):
            runner.wait()

    @property
    def start_button(self) -> QPushButton:
        """The button that starts the training, on page 3."""
        return self.next

    # --- going from page to page ------------------------------------------------------------------------------------

    def _show_page(self) -> None:
        """Show the page that the model names, built now where it was not yet."""
        place = self._places[self.model.page]
        place.page.enter()
        self._frame.show_place(place)
        self._frame.order_tabs(place.page.controls)
        self._update()

    @Slot()
    def _go_back(self) -> None:
        page = self.model.page
        self.model.go_to(PageId.PICTURES if page.step == PageId.PICTURES else PageId(page - 1))

    @Slot()
    def _go_on(self) -> None:
        self._remember()
        if self.model.page == PageId.SETTINGS:
            self.control.start_as_chosen()
        elif self.model.page < STEPS[-1]:
            self.model.go_to(PageId(self.model.page + 1))

    @Slot()
    def _update(self) -> None:
        """Update steps and buttons to what can be done."""
        self._frame.show_ways(
            self.model.page,
            has_pictures=self.model.has_inputs,
            has_run=self.session.run is not None,
            is_training=self.session.is_busy,
        )

    def _remember(self) -> None:
        """Keep the answers for the next time."""
        for page, answers in self.model.answers().items():
            remembered.remember_answers(page, answers)

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
        self.model.go_to(PageId.PICTURES)
        self.pictures_page.take(list_dropped_paths(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the steps where there is room for them."""
        super().resizeEvent(event)
        self._frame.fit_to(event.size().width())

    # --- what its parts say -----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.steps.step_chosen.connect(lambda step: self.model.go_to(PageId(step)))
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.model.on_change(self._show_page, "page")
        self.model.on_change(self._take_inputs, "inputs")
        self.session.queue_changed.connect(self._update)
        self.control.failed.connect(self._show_error)
        self.control.preview_ready.connect(self.preview_ready)
        self._jobs.failed.connect(self._show_error)
        self.work.changed.connect(self._update)
        self.work.busy_changed.connect(self.busy_changed)
        self.work.follow(self.session, self.session.cancel_all)
        self.work.follow(self._jobs)

    @Slot(object)
    def _connect_page(self, page: Page) -> None:
        """Listen to a page that was built."""
        page.message.connect(self.notice.tell)
        page.failed.connect(self._show_error)
        for jobs in page.work:
            self.work.follow(jobs)

    def _take_inputs(self) -> None:
        self.notice.hide()  # what was wrong with the choice before
        self._update()

    @Slot(object)
    def _take_registered(self, registered: Registered) -> None:
        """Train on the registered pairs from now on."""
        from deblur_app.gui.training_wizard.parts.doctor.doctor_words import summary_of

        self.model.go_to(PageId.PICTURES)
        self.pictures_page.take([registered.folder])
        self.offer.tell(summary_of(registered))  # the notice closes when the pairs are read

    @Slot(object)
    def _show_error(self, error: Exception) -> None:
        self.notice.warn(sentence(error))
        if not isinstance(error, DeblurError):
            show_error(self, error)
