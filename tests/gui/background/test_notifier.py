"""The end of long work is told where the window is not in front, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from deblur_app.core.settings import Settings
from deblur_app.gui.background import notifier
from deblur_app.gui.background.notifier import LONG, Notifier
from deblur_app.gui.main_window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("seconds", "setting", "is_told"),
    [
        (LONG, "wanted", True),
        (LONG - 1, "wanted", False),
        (LONG, "unwanted", False),
        (LONG, "in front", False),
    ],
)
def test_only_long_work_that_nobody_watches_is_told(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    setting: str,
    is_told: bool,
) -> None:
    """And only where the preferences say so."""
    monkeypatch.setattr(notifier, "is_in_front", lambda: setting == "in front")
    window, told, now = QWidget(), [], [0.0]
    qtbot.addWidget(window)
    teller = Notifier(window, lambda: setting != "unwanted", told.append, lambda: now[0])
    watch = teller.watch("photos", lambda: "“a.jpg” is done.")
    watch(False)  # nothing had begun
    watch(True)
    now[0] = seconds / 2
    watch(True)  # it goes on with other work
    now[0] = seconds
    watch(False)
    watch(False)
    assert told == ["“a.jpg” is done."] * is_told


def test_the_system_can_be_told_without_a_tray(qtbot: QtBot) -> None:
    """Without a place for messages, the window is marked in the task bar, and nothing fails."""
    window = QWidget()
    qtbot.addWidget(window)
    Notifier(window, lambda: True)._send_by_system("“a.jpg” is done.")


def test_photos_training_and_batch_are_watched(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by itself: what ends last is told last."""
    monkeypatch.setattr(notifier, "is_in_front", lambda: False)
    window, told, now = MainWindow(Settings(method="denoise")), [], [0.0]
    qtbot.addWidget(window)
    teller = window.services.notifier
    teller._send, teller._clock = told.append, lambda: now[0]
    signals = (window.session.busy_changed, window.tools.training_changed, window.batch.busy_changed)
    for signal in signals:
        signal.emit(True)
    for signal in signals:
        now[0] += LONG
        signal.emit(False)
    assert told == ["The work is done.", "The training has ended.", "The batch has ended."]
