"""Motion in the window: menus that slide, boxes that fold, a cursor that blinks; less of it on wish.

Qt takes the effects from the system, which has a setting for them. `QStyleHints.accessibility()` says more, but PySide6
6.12 deletes Qt's object with Python's reference to it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)

_usual: tuple[dict[Qt.UIEffect, bool], int] | None = None


def apply_motion(*, is_reduced: bool) -> None:
    """Stop the effects and the blinking of the cursor, or let them be as the system has them."""
    global _usual  # noqa: PLW0603 -- the effects of Qt are those of the whole program
    hints = QGuiApplication.styleHints()
    if _usual is None:
        _usual = {effect: QApplication.isEffectEnabled(effect) for effect in _EFFECTS}, hints.cursorFlashTime()
    effects, flash = _usual
    for effect, is_usual in effects.items():
        QApplication.setEffectEnabled(effect, is_usual and not is_reduced)
    hints.setCursorFlashTime(0 if is_reduced else flash)
