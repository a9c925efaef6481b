"""The pages of the wizard: their numbers, and the building of those that are not there from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from deblur_app.gui.session import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.gui.training_wizard.lazy_page import LazyPage
    from deblur_app.gui.training_wizard.pages.doctor_page import DoctorPage
    from deblur_app.gui.training_wizard.pages.model_page import ModelPage
    from deblur_app.gui.training_wizard.pages.result_page import ResultPage
    from deblur_app.gui.training_wizard.pages.settings_page import SettingsPage
    from deblur_app.gui.training_wizard.pages.training_page import TrainingPage
    from deblur_app.gui.training_wizard.training_session import TrainingSession
    from deblur_app.gui.training_wizard.wizard import TrainingWizard

PICTURES, MODEL, SETTINGS, TRAINING, RESULT = range(5)
"""The pages."""

TITLES = ("Pictures", "Model", "Settings", "Training", "Result")


class PageBuilder(QObject):
    """A builder of the later pages, the doctor and the trainings, which connects each of them to the wizard.

    The wizard asks for each one when it is first needed, and holds it.

    Signals:
        changed: Another network, or another start of it, is chosen.
        failed: The exception that something on a page led to.
        page_wanted: The number of the page that the user wants to see.
    """

    changed = Signal()
    failed = Signal(object)
    page_wanted = Signal(int)

    def __init__(self, wizard: TrainingWizard, rooms: Sequence[LazyPage], doctor_room: LazyPage) -> None:
        super().__init__(wizard)
        self._wizard, self._rooms, self._doctor_room = wizard, rooms, doctor_room

    def model(self) -> ModelPage:
        """Build page 2."""
        from deblur_app.gui.training_wizard.pages.model_page import ModelPage

        page = ModelPage()
        page.recall(remembered.answers("model"))
        page.set_source(self._wizard.pictures.material.source)
        page.changed.connect(self.changed)
        self._rooms[MODEL].fill(page)
        return page

    def settings(self) -> SettingsPage:
        """Build page 3."""
        from deblur_app.gui.training_wizard.pages.settings_page import SettingsPage

        wizard, page = self._wizard, SettingsPage()
        page.set_devices(wizard.devices)
        page.set_network(wizard.model.network, wizard.pictures.material.source)
        page.recall(remembered.answers("settings"))
        page.set_photo(there=wizard.photo is not None)
        page.failed.connect(self.failed)
        page.save_wanted.connect(wizard.answers.save)
        page.forecast.wanted.connect(wizard.answers.measure)
        wizard.work.follow(page.forecast.jobs)
        self._rooms[SETTINGS].fill(page)
        return page

    def training(self) -> TrainingPage:
        """Build page 4."""
        from deblur_app.gui.training_wizard.pages.training_page import TrainingPage

        page, control = TrainingPage(), self._wizard.control
        page.pause_wanted.connect(control.pause)
        page.stop_wanted.connect(control.stop_and_keep)
        page.cancel_wanted.connect(control.cancel)
        page.forget_wanted.connect(control.forget)
        self._wizard.work.follow(page.jobs)
        self._rooms[TRAINING].fill(page)
        return page

    def result(self) -> ResultPage:
        """Build page 5."""
        from deblur_app.gui.training_wizard.pages.result_page import ResultPage

        wizard, page = self._wizard, ResultPage()
        page.use_wanted.connect(wizard.model_ready)
        page.export_wanted.connect(wizard.deliveries.ask_where_to_export)
        page.compare_wanted.connect(wizard.deliveries.compare)
        page.report_wanted.connect(wizard.deliveries.write_report)
        page.go_on_wanted.connect(wizard.control.go_on)
        page.new_wanted.connect(lambda: self.page_wanted.emit(PICTURES))
        page.failed.connect(self.failed)
        wizard.work.follow(page.jobs)
        self._rooms[RESULT].fill(page)
        return page

    def doctor(self) -> DoctorPage:
        """Build the page of the pair doctor, which takes the place of page 1."""
        from deblur_app.gui.training_wizard.pages.doctor_page import DoctorPage

        wizard, page = self._wizard, DoctorPage()
        page.left.connect(lambda: self.page_wanted.emit(PICTURES))
        page.registered.connect(wizard.pair_check.take_registered)
        page.cured.connect(wizard.pair_check.take_cured)
        page.failed.connect(self.failed)
        wizard.work.follow(page.jobs)
        self._doctor_room.fill(page, scrolled=False)
        return page

    def session(self) -> TrainingSession:
        """Build the trainings."""
        from deblur_app.gui.training_wizard.training_session import TrainingSession

        session, control = TrainingSession(self._wizard), self._wizard.control
        session.began.connect(control.show_begin)
        session.progressed.connect(control.show_progress)
        session.succeeded.connect(control.show_success)
        session.failed.connect(control.show_failure)
        session.cancelled.connect(control.show_cancelled)
        session.queue_changed.connect(control.show_queue)
        self._wizard.work.follow(session)
        return session
