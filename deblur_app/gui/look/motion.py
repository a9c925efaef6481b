"""Motion in the window: menus that slide, boxes that fold, a cursor that blinks; less of it on wish.

Windows, macOS and the desktops of Linux have a setting for less motion, which Qt passes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibilityHints

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)

_usual: tuple[dict[Qt.UIEffect, bool], int] | None = None


class SystemMotion(QObject):
    """What the system says about motion.

    Signals:
        changed: It says something else now.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._style_hints = QGuiApplication.styleHints()  # kept: the hints go with Python's reference to these
        self._hints: QAccessibilityHints = self._style_hints.accessibility()
        self._hints.motionPreferenceChanged.connect(self.changed)

    @property
    def is_reduced(self) -> bool:
        """True if the user has asked the system for less motion."""
        return self._hints.motionPreference() is Qt.MotionPreference.ReducedMotion


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
