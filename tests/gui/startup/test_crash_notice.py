"""The message about a program that ended unexpectedly the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton

from deblur_app.core.program.crash_reports import CrashReporter, reports_folder
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.startup import crash_notice
from deblur_app.gui.startup.last_session_offer import LastSessionOffer

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_next_window_shows_the_report_once_and_copies_it(qtbot: QtBot) -> None:
    """It says what happened and that nothing was sent."""
    reporter = CrashReporter()
    reporter.start()
    reporter.add_exception(ValueError("out of range"))
    assert reporter.path is not None
    # As the file of a process that is gone.
    file = reporter.path
    text = file.read_text(encoding="utf-8")
    reporter.close()
    (reports_folder() / "running-1-1.txt").write_text(text, encoding="utf-8")
    window = MainWindow()
    qtbot.addWidget(window)
    offer = LastSessionOffer(window, window.session, window.opener, window.filmstrip, window.first_sight)
    offer.offer()
    box = window.findChild(QMessageBox, crash_notice.NAME)
    assert "ended unexpectedly" in box.text()
    assert "nothing was sent" in box.informativeText()
    assert "out of range" in box.detailedText()
    copy = next(button for button in box.findChildren(QPushButton) if button.text() == "&Copy report")
    copy.click()
    assert QGuiApplication.clipboard().text() == box.detailedText()
    assert box.isVisible()
    box.close()
    box.setObjectName("")
    offer.offer()
    assert window.findChild(QMessageBox, crash_notice.NAME) is None
