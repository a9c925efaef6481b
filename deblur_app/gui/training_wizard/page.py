"""A page of the wizard: what the wizard asks of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from deblur_app.gui.background.task_queue import TaskQueue
    from deblur_app.gui.training_wizard.model import WizardModel

NARROW = 760
"""Widest a page of one column gets, in pixels: longer lines are hard to read."""

WIDE = 1500
"""Widest a page of two columns gets, in pixels."""


class Page(QWidget):
    """A page: a widget that reads and changes the model of the wizard.

    Attributes:
        widest: Its greatest width, in pixels.
        scrolls_itself: Whether it is as high as the wizard and scrolls its own content.

    Signals:
        message: A sentence for the user.
        failed: The exception that something on the page led to.
    """

    widest = NARROW
    scrolls_itself = False

    message = Signal(str)
    failed = Signal(object)

    def __init__(self, model: WizardModel) -> None:
        super().__init__()
        self.model = model

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        raise NotImplementedError

    @property
    def work(self) -> list[TaskQueue]:
        """The work of the page, in the background."""
        return []

    def enter(self) -> None:
        """Get ready to be seen: called each time the page is brought to the front."""

    def finish(self) -> None:
        """End the small work that nobody waits for, and wait until no thread is left: for the end of the program."""
