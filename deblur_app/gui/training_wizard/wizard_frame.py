"""The frame around the pages: steps at the side or above, notices, and Back and Next below."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QStackedWidget, QStyle, QVBoxLayout, QWidget

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.look.style_sheet import set_role
from deblur_app.gui.training_wizard.parts.step_bar import StepBar
from deblur_app.gui.training_wizard.state import STEPS, PageId
from deblur_app.gui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIDE_STEPS = 130
"""Letters of the text that fit into the width from which the steps stand at the left."""

_TITLES = (tr_later("Pictures"), tr_later("Model"), tr_later("Settings"), tr_later("Training"), tr_later("Result"))
_ICONS = ("images", "layers", "sliders-horizontal", "gauge", "circle-check")


class WizardFrame:
    """The layout of a wizard, which shows the page and where one can go from there.

    Attributes:
        notice: The notice about the last thing that happened.
        offer: The notice that offers the user something else.
        steps: The steps by name.
        back: The button that goes to the page before.
        next: The button that goes to the page after, or starts the training.
    """

    def __init__(self, wizard: QWidget) -> None:
        """Fill `wizard`, to which all widgets belong from then on."""
        self._margin = wizard.style().pixelMetric(QStyle.PixelMetric.PM_LayoutLeftMargin)
        self.notice = Notice(margin=self._margin)
        self.offer = Notice()
        self.steps = StepBar([tr(title) for title in _TITLES], _ICONS)
        self._stack = QStackedWidget()
        self.back = QPushButton(tr("Bac&k"))
        self.next = QPushButton(tr("Ne&xt"))
        self.next.setDefault(True)
        set_role(self.next, "primary")
        self._lay_out(wizard)

    def add(self, place: QWidget) -> None:
        """Add the place of a page."""
        self._stack.addWidget(place)

    def show_place(self, place: QWidget) -> None:
        """Bring the place of a page to the front."""
        self._stack.setCurrentWidget(place)

    def show_ways(self, page: PageId, *, has_pictures: bool, has_run: bool, is_training: bool) -> None:
        """Update steps and buttons to what can be done.

        Args:
            page: The page that is shown.
            has_pictures: Whether there is something to learn from.
            has_run: Whether a training has begun since the program started.
            is_training: Whether it goes on, so that another one would have to wait.
        """
        missing = "" if has_pictures else tr("Choose photos to learn from first")
        for step in (PageId.MODEL, PageId.SETTINGS):
            self.steps.set_reachable(step, missing)
        self.steps.set_reachable(PageId.TRAINING, "" if has_run else tr("No training has begun yet"))
        self.steps.show_step(page.step)
        start = tr("Be&gin after the others") if is_training else tr("Start trainin&g")
        self.next.setText(start if page == PageId.SETTINGS else tr("Ne&xt"))
        self.next.setVisible(page < STEPS[-1])
        self.next.setEnabled(has_pictures or page >= PageId.TRAINING)
        self.next.setToolTip(missing if page < PageId.TRAINING else "")
        self.back.setEnabled(page != STEPS[0])

    def order_tabs(self, inside: Iterable[QWidget]) -> None:
        """Set the tab order from top to bottom, with the controls of the page that is shown in the middle."""
        notices = [control for notice in (self.offer, self.notice) for control in (notice.button, notice.close_button)]
        order = [*self.steps.buttons, *notices, *inside, self.back, self.next]
        for control, following in pairwise(order):
            QWidget.setTabOrder(control, following)

    def fit_to(self, width: int) -> None:
        """Put the steps at the left where `width` pixels leave room for that, else above the page."""
        is_wide = width >= _SIDE_STEPS * self.steps.fontMetrics().averageCharWidth()
        if is_wide == self.steps.is_vertical:
            return
        directions = QBoxLayout.Direction
        self._outer.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self._side.setContentsMargins(self._margin, 6, 0 if is_wide else self._margin, 0)
        self.steps.set_vertical(is_wide)

    def _lay_out(self, wizard: QWidget) -> None:
        feet = QHBoxLayout()
        feet.addWidget(self.back)
        feet.addStretch(1)
        feet.addWidget(self.next)
        feet.setContentsMargins(self._margin, 4, self._margin, 6)
        offer = QVBoxLayout()
        offer.setContentsMargins(self._margin, 0, self._margin, 0)
        offer.addWidget(self.offer)
        body = QVBoxLayout()
        body.setSpacing(0)
        body.addLayout(offer)
        body.addWidget(self.notice)
        body.addWidget(self._stack, 1)
        body.addLayout(feet)
        self._side = QVBoxLayout()
        self._side.setContentsMargins(self._margin, 6, self._margin, 0)
        self._side.addWidget(self.steps)
        self._side.addStretch(1)
        self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, wizard)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addLayout(self._side)
        self._outer.addLayout(body, 1)
