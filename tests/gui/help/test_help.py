"""Help opens a self-test that can be stopped and copied, and the log."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from deblur_app.core.task import Progress
from deblur_app.engine.self_test.self_test import SampleDone, SampleRun
from deblur_app.gui.help.log_window import LogWindow
from deblur_app.gui.help.self_test_dialog import SelfTestDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.task import Task

MOMENT = 20_000
RUNS = [
    SampleRun("coffee", "wiener", "cpu", 1.25, 2.5),
    SampleRun("cat", "wiener", "cpu", 0.0, None, "RuntimeError: no such operation"),
]


def run_quickly() -> Task[list[SampleRun]]:
    """A test of two runs."""
    for number, run in enumerate(RUNS, start=1):
        yield SampleDone(number / 2, "Wiener", None, run)
    return RUNS


def test_the_table_fills_and_the_report_can_be_copied(qtbot: QtBot) -> None:
    """With what failed, in words."""
    dialog = SelfTestDialog(make_task=run_quickly)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.copy.isEnabled()
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.start.text() == "&Start again", timeout=MOMENT)
    assert dialog.words.text() == "1 of 2 failed."
    texts = [[dialog.table.item(row, column).text() for column in range(5)] for row in range(2)]
    assert texts[0][1:] == ["coffee", "cpu", "1.2 s", "+2.5 dB"]
    assert texts[1][4] == "failed: RuntimeError: no such operation"
    dialog.copy.click()
    assert "1 of 2 failed" in QGuiApplication.clipboard().text()


def test_it_can_be_stopped_and_closed_while_it_runs(qtbot: QtBot) -> None:
    """No thread is left."""
    may_go_on = threading.Event()

    def run_slowly() -> Task[list[SampleRun]]:
        while True:
            may_go_on.wait(0.002)
            yield Progress(0.1, "Working")

    dialog = SelfTestDialog(make_task=run_slowly)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.words.text() == "Working", timeout=MOMENT)
    dialog.start.click()
    qtbot.waitUntil(lambda: dialog.words.text() == "The self-test was stopped.", timeout=MOMENT)
    dialog.start.click()
    dialog.close()


def test_the_log_is_shown_searched_and_followed(qtbot: QtBot, log_file: Path) -> None:
    """Without a log, it says so."""
    window = LogWindow()
    qtbot.addWidget(window)
    window.show()
    assert window.text.toPlainText() == "Nothing was logged yet."
    log_file.write_text("one line\nanother line\nan ERROR\n")
    window.refresh()
    assert window.text.toPlainText() == "one line\nanother line\nan ERROR"
    window.search.setText("error")
    assert window.text.toPlainText() == "an ERROR"
    window.copy.click()
    assert QGuiApplication.clipboard().text() == "an ERROR"
