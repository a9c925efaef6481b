"""The editor of the kernel, with its tools: undo, clear, centre, zoom, and the kernel's effect on detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPalette, QShortcut, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from deblur_app.core.parameter import Parameter
from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.images.kernel_images import draw_response
from deblur_app.gui.look.icons import set_icon
from deblur_app.gui.psf.kernel_editor import drawing
from deblur_app.gui.psf.kernel_editor.canvas import KernelCanvas
from deblur_app.gui.theme import TIGHT
from deblur_app.gui.widgets.forms.parameter_form import ParameterForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.gui.psf.kernel_editor.drawing import Field

_BRUSH = (
    Parameter(
        "size", tr_later("Brush"), tr_later("Diameter of the brush, in pixels of the photo."), 1.5, 1.0, 15.0, "px"
    ),
    Parameter(
        "strength",
        tr_later("Strength"),
        tr_later("How bright it draws, or how much it erases."),
        100.0,
        5.0,
        100.0,
        "%",
    ),
)


_MOST_STEPS = 60
"""The most steps that can be undone."""


class _Change(QUndoCommand):
    """A step from one field to another, which can be undone."""

    def __init__(self, text: str, before: Field, after: Field, show: Callable[[Field], None]) -> None:
        super().__init__(text)
        self._before, self._after, self._show = before, after, show

    def undo(self) -> None:
        """Show the field before the step."""
        self._show(self._before)

    def redo(self) -> None:
        """Show the field after the step; the stack also calls it when the step is new."""
        self._show(self._after)


class PsfEditor(QWidget):
    """The editor that shows a kernel at any zoom, and lets the user draw or mend it.

    What is drawn always sums to 1 when it is asked for: brightness only says how the light is shared out.

    Attributes:
        canvas: The kernel, enlarged.
        history: The steps that can be undone; the oldest is forgotten when there are too many.

    Signals:
        drawn: The user has changed the kernel.
    """

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = KernelCanvas()
        self.history = QUndoStack(self)
        self.history.setUndoLimit(_MOST_STEPS)
        self._before = self.canvas.field  # as it was when the stroke began
        self.brush = ParameterForm(sliders=True)
        self.brush.draw(_BRUSH, {})
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.undo_button = _button("", tr("Undo the last stroke (Ctrl+Z, in the kernel)"), self.undo, "undo-2")
        self.redo_button = _button("", tr("Redo the stroke (Ctrl+Shift+Z, in the kernel)"), self.redo, "redo-2")
        self.clear_button = _button(tr("Clear"), tr("Start with an empty kernel"), self.clear)
        self.centre_button = _button(
            tr("Centre"),
            tr("Move the centre of the light into the middle, so that the photo does not shift"),
            self.centre,
        )
        self.smaller_button = _button("−", tr("Zoom out"), lambda: self.canvas.view.zoom_by(-1))
        self.larger_button = _button("+", tr("Zoom in"), lambda: self.canvas.view.zoom_by(1))
        self.whole_button = _button(tr("Fit"), tr("Show the whole kernel"), self.canvas.view.fit)
        self.response_button = _button(
            tr("Spectrum"),
            tr("Show the frequency response, from coarse (middle) to fine detail (edges): black is lost"),
            None,
        )
        self.response_button.setCheckable(True)
        self.response_button.toggled.connect(self._show_field_or_response)
        self._lay_out()
        self._add_keys()
        self.brush.changed.connect(self._take_brush)
        self.canvas.begun.connect(self._keep)
        self.canvas.ended.connect(self._take_stroke)
        self.history.canUndoChanged.connect(self.undo_button.setEnabled)
        self.history.canRedoChanged.connect(self.redo_button.setEnabled)
        for button in (self.undo_button, self.redo_button):
            button.setEnabled(False)
        self._take_brush()
        self._update()

    def show_kernel(self, kernel: Kernel) -> None:
        """Show another kernel; what was drawn on the one before is forgotten. No signal is emitted."""
        self.history.clear()
        self.canvas.set_field(drawing.field_of(kernel))
        self._update()

    def kernel(self) -> Kernel | None:
        """Return the kernel that is shown; None while nothing is drawn."""
        return drawing.kernel_of(self.canvas.field)

    @Slot()
    def undo(self) -> None:
        """Undo the last step."""
        self.canvas.end_stroke()
        self.history.undo()

    @Slot()
    def redo(self) -> None:
        """Redo the step that was undone last."""
        self.canvas.end_stroke()
        self.history.redo()

    @Slot()
    def clear(self) -> None:
        """Make the field black."""
        self._change(tr("Clear"), self.canvas.field, np.zeros_like(self.canvas.field))

    @Slot()
    def centre(self) -> None:
        """Move the centre of mass into the middle."""
        self._change(tr("Centre"), self.canvas.field, drawing.center_field(self.canvas.field))

    # --- inside -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        rows = (
            (self.undo_button, self.redo_button, self.smaller_button, self.larger_button, self.whole_button),
            (self.clear_button, self.centre_button, self.response_button),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        layout.addWidget(self.facts)
        for buttons in rows:
            row = QHBoxLayout()
            row.setSpacing(TIGHT)
            for button in buttons:
                row.addWidget(button)
            layout.addLayout(row)
        layout.addWidget(self.brush)

    def _add_keys(self) -> None:
        for keys, do in ((("Ctrl+Z",), self.undo), (("Ctrl+Shift+Z", "Ctrl+Y"), self.redo)):
            shortcut = QShortcut(self.canvas)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)

    @Slot()
    def _keep(self) -> None:
        """Keep the field, which a stroke is about to change."""
        self._before = self.canvas.field

    @Slot()
    def _take_stroke(self) -> None:
        self._change(tr("Stroke"), self._before, self.canvas.field)

    def _change(self, text: str, before: Field, after: Field) -> None:
        """Show the field `after` in place of `before`, as a step that can be undone."""
        self.history.push(_Change(text, before, _make_room(after), self._show))

    def _show(self, field: Field) -> None:
        self.canvas.set_field(field)
        self._update()
        self.drawn.emit()

    def _update(self) -> None:
        kernel = self.kernel()
        self.facts.setText(drawing.facts_text(kernel) if kernel is not None else tr("Draw where the light goes."))
        self._show_field_or_response()

    @Slot()
    def _show_field_or_response(self) -> None:
        kernel = self.kernel() if self.response_button.isChecked() else None
        self.canvas.show_instead(None if kernel is None else draw_response(kernel))

    @Slot()
    def _take_brush(self) -> None:
        values = self.brush.values()
        self.canvas.brush_size, self.canvas.strength = float(values["size"]), float(values["strength"]) / 100.0


def _make_room(field: Field) -> Field:
    """Return a larger field where the light has come near the rim: nobody needs to choose its size."""
    middle, rows, columns = len(field) // 2, *np.nonzero(field)
    reach = max((int(np.abs(axis - middle).max()) for axis in (rows, columns) if len(axis)), default=0)
    larger = next((side for side in drawing.SIDES if side > len(field)), None)
    return drawing.resize_field(field, larger) if larger and reach >= middle else field


def _button(text: str, explanation: str, do: Callable[[], object] | None, icon: str = "") -> QToolButton:
    button = QToolButton()
    button.setText(text)
    if icon:
        set_icon(button, icon)
    button.setProperty("role", "button")
    button.setProperty("dense", True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setToolTip(explanation)
    button.setAccessibleName(explanation)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    if do:
        button.clicked.connect(do)
    return button
