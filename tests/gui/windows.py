"""A window for a test, shown and closed again."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from deblur_app.gui.main_window import MainWindow


@contextmanager
def show_window(qtbot: QtBot, window: MainWindow, wait: int) -> Iterator[MainWindow]:
    """Show a window; afterwards close it, and wait at most `wait` milliseconds until no thread is left."""
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close_when_idle()
    qtbot.waitUntil(lambda: not window.is_busy and not window.isVisible(), timeout=wait)
    window.deleteLater()
    gc.collect()
