"""The controls of the mask: tools, brush, and what the mask is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from deblur_app.core.parameter import Parameter
from deblur_app.core.texts import lower_first, tr, tr_later
from deblur_app.engine.masks.mask import LEAST_RADIUS, MOST_RADIUS
from deblur_app.gui.look.icons import set_icon
from deblur_app.gui.mask.mask_layer import Tool
from deblur_app.gui.theme import SPACE, TIGHT
from deblur_app.gui.widgets.forms.parameter_form import ParameterForm
from deblur_app.gui.widgets.segmented import SegmentedControl

if TYPE_CHECKING:
    from deblur_app.engine.masks.mask import Mask

_TOOLS = (
    (Tool.MOVE, tr_later("Move"), "hand", tr_later("Move the photo")),
    (Tool.BRUSH, tr_later("Brush"), "brush", tr_later("Paint where the photo is restored ([ and ] change the size)")),
    (
        Tool.GRADIENT,
        tr_later("Gradient"),
        "blend",
        tr_later("Drag from where the photo is restored to where it stays as it was"),
    ),
    (Tool.SUBJECT, tr_later("Subject"), "scan", tr_later("Drag a rectangle around a subject to find its outline")),
)

_PARAMETERS = (
    Parameter(
        "size", tr_later("Size"), tr_later("Size of the brush; 100 covers half of the photo's longer side."),
        45, 1, 100,
    ),
    Parameter(
        "hardness", tr_later("Hardness"), tr_later("100 % has a hard edge; for brush and subject."), 50, 0, 100, "%"
    ),
)  # fmt: skip


class MaskCard(QWidget):
    """The controls.

    Signals:
        tool_wanted: The `Tool` that was chosen.
        brush_changed: Size, hardness, or whether it erases.
        inversion_wanted: Restore everything but what is restored now.
        clearing_wanted: Restore the whole photo.
        showing_wanted: Whether the mask shall be shown over the photo.
        mask_changed: Whether there is a mask.
    """

    tool_wanted = Signal(object)
    brush_changed = Signal()
    inversion_wanted = Signal()
    clearing_wanted = Signal()
    showing_wanted = Signal(bool)
    mask_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tools = SegmentedControl(tr("Tool of the mask"))
        for _, text, icon, tip in _TOOLS:
            self.tools.add(tr(text), icon, tr(tip), has_text=False)
        self.tools.chosen.connect(lambda number: self.tool_wanted.emit(_TOOLS[number][0]))
        self.tools.choose(0)
        self.form = ParameterForm(sliders=True)
        self.form.draw(_PARAMETERS, {})
        self.form.changed.connect(self.brush_changed)
        self.erase = _make_button(tr("Erase"), "eraser", tr("Take away from the mask"), checkable=True)
        self.invert = _make_button(tr("Invert"), "contrast", tr("Restore everything but what is restored now"))
        self.show_mask = _make_button(tr("Show"), "eye", tr("Show the mask over the photo (O)"), checkable=True)
        self.erase.toggled.connect(self.brush_changed)
        self.invert.clicked.connect(self.inversion_wanted)
        self.show_mask.clicked.connect(self.showing_wanted)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setForegroundRole(self.note.palette().ColorRole.PlaceholderText)
        self._lay_out()
        self.show_state(None, can_edit=False, is_looking=False)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for buttons in ((self.tools, self.erase), (self.invert, self.show_mask)):  # no room in one row for German
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(TIGHT)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            layout.addLayout(row)
        layout.addWidget(self.form)
        layout.addWidget(self.note)

    @property
    def radius(self) -> float:
        """The radius of the brush, in shares of the photo's longer side."""
        return max(MOST_RADIUS * (float(self.form.values()["size"]) / 100) ** 2, LEAST_RADIUS)

    @property
    def hardness(self) -> float:
        """The hardness of brush and subject, in [0, 1]."""
        return float(self.form.values()["hardness"]) / 100

    def change_size(self, steps: int) -> None:
        """Make the brush larger, or smaller, as the user would."""
        size = min(max(int(self.form.values()["size"]) + steps, 1), 100)
        self.form.draw(_PARAMETERS, {**self.form.values(), "size": size})
        self.brush_changed.emit()

    def choose_tool(self, tool: Tool) -> None:
        """Show which tool is chosen. No signal is emitted."""
        self.tools.choose(tool.value)

    @Slot(bool)
    def show_shown(self, shown: bool) -> None:
        """Say whether the mask is shown over the photo. No signal is emitted."""
        self.show_mask.setChecked(shown)

    def show_state(self, mask: Mask | None, *, can_edit: bool, is_looking: bool) -> None:
        """Show what the mask is.

        Args:
            mask: The mask; None where no photo is open.
            can_edit: Whether shapes can be added.
            is_looking: Whether a subject is looked for.
        """
        for part in (self.tools, self.form, self.erase):
            part.setEnabled(can_edit)
        self.invert.setEnabled(bool(mask))
        self.show_mask.setEnabled(mask is not None)
        if is_looking:
            words = tr("Looking for the subject…")
        elif mask and mask.image:
            words = tr("The mask is a picture. Reset it to paint one.")
        elif mask:
            words = (
                tr("Restored outside of the mask: {mask}.", mask=mask.describe())
                if mask.is_inverted
                else tr("Restored inside of the mask: {mask}.", mask=mask.describe())
            )
        else:
            words = tr("The whole photo is restored. Paint to restore a part of it.")
        self.note.setText(words)
        self.mask_changed.emit(bool(mask))


def _make_button(text: str, icon: str, tip: str, *, checkable: bool = False) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "flat")
    button.setText(text)
    button.setAccessibleName(tr("Mask: {tool}", tool=lower_first(text)))
    button.setToolTip(tip)
    button.setCheckable(checkable)
    button.setToolButtonStyle(button.toolButtonStyle().ToolButtonTextBesideIcon)
    button.setFocusPolicy(button.focusPolicy().StrongFocus)
    set_icon(button, icon)
    return button
