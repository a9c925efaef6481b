"""The mask at work: its card, its layer over the photo, and the session's blend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.gui.mask.mask_editor import Brush, MaskEditor
from deblur_app.gui.mask.mask_layer import MaskLayer, Tool
from deblur_app.gui.viewer.compare.compare_mode import CompareMode

if TYPE_CHECKING:
    from deblur_app.gui.mask.mask_card import MaskCard
    from deblur_app.gui.session.results.kept_result import KeptResult
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.viewer.photo_view import PhotoView


class MaskTool(QObject):
    """What connects card, layer and editor.

    Attributes:
        editor: The mask.
        layer: The layer over the large canvas.

    Signals:
        changed: The mask is another.
    """

    changed = Signal()

    def __init__(self, card: MaskCard, session: Session, view: PhotoView) -> None:
        super().__init__(session)
        self._card, self._session, self._view = card, session, view
        self.editor = MaskEditor(session)
        self._version: KeptResult | None = None  # that was shown when the mask was changed last
        self.layer = MaskLayer(view.canvas, self.editor)
        card.tool_wanted.connect(self._choose_tool)
        card.brush_changed.connect(self._change_brush)
        card.inversion_wanted.connect(self.editor.invert)
        card.clearing_wanted.connect(self.editor.clear)
        card.showing_wanted.connect(self.layer.set_shown)
        self.layer.shown_changed.connect(card.show_shown)
        self.layer.tool_wanted.connect(self._choose_tool)
        self.layer.size_wanted.connect(card.change_size)
        self.editor.edited.connect(self._note_version)
        self.editor.changed.connect(self._show_state)
        session.changed.connect(self._show_state)
        self._change_brush()
        self._show_state()

    def can_go(self, steps: int) -> bool:
        """Return whether there is a mask or a version to go back to (steps -1), or forth to (1)."""
        return self.editor.can_go(steps) or self._session.can_go(steps)

    def go(self, steps: int) -> None:
        """Go back (-1) or forth (1): over changes of the mask that were made on the shown version, or over versions."""
        is_newest = self._shown_version is self._version or not self._session.can_go(steps)
        if self.editor.can_go(steps) and is_newest:
            self.editor.go(steps)
        elif steps < 0:
            self._session.undo()
        else:
            self._session.redo()

    @property
    def _shown_version(self) -> KeptResult | None:
        return self._session.result.kept if self._session.result else None

    @Slot()
    def _note_version(self) -> None:
        self._version = self._shown_version

    @Slot(object)
    def _choose_tool(self, tool: Tool) -> None:
        """Take a tool, and show a picture that can be painted on."""
        if tool is not Tool.MOVE and self._view.compare_mode in (CompareMode.FIGURE_2, CompareMode.DIFFERENCE):
            self._view.set_compare_mode(CompareMode.RESULT)
        self._card.choose_tool(tool)
        self.layer.choose(tool)

    @Slot()
    def _change_brush(self) -> None:
        self.editor.brush = Brush(self._card.radius, self._card.hardness, self._card.erase.isChecked())
        self.layer.update()

    @Slot()
    def _show_state(self) -> None:
        editor, has_photo = self.editor, self._session.input is not None
        self._card.show_state(editor.mask if has_photo else None, can_edit=editor.can_edit,
                              is_looking=editor.is_looking)  # fmt: skip
        self.changed.emit()
