"""The program as a process of its own: how it starts, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

import pytest

from deblur_app.core.settings import settings_file

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # offscreen: no window manager


WATCHED = """
import json, socket, sys
from pathlib import Path
import psutil
from PySide6.QtWidgets import QMessageBox
from deblur_app import app

facts = {}
network = []

def watch(event, arguments):  # what Python itself asks of the network; the libraries' own sockets are listed below
    # urllib3 makes a socket to see whether the system knows IPv6, and connects it to nothing.
    if event in ("socket.connect", "socket.sendto") and arguments[0].family != getattr(socket, "AF_UNIX", None):
        network.append(f"{event} {arguments[1:]}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        network.append(f"{event} {arguments}")

sys.addaudithook(watch)

def look_at_network():
    network.extend(str(connection) for connection in psutil.Process().net_connections("inet"))

class Watched(app.Application):
    def __init__(self, arguments):
        super().__init__(arguments)
        self.window.painted.connect(self.see_paint)
        self.window.built.connect(self.follow)

    def _load_engine(self):
        super()._load_engine()
        self._engine.ended.connect(self.look)

    def see_paint(self):
        facts["modules at first paint"] = sorted({"tensorflow", "keras", "numpy", "cv2"} & set(sys.modules))

    def follow(self):
        facts["status when built"] = self.window.status.engine.text()
        self.window.session.changed.connect(self.look)
        self.window.session.busy_changed.connect(self.look)
        if "--close-at-work" in sys.argv:
            self.window.session.busy_changed.connect(self.close_at_work)

    def close_at_work(self, is_busy):
        if is_busy and "asked" not in facts:
            self.window.close()
            box = self.window.findChild(QMessageBox, "closing")
            facts["asked"] = box is not None
            box.button(QMessageBox.StandardButton.Close).click()

    def look(self):
        look_at_network()
        facts["status"] = self.window.status.engine.text()
        facts["result"] = self.window.session.result is not None
        if facts["result"] and facts["status"] == "Ready" and not self.window.is_busy:
            self.window.close()
            box = self.window.findChild(QMessageBox, "closing")
            facts["asked to save"] = box is not None
            box.button(QMessageBox.StandardButton.Discard).click()

app.Application = Watched
code = app.run([Path(sys.argv[1])])
look_at_network()
facts["network"] = network
print(json.dumps(facts))
sys.exit(code)
"""


def start(*arguments: str) -> tuple[subprocess.CompletedProcess[str], dict[str, object]]:
    """Start the program in a process of its own, and return how it ended and what was seen."""
    process = subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        capture_output=True, text=True, timeout=120, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return process, json.loads(process.stdout.splitlines()[-1]) if process.stdout else {}


def complaints(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what a process has written to stderr, without what Qt says of the platform without a screen."""
    return [line for line in done.stderr.splitlines() if not line.startswith("This plugin does not support")]


@pytest.fixture
def stored_model(tiny_card: Path) -> Path:
    """Settings in which the last model was the small one."""
    path = settings_file()
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"method": "autoencoder", "values": {"model": str(tiny_card)}}))
    return path


def test_the_program_starts_at_once_and_works_when_the_engine_is_there(photo: Path, stored_model: Path) -> None:
    """The window paints before any array library is loaded, a photo given before that is deblurred, and it ends."""
    process, facts = start(str(photo))
    assert (process.returncode, complaints(process)) == (0, [])
    assert facts == {
        "modules at first paint": [],
        "status when built": "Loading…",
        "status": "Ready",
        "result": True,
        "asked to save": True,
        "network": [],  # the promise of privacy: nothing but local sockets, from the start to the end
    }
    assert json.loads(stored_model.read_text())["recent"] == [str(photo)]


def test_the_program_ends_cleanly_when_it_is_closed_at_work(photo: Path, stored_model: Path) -> None:
    """Closed while a photo is opened and modules are loaded, it asks, waits for its threads and ends without a word."""
    process, facts = start(str(photo), "--close-at-work")
    assert (process.returncode, complaints(process)) == (0, [])
    assert facts["asked"] is True
