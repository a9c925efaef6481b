"""Ctrl+C in the terminal ends the window, whatever it does at that moment."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deblur_app.gui.background.interrupt import INTERRUPTED

_PROGRAM = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from deblur_app import app

def hang():
    print("ready", flush=True)
    {hang}

class Hanging(app.Application):
    def _load_engine(self):
        QTimer.singleShot(0, hang)

app.Application = Hanging
app.run([])
"""

_HANGS = {
    "modal dialog": "QMessageBox().exec()",
    "busy window": "time.sleep(600)",
    "busy loop": "[None for _ in iter(int, 1)]",
    "failing window": "app.MainWindow.remember = None",
}


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be sent Ctrl+C there but with its whole console")
@pytest.mark.parametrize("hang", _HANGS.values(), ids=_HANGS.keys())
def test_ctrl_c_ends_the_window(hang: str) -> None:
    """In a dialog, or while it hangs for ever: without a question, with the code of an interrupt."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM.format(hang=hang)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == INTERRUPTED
    assert "Traceback" not in errors
