"""The building of the pages, each when it is first needed."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.gui.training_wizard.state import PageId

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.core.task import Task
    from deblur_app.gui.training_wizard.model import WizardModel
    from deblur_app.gui.training_wizard.page import Page
    from deblur_app.gui.training_wizard.runs.training_session import TrainingSession
    from training.pair_doctor.registration import Registered
    from training.runs.run import Run

_LATER = (
    "plots.curve_plot",  # pyqtgraph alone takes most of a second to import
    "pages.training_page",
    "pages.result_page",
    "pages.settings_page",
    "pages.model_page",
)
"""Modules that the later pages need."""


@dataclass(frozen=True)
class PageBuilder:
    """A builder of pages, which gives each what it needs.

    Attributes:
        model: The state of the wizard.
        session: The trainings.
        use_model: Called with the path of the card of a model that the user wants to use.
        go_on: Called with a run, and how many more epochs it is to have.
        take_registered: Called with a `Registered` with a new folder of pairs.
    """

    model: WizardModel
    session: TrainingSession
    use_model: Callable[[Path], object]
    go_on: Callable[[Run, int], object]
    take_registered: Callable[[Registered], object]

    def builders(self) -> dict[PageId, Callable[[], Page]]:
        """Return what builds each page."""
        return {
            PageId.PICTURES: self._pictures,
            PageId.MODEL: self._model,
            PageId.SETTINGS: self._settings,
            PageId.TRAINING: self._training,
            PageId.RESULT: self._result,
            PageId.DOCTOR: self._doctor,
        }

    def _pictures(self) -> Page:
        from deblur_app.gui.training_wizard.pages.pictures_page import PicturesPage

        return PicturesPage(self.model)

    def _model(self) -> Page:
        from deblur_app.gui.training_wizard.pages.model_page import ModelPage

        return ModelPage(self.model)

    def _settings(self) -> Page:
        from deblur_app.gui.training_wizard.pages.settings_page import SettingsPage

        return SettingsPage(self.model)

    def _training(self) -> Page:
        from deblur_app.gui.training_wizard.pages.training_page import TrainingPage

        return TrainingPage(self.model, self.session)

    def _result(self) -> Page:
        from deblur_app.gui.training_wizard.pages.result_page import ResultPage

        page = ResultPage(self.model)
        page.use_wanted.connect(self.use_model)
        page.go_on_wanted.connect(self.go_on)
        return page

    def _doctor(self) -> Page:
        from deblur_app.gui.training_wizard.pages.doctor_page import DoctorPage

        page = DoctorPage(self.model)
        page.registered.connect(self.take_registered)
        return page


def load_ahead() -> Task[None]:
    """Import what the later pages need, which the window would feel at the first look at them."""
    for number, name in enumerate(_LATER):
        yield Progress(number / len(_LATER), tr("Loading the training"))
        importlib.import_module(f"deblur_app.gui.training_wizard.{name}")
