"""The examination of the pairs by the doctor, and the effect of its findings on the training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.gui.training_wizard.page_builder import PICTURES

if TYPE_CHECKING:
    from deblur_app.gui.training_wizard.wizard import TrainingWizard
    from training.data.pairs import PairList
    from training.pair_doctor.registration import Registered


class PairCheck(QObject):
    """The link between page 1, which has the pairs, and the doctor, who examines them.

    Signals:
        begun: The doctor is at work and wants to be seen.
        page_wanted: The number of the page that is to be seen now.
    """

    begun = Signal()
    page_wanted = Signal(int)

    def __init__(self, wizard: TrainingWizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard

    @Slot()
    def begin(self) -> None:
        """Let the doctor examine the pairs that are chosen."""
        wizard = self._wizard
        wizard.notice.hide()
        wizard.doctor.examine(wizard.pictures.pairs, wizard.pictures.folders[0])
        self.begun.emit()

    @Slot(object)
    def take_registered(self, registered: Registered) -> None:
        """Train on the registered pairs from now on."""
        from deblur_app.gui.training_wizard.pages.doctor_page import summary_of

        self.page_wanted.emit(PICTURES)
        self._wizard.pictures.take([registered.folder])
        self._wizard.offer.tell(summary_of(registered))  # the notice closes when the pairs are read

    @Slot(object)
    def take_cured(self, pairs: PairList) -> None:
        """Train on the pairs that are left, or turned, from now on."""
        self._wizard.pictures.take_pairs(pairs)
