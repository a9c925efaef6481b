"""A session with its signals recorded, for tests."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Progress
from deblur_app.engine.method import Request
from deblur_app.gui.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context


class Desk:
    """A session that can be held at each step, with all it says written down."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = Session(partial(Request, "dim"))
        self.deblurring = threading.Event()
        self.may_deblur = threading.Event()
        self.may_deblur.set()
        self.held: dict[Path, threading.Event] = {}
        self.errors: list[Exception] = []
        self.saved: list[Path] = []
        self.states: list[tuple[str, ...]] = []
        self.session.failed.connect(self.errors.append)
        self.session.saved.connect(self.saved.append)
        self.session.changed.connect(lambda: self.states.append(self.state))

    @property
    def state(self) -> tuple[str, ...]:
        """Return what the session holds, in words."""
        session = self.session
        words = {
            "input": session.input,
            "truth": session.truth,
            "result": session.result,
            "figures": session.comparison,
            "input figures": session.input_quality,
        }
        return tuple(word for word, thing in words.items() if thing is not None)

    @property
    def name(self) -> str:
        """The name of the input's file."""
        displayed = self.session.input
        return displayed.picture.path.name if displayed and displayed.picture.path else ""

    def wait(self) -> None:
        """Until the session is idle."""
        self.qtbot.waitUntil(lambda: not self.session.is_busy, timeout=20_000)

    def open(self, path: Path) -> None:
        """Open a picture, and wait for its result."""
        self.session.open(path)
        self.wait()

    def hold_deblurring(self) -> None:
        """From now on deblurring begins and does not end before it may, or is cancelled."""
        self.may_deblur.clear()
        self.deblurring.clear()

    def wait_for_deblurring(self) -> None:
        """Until deblurring has begun."""
        self.qtbot.waitUntil(self.deblurring.is_set, timeout=20_000)

    def hold(self, path: Path) -> threading.Event:
        """Let the reading of a file wait for the event that is returned."""
        self.held[path] = threading.Event()
        return self.held[path]

    def dim(self, context: Context, *, strength: int) -> Task[Pixels]:
        """The method of these tests: it multiplies by a percentage."""
        self.deblurring.set()
        yield Progress(0.1)
        while not self.may_deblur.wait(0.002):
            yield Progress(0.5)
        return context.pixels * np.float32(strength / 100)
