"""Sliders for the amount and the place of a result, which act at once on the result that is there."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deblur_app.engine.blend import PARAMETERS, PLAIN, Blend, blend_of
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.method import blend_steps
from deblur_app.gui.widgets.forms.parameter_form import ParameterForm

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage

    from deblur_app.gui.method.blend_steps import Draft
    from deblur_app.gui.session.display import Result
    from deblur_app.gui.session.session import Session


class BlendBox(QWidget):
    """The sliders of the blend.

    Signals:
        changed: One of them is elsewhere.
        blend_changed: They show another blend, whoever set it.
    """

    changed = Signal()
    blend_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip("How much of the result is shown, and what is protected. Changes act at once.")
        self.form = ParameterForm(sliders=True)
        self.form.draw(PARAMETERS, {})
        self.form.changed.connect(self.changed)
        self.form.changed.connect(self.blend_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)

    def blend(self) -> Blend:
        """Return the blend that the sliders are set to."""
        return blend_of(self.form.values())

    def show_blend(self, blend: Blend) -> None:
        """Set the sliders to the blend of another result. No signal is emitted."""
        if blend != self.blend():
            self.form.draw(PARAMETERS, asdict(blend))
            self.blend_changed.emit()

    def reset(self) -> None:
        """Show the whole result and protect nothing, as the user would."""
        self.set_blend(PLAIN)

    def set_blend(self, blend: Blend) -> None:
        """Set the sliders as the user would."""
        self.show_blend(blend)
        self.changed.emit()


class ResultDisplay(Protocol):
    """A display of the result: a large view, or a pane."""

    def scale(self) -> float:
        """Return the number of screen pixels for one pixel of the photo; 0 without a photo."""

    def visible(self) -> QRectF:
        """Return the visible part of the photo, in shares of its width and height."""

    def show_part(self, image: QImage, place: QRectF) -> None:
        """Show a part over the result, in place of the part before."""


class LiveBlend(QObject):
    """The live blending of the result as the sliders say: the visible part at once, the whole photo when they rest.

    The result of the session becomes the blended one; the method's own is kept beside it.

    Signals:
        failed: The exception that ended a step.
    """

    failed = Signal(object)

    def __init__(self, box: BlendBox, session: Session, display: ResultDisplay) -> None:
        super().__init__(box)
        self.box = box
        self._session, self._display = session, display
        self.drafts, self.wholes = LatestTaskRunner(self), LatestTaskRunner(self)
        box.changed.connect(self._try)
        session.changed.connect(self.refresh)
        session.settings_taken.connect(lambda: box.show_blend(session.blend))
        self.drafts.ready.connect(self._show)
        self.drafts.idle.connect(self._blend_whole)
        self.wholes.ready.connect(self._take)
        for latest in (self.drafts, self.wholes):
            latest.failed.connect(self.failed)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the sliders where there is something to blend, and blend what is not yet as they say."""
        result = self._result
        self.box.setEnabled(result is not None)
        if result and result.blend != self._session.blend:
            self._blend_whole()

    def finish(self) -> None:
        """End all work and wait until no thread is left; no step takes long."""
        self.drafts.finish()
        self.wholes.finish()

    @property
    def _result(self) -> Result | None:
        """The result, if it has the size of the input."""
        session = self._session
        if not (session.input and session.result):
            return None
        same_size = session.input.picture.pixels.shape == session.result.restored.picture.pixels.shape
        return session.result if same_size else None

    @Slot()
    def _try(self) -> None:
        self._session.blend = blend = self.box.blend()
        result, display_image = self._result, self._session.input
        if result and display_image and (scale := self._display.scale()):
            width = scale * display_image.picture.width
            self.drafts.ask(partial(blend_steps.draft, display_image, result, blend, self._display.visible(), width))

    @Slot(object)
    def _show(self, draft: Draft) -> None:
        result = self._result
        if result and result.restored is draft.result.restored and self.box.isEnabled():
            self._display.show_part(draft.image, draft.place)

    @Slot()
    def _blend_whole(self) -> None:
        result = self._result
        if result and self._session.input and result.blend != self._session.blend and not self.drafts.is_busy:
            self.wholes.ask(partial(blend_steps.whole, self._session.input.picture, result, self._session.blend))

    @Slot(object)
    def _take(self, blended: Result) -> None:
        result = self._result
        if result and result.restored is blended.restored and blended.blend == self._session.blend:
            self._session.take_blended(blended)
