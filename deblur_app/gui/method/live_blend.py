"""Sliders for the amount and the place of a result, which act at once on the result that is there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QRectF, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.engine.blend import PARAMETERS, PLAIN, Blend, blend_of
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.method import blend_steps
from deblur_app.gui.method.blend_steps import LiveMask
from deblur_app.gui.widgets.forms.parameter_form import ParameterForm

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from deblur_app.gui.mask.mask_editor import MaskEditor
    from deblur_app.gui.method.blend_steps import Draft
    from deblur_app.gui.session.display import Result
    from deblur_app.gui.session.session import Session


_MOST_PARTS = 24
"""Parts over a result, from which on all that is visible becomes one part: each is painted each time."""


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
        self.setToolTip(tr("How much of the result is shown, and what is protected. Changes act at once."))
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
        if blend.amounts != self.blend().amounts:
            self.form.draw(PARAMETERS, blend.amounts)
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

    def add_part(self, image: QImage, place: QRectF) -> None:
        """Show one more part over the result."""


class LiveBlend(QObject):
    """The live blending of the result as the sliders and the mask say: what is seen at once, then the whole photo.

    While the mask is painted, only what was painted is blended anew, in the visible part.

    The result of the session becomes the blended one; the method's own is kept beside it.

    Signals:
        failed: The exception that ended a step.
    """

    failed = Signal(object)

    def __init__(self, box: BlendBox, session: Session, display: ResultDisplay, masks: MaskEditor) -> None:
        super().__init__(box)
        self.box = box
        self._session, self._display, self._masks = session, display, masks
        self._painted = QRectF()  # of the mask, and not seen yet
        self._parts = 0  # that lie over the result
        self.drafts, self.wholes = LatestTaskRunner(self), LatestTaskRunner(self)
        box.changed.connect(self._try)
        session.changed.connect(self.refresh)
        session.settings_taken.connect(lambda: box.show_blend(session.blend))
        masks.drawn.connect(self._try_part)
        masks.changed.connect(self._blend_whole)
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
        self._parts, self._painted = 0, QRectF()
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
        self._session.blend = replace(self.box.blend(), mask=self._session.blend.mask)
        self._try_part(QRectF(0, 0, 1, 1))

    @Slot(QRectF)
    def _try_part(self, part: QRectF) -> None:
        """Show the blend of what is visible of a part, in shares of the photo, and of what was painted before it."""
        result, display_image = self._result, self._session.input
        if not (result and display_image and (scale := self._display.scale())):
            return
        self._painted = self._painted.united(part)
        wanted = QRectF(0, 0, 1, 1) if self._parts >= _MOST_PARTS else self._painted
        seen = wanted.intersected(self._display.visible())
        if not seen.isEmpty():
            width = scale * display_image.picture.width
            self.drafts.ask(lambda: blend_steps.draft(display_image, result, self._take_painted(), seen, width))

    def _take_painted(self) -> LiveMask:
        """Return how the next draft is blended; what is painted from now on is for the one after it."""
        self._painted = QRectF()
        return LiveMask(self._session.blend, self._masks.weights)

    @Slot(object)
    def _show(self, draft: Draft) -> None:
        result = self._result
        if not (result and result.restored is draft.result.restored and self.box.isEnabled()):
            return
        if draft.place.contains(self._display.visible()):
            self._display.show_part(draft.image, draft.place)
            self._parts = 1
        else:
            self._display.add_part(draft.image, draft.place)
            self._parts += 1

    @Slot()
    def _blend_whole(self) -> None:
        result, blend = self._result, self._session.blend
        if not (result and self._session.input) or self.drafts.is_busy or not self._masks.is_drawn:
            return
        if result.blend != blend:
            live = LiveMask(blend, self._masks.weights if blend.mask else None)
            self.wholes.ask(partial(blend_steps.whole, self._session.input.picture, result, live))

    @Slot(object)
    def _take(self, blended: Result) -> None:
        result = self._result
        if result and result.restored is blended.restored and blended.blend == self._session.blend:
            self._session.take_blended(blended)
