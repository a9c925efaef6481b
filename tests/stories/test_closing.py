"""Stopping, and closing the window while it works."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from tests.stories.user import User, write

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # offscreen: no window manager


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A photo that keeps the small model busy for longer than any test."""
    return write(tmp_path / "large.png", np.full((3000, 3000, 3), 0.5, np.float32))


def test_closing_at_work_asks_and_can_be_taken_back(user: User, large: Path) -> None:
    """While there is work the window stays until the user decides: Cancel goes on, Close ends the work and closes."""
    session, window = user.window.session, user.window
    user.drop(large)
    user.until(lambda: session.input)
    window.close()
    window.close()  # an impatient second time asks no second question
    user.answer(QMessageBox.StandardButton.Cancel)
    user.until(lambda: not user.messages)
    assert window.isVisible()
    assert session.is_busy
    window.close()
    user.answer(QMessageBox.StandardButton.Close)
    user.until(lambda: not window.isVisible())
    assert not session.is_busy
    assert session.result is None


def test_stop_ends_the_work_and_keeps_the_photo(user: User, qtbot: QtBot, large: Path) -> None:
    """Escape ends the deblurring within moments; the photo stays, and the progress goes."""
    user.drop(large)
    user.until(lambda: user.window.session.input)
    user.until(lambda: user.window.work.button.isVisible())
    assert user.window.menus.actions["cancel"].isEnabled()
    qtbot.keyClick(user.window, Qt.Key.Key_Escape)
    user.wait()
    assert user.sizes == [(3000, 3000), None, None]
    assert not user.window.work.bar.isVisible()
    assert user.messages == []
