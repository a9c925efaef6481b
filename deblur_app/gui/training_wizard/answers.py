"""The answers of the user on all pages: the configuration of a training, and what is done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.errors import DeblurError
from deblur_app.gui.session import remembered
from deblur_app.gui.training_wizard import wizard_tasks

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.gui.training_wizard.wizard import TrainingWizard
    from training.config.config import TrainingConfig


class WizardAnswers(QObject):
    """The answers on pages 1 to 3.

    Signals:
        failed: The `DeblurError` that says why the answers cannot be used.
    """

    failed = Signal(object)

    def __init__(self, wizard: TrainingWizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard

    def config(self) -> TrainingConfig:
        """Return all answers as one configuration.

        Raises:
            DeblurError: A value is out of its range, or the answers do not go together.
        """
        wizard = self._wizard
        config, material = wizard.settings.config(), wizard.pictures.material
        data = config.data
        if material.photos:
            blurs = wizard.pictures.blur_form.blurs(data.blurs or None)
            data = replace(data, photos=tuple(map(str, material.folders)), blurs=blurs)
        if wizard.settings.watches_photo and wizard.photo:
            data = replace(data, watch=str(wizard.photo))
        network = replace(config.network, start=wizard.model.start_weights)
        return replace(config, data=data, network=network)

    def train(self) -> None:
        """Begin a training by the answers."""
        from training.runs.run import Run

        wizard = self._wizard
        wizard.notice.hide()
        try:
            config = self.config()
        except DeblurError as error:
            self.failed.emit(error)
            return
        wizard.start(config, wizard.pictures.pairs.pairs, Run(wizard.settings.run_folder()))

    @Slot()
    def measure(self) -> None:
        """Forecast in the background what such a training will take."""
        wizard = self._wizard
        try:
            config = self.config()
        except DeblurError as error:
            self.failed.emit(error)
            return
        wizard.settings.forecast.measure(
            wizard_tasks.forecast_training(config, wizard.pictures.pairs.pairs, wizard.settings.run_folder())
        )

    @Slot(object)
    def save(self, path: Path) -> None:
        """Write the configuration into a file, and say how to train with it."""
        from training.config.config import write_config

        try:
            write_config(self.config(), path)
        except DeblurError as error:
            self.failed.emit(error)
            return
        self._wizard.notice.tell(
            f"The settings are in {path}. Train with them by: deblur-train run {path.name} --out FOLDER"
        )

    def recall(self) -> None:
        """Answer page 1 as the last time; the later pages are answered when they are built."""
        self._wizard.pictures.recall(remembered.answers("pictures"))

    def remember(self) -> None:
        """Keep the answers of the pages for the next time."""
        remembered.remember_answers("pictures", self._wizard.pictures.answers())
        for name in ("model", "settings"):
            if name in self._wizard.__dict__:  # a page that was never built has no new answers
                remembered.remember_answers(name, getattr(self._wizard, name).answers())
