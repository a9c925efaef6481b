"""The frame around the pages: the steps and notices above, Back and Next below."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QStyle, QVBoxLayout, QWidget

from deblur_app.gui.training_wizard.lazy_page import LazyPage
from deblur_app.gui.training_wizard.page_builder import MODEL, PICTURES, RESULT, SETTINGS, TITLES, TRAINING
from deblur_app.gui.training_wizard.parts.step_bar import StepBar
from deblur_app.gui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable


class WizardFrame:
    """The layout of a wizard, which shows the page and where one can go from there.

    Attributes:
        notice: The notice about the last thing that happened.
        offer: The notice that offers the user something else.
        steps: The pages by name.
        rooms: The places of the pages, which may not be built yet.
        doctor_room: The place of the doctor.
        back: The button that goes to the page before.
        next: The button that goes to the page after, or starts the training.
    """

    def __init__(self, wizard: QWidget) -> None:
        """Fill `wizard`, to which all widgets belong from then on."""
        self._margin = wizard.style().pixelMetric(QStyle.PixelMetric.PM_LayoutLeftMargin)
        self.notice = Notice(margin=self._margin)
        self.offer = Notice()
        self.steps = StepBar(TITLES)
        self._stack = QStackedWidget()
        self.rooms = [LazyPage() for _ in TITLES]
        self.doctor_room = LazyPage()
        self.back = QPushButton("Bac&k")
        self.next = QPushButton("Ne&xt")
        self.next.setDefault(True)
        self._lay_out(wizard)

    @property
    def shows_doctor(self) -> bool:
        """True if the doctor is shown in place of page 1."""
        return self._stack.currentWidget() is self.doctor_room

    def show_page(self, page: int) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentWidget(self.rooms[page])

    def show_doctor(self) -> None:
        """Bring the doctor to the front."""
        self._stack.setCurrentWidget(self.doctor_room)

    def show_ways(self, page: int, *, has_pictures: bool, has_run: bool, is_training: bool) -> None:
        """Update steps and buttons to what can be done.

        Args:
            page: The page that is seen, or whose place the doctor takes.
            has_pictures: Whether there is something to learn from.
            has_run: Whether a training has begun since the program started.
            is_training: Whether it goes on, so that another one would have to wait.
        """
        missing = "" if has_pictures else "Choose photos to learn from first"
        for step in (MODEL, SETTINGS):
            self.steps.set_reachable(step, missing)
        self.steps.set_reachable(TRAINING, "" if has_run else "No training has begun yet")
        self.steps.show_step(page)
        start = "Be&gin after the others" if is_training else "Start trainin&g"
        self.next.setText(start if page == SETTINGS else "Ne&xt")
        self.next.setVisible(page != RESULT and not self.shows_doctor)
        self.next.setEnabled(has_pictures or page >= TRAINING)
        self.next.setToolTip(missing if page < TRAINING else "")
        self.back.setEnabled(page > PICTURES or self.shows_doctor)

    def order_tabs(self, inside: Iterable[QWidget]) -> None:
        """Set the tab order from top to bottom, with the controls of the page that is shown in the middle."""
        notices = [control for notice in (self.offer, self.notice) for control in (notice.button, notice.close_button)]
        order = [*self.steps.buttons, *notices, *inside, self.back, self.next]
        for control, following in pairwise(order):
            QWidget.setTabOrder(control, following)

    def _lay_out(self, wizard: QWidget) -> None:
        for room in (*self.rooms, self.doctor_room):
            self._stack.addWidget(room)
        feet = QHBoxLayout()
        feet.addWidget(self.back)
        feet.addStretch(1)
        feet.addWidget(self.next)
        feet.setContentsMargins(self._margin, 4, self._margin, 6)
        head = QVBoxLayout()
        head.setContentsMargins(self._margin, 6, self._margin, 0)
        head.addWidget(self.steps)
        head.addWidget(self.offer)
        layout = QVBoxLayout(wizard)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        layout.addLayout(feet)
