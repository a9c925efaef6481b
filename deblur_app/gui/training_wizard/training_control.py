"""The control of trainings: begins them, and tells the user what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from deblur_app.gui.dialogs.messages import sentence, show_error
from deblur_app.gui.training_wizard.runs import run_tasks
from deblur_app.gui.training_wizard.state import PageId

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from deblur_app.core.task import Progress
    from deblur_app.gui.training_wizard.model import WizardModel
    from deblur_app.gui.training_wizard.runs.training_session import TrainingSession
    from deblur_app.gui.widgets.notice import Notice
    from training.config.config import TrainingConfig
    from training.data.pairs import Pair
    from training.runs.run import Run


class TrainingControl(QObject):
    """The control that leads the user through a training, from its begin to its result.

    The page of the training shows how it goes on; here is what leads to another page, or to a notice.

    Signals:
        failed: The exception because of which a run cannot begin or go on.
        preview_ready: A `Preview` of a validation pair, after each epoch.
    """

    failed = Signal(object)
    preview_ready = Signal(object)

    def __init__(
        self, model: WizardModel, session: TrainingSession, notice: Notice, offer: Notice, window: QWidget
    ) -> None:
        """Tell the user by `notice` and `offer`; messages of defects open over `window`."""
        super().__init__(window)
        self._model, self._session, self._window = model, session, window
        self._notice, self._offer = notice, offer
        session.progressed.connect(self._show_preview)
        session.succeeded.connect(self._show_success)
        session.failed.connect(self._show_failure)
        session.cancelled.connect(self._show_cancelled)

    # --- beginning --------------------------------------------------------------------------------------------------

    def start_as_chosen(self) -> None:
        """Begin a training as it was chosen on the pages."""
        from training.runs.run import Run

        self._notice.hide()
        try:
            config = self._model.config()
        except DeblurError as error:
            self.failed.emit(error)
            return
        self.start(config, self._model.pairs, Run(self._model.run_folder))

    def start(self, config: TrainingConfig, pairs: list[Pair], run: Run) -> None:
        """Train a network into the folder of `run`, and show it; where another one is trained, it waits for that."""
        is_waiting = self._session.is_busy
        self._show_training(is_new=not is_waiting)
        self._session.start(config, pairs, run)
        if is_waiting:
            self._notice.tell(tr("“{name}” begins when the trainings before it are done.", name=run.folder.name))

    def resume(self, run: Run) -> None:
        """Go on with a run after its last whole epoch, and show it."""
        self._show_training(is_new=not self._session.is_busy)
        self._session.resume(run)

    @Slot(object, int)
    def go_on(self, run: Run, epochs: int) -> None:
        """Train a finished run for more epochs."""
        from training.reports.results import extend

        try:
            extend(run, epochs)
        except DeblurError as error:
            self.failed.emit(error)
            return
        self.resume(run)

    def offer_unfinished(self, unfinished: tuple[Run, int, int] | None) -> None:
        """Offer to go on with a run of another day: it, the epochs that are done, and all its epochs."""
        if unfinished is None or self._session.is_busy:
            return
        run, epochs_done, epochs = unfinished
        self._offer.tell(
            tr(
                "The training “{name}” was not finished: {epochs_done} of {epochs} epochs are done.",
                name=run.folder.name,
                epochs_done=epochs_done,
                epochs=epochs,
            ),
            tr("Continue the unfinished training"),
            lambda: self.resume(run),
        )

    def _show_training(self, *, is_new: bool) -> None:
        """Show the page of the training before it begins, so that the page hears of it."""
        if is_new:
            self._notice.hide()
            self._offer.hide()
        self._model.go_to(PageId.TRAINING)

    # --- what the trainings say -------------------------------------------------------------------------------------

    @Slot(object)
    def _show_preview(self, progress: Progress) -> None:
        if preview := getattr(progress, "preview", None):
            self.preview_ready.emit(preview)

    @Slot(object)
    def _show_success(self, run: Run) -> None:
        """Show the result of a finished run to who looks at the training; offer it to who does something else."""
        self._model.change(last_finished=run)
        if self._model.page == PageId.TRAINING and not self._session.waiting:
            self._model.go_to(PageId.RESULT)
        else:
            self._notice.tell(
                tr("“{name}” is done.", name=run.folder.name),
                tr("Show its result"),
                lambda: self._model.go_to(PageId.RESULT),
            )

    @Slot(object)
    def _show_failure(self, error: Exception) -> None:
        """Show the error of a training: offer to go on where possible, else show the settings again."""
        run = self._session.run
        if run and run_tasks.has_checkpoint(run):
            self._notice.warn(sentence(error), tr("Continue that training"), lambda: self.resume(run))
        else:
            self._model.go_to(PageId.SETTINGS)
            self._notice.warn(sentence(error))
        if not isinstance(error, DeblurError):
            show_error(self._window, error)

    @Slot()
    def _show_cancelled(self) -> None:
        """Show that a training was cancelled: what was written can go on, else the settings are shown again."""
        run, latest = self._session.run, self._session.figures.latest
        if run is None:
            return
        if not run_tasks.has_begun(run):
            self._model.go_to(PageId.SETTINGS)
            self._notice.tell(tr("The training was cancelled before it began. Nothing was written."))
            return
        self._notice.tell(
            tr(
                "The training was cancelled after epoch {epoch}. It is kept in “{folder}” and can go on from there.",
                epoch=latest.epoch,
                folder=run.folder,
            )
            if latest
            else tr(
                "The training was cancelled before the first epoch was done. It is kept in “{folder}” and can go on "
                "from there.",
                folder=run.folder,
            ),
            tr("Continue that training"),
            lambda: self.resume(run),
        )
