"""Less motion, where the user asks Deblur or the system for it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from deblur_app.core.settings import Settings
from deblur_app.gui.look.motion import SystemMotion, apply_motion
from deblur_app.gui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def usual_motion(qapp: QApplication) -> Iterator[int]:
    """Return how fast the cursor blinks; afterwards it does so again."""
    flash = QGuiApplication.styleHints().cursorFlashTime()
    yield flash
    apply_motion(is_reduced=False)


def test_what_the_system_says_can_be_asked_again_and_again(qapp: QApplication) -> None:
    """Qt's object stays, whatever Python collects; a platform without a screen asks for nothing."""
    parent = QObject()
    for _ in range(3):
        motion = SystemMotion(parent)
        gc.collect()
        assert not motion.is_reduced


def test_a_system_that_asks_for_less_motion_gets_it(usual_motion: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when it changes its mind while the window is open, and whatever Deblur's own preference is."""
    window = MainWindow(Settings(method="denoise"))
    applied, hints = window.services.applied, QGuiApplication.styleHints()
    applied.apply("motion")
    assert hints.cursorFlashTime() == usual_motion > 0
    for is_reduced in (True, False):
        monkeypatch.setattr(SystemMotion, "is_reduced", is_reduced)
        applied.system_motion.changed.emit()
        assert hints.cursorFlashTime() == (0 if is_reduced else usual_motion)
    window.deleteLater()
