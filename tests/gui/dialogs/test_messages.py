"""Errors are told in a sentence; unexpected ones with details, and without promises."""

from __future__ import annotations

import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from deblur_app.core.errors import DeblurError
from deblur_app.gui.background.uncaught import Uncaught
from deblur_app.gui.dialogs.messages import show_error

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """A window."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def messages(parent: QWidget) -> list[QMessageBox]:
    """The messages on the screen."""
    return [box for box in parent.findChildren(QMessageBox) if box.isVisible()]


def make_exception(error: Exception) -> Exception:
    """An exception with a traceback."""
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def test_an_unexpected_error_comes_with_details_to_copy(parent: QWidget) -> None:
    """It names the error, promises nothing that nobody has checked, and copying does not close it."""
    show_error(parent, make_exception(RuntimeError("the cable is loose")))
    (box,) = messages(parent)
    assert box.text().startswith("Unexpected error (RuntimeError: the cable is loose).")
    assert "changed" not in box.text()
    (copy,) = (button for button in box.findChildren(QPushButton) if "Copy" in button.text())
    copy.click()
    assert "test_messages.py" in QGuiApplication.clipboard().text()
    assert messages(parent) == [box]


def test_what_the_user_can_mend_is_said_as_it_is(parent: QWidget) -> None:
    """Without details."""
    show_error(parent, DeblurError("“a.png” is empty."))
    (box,) = messages(parent)
    assert (box.text(), box.detailedText()) == ("“a.png” is empty.", "")


def test_an_error_that_comes_again_and_again_is_told_once(parent: QWidget) -> None:
    """A failure at every paint does not fill the screen; another error is told beside it."""
    for _ in range(5):
        show_error(parent, make_exception(RuntimeError("again")))
    show_error(parent, DeblurError("Another."))
    assert len(messages(parent)) == 2


def test_an_error_without_end_fits_the_screen(parent: QWidget) -> None:
    """A text of a million letters is cut."""
    show_error(parent, make_exception(ValueError("x" * 1_000_000)))
    (box,) = messages(parent)
    assert len(box.text()) < 1000


def test_what_no_slot_caught_is_told_and_the_program_goes_on(parent: QWidget) -> None:
    """An exception that reaches Python's hook is a message, and an interrupt is none."""
    uncaught, error = Uncaught(partial(show_error, parent)), make_exception(RuntimeError("in a slot"))
    uncaught.of_slot(type(error), error, error.__traceback__)
    uncaught.of_slot(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert [box.text().split(". ")[0] for box in messages(parent)] == ["Unexpected error (RuntimeError: in a slot)"]


def test_what_a_thread_did_not_catch_is_told_too(parent: QWidget) -> None:
    """The hook of threads leads to the same place."""
    uncaught, error = Uncaught(partial(show_error, parent)), make_exception(RuntimeError("in a thread"))
    uncaught.of_thread(threading.ExceptHookArgs((type(error), error, error.__traceback__, None)))
    assert len(messages(parent)) == 1


def test_an_error_that_cannot_be_told_does_not_come_back(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Telling that fails is logged; there may be no stream for errors either."""

    def fail(_: Exception) -> None:
        raise RecursionError

    monkeypatch.setattr(sys, "__stderr__", None)
    error = make_exception(RuntimeError("in a slot"))
    Uncaught(fail).of_slot(type(error), error, error.__traceback__)
    assert [record.message for record in caplog.records] == ["Uncaught exception", "An error could not be shown"]
