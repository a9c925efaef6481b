"""A PSF panel on a window's session, for tests."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QDoubleSpinBox

from deblur_app.blur import degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.errors import DeblurError
from deblur_app.core.parameter import Parameter
from deblur_app.core.picture import Picture
from deblur_app.core.task import Progress
from deblur_app.engine.method import Request
from deblur_app.gui.psf.panel import PsfPanel
from deblur_app.gui.psf.tool import PsfTool
from deblur_app.gui.session.session import Session
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.compare.shown_picture import ShownPicture
from deblur_app.gui.viewer.photo_view import PhotoView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.psf import Psf
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.estimation.psf_estimate import PsfEstimate
    from deblur_app.engine.method import Context


MOMENT = 20_000


STREAK = Blur("motion", {"length": 9.0, "angle": 30.0})


def turn_colours(context: Context, *, smoothing: float) -> Task[Pixels]:
    """A method of this test: it gets a PSF and turns the colours round."""
    yield Progress(0.5)
    if smoothing == -1.0:
        raise DeblurError("Too sharp.")
    return np.ascontiguousarray(context.pixels[..., ::-1])


SMOOTHING = Parameter("smoothing", "Smoothing", "Of this test.", 0.0, -4.0, 4.0)


class Bench:
    """The tab with panes and a session, and all it says written down."""

    def __init__(self, qtbot: QtBot, scene: Pixels) -> None:
        self.qtbot = qtbot
        self.session = Session(partial(Request, "turn"))
        self.view = PhotoView()
        self.view.set_compare_mode(CompareMode.FIGURE_2)
        self.panes = self.view.panes
        self.panel = PsfPanel(self.session.current_psf)
        for widget, size in ((self.view, (900, 500)), (self.panel, (280, 700))):
            qtbot.addWidget(widget)
            widget.resize(*size)
            widget.show()
        self.tool = PsfTool(self.panel, self.session, self.view)
        self.messages: list[str] = []
        self.errors: list[Exception] = []
        self.requests: list[tuple[str, object]] = []
        self.tool.message.connect(self.messages.append)
        self.tool.failed.connect(self.errors.append)
        self.session.failed.connect(self.errors.append)
        self.tool.request_wanted.connect(lambda *request: self.requests.append(request))
        self.session.changed.connect(self.show)
        self.tool.panes_free.connect(self.show)
        self.photo = Picture(degrade.blur(np.tile(scene, (4, 4, 1)), STREAK.kernel()))
        self.settle()

    def show(self) -> None:
        """Show what the session holds, as the window does."""
        result = self.session.result.display_image.levels if self.session.result else []
        self.view.show_original(ShownPicture(self.session.input.levels if self.session.input else []))
        self.view.show_truth(ShownPicture(self.session.truth.levels if self.session.truth else []))
        self.view.show_result(ShownPicture(result))
        self.tool.refresh()

    def settle(self) -> None:
        """Wait until nothing is done any more."""
        busy = (self.panel.looks, self.tool.previews, self.panel.source.jobs, self.session)
        self.qtbot.waitUntil(lambda: not any(work.is_busy for work in busy), timeout=MOMENT)

    def open(self) -> None:
        """Open the photo and wait for its result."""
        self.session.take_picture(self.photo)
        self.settle()

    def choose(self, kind: str) -> None:
        """Choose a kind of blur as the user does."""
        self.panel.source.kinds.setCurrentIndex(self.panel.source.kinds.findData(kind))
        self.settle()

    def slide(self, name: str, value: float) -> None:
        """Change a number by its label."""
        (box,) = (box for box in self.panel.findChildren(QDoubleSpinBox) if box.accessibleName() == name)
        box.setValue(value)
        self.settle()

    @property
    def psf(self) -> Psf | None:
        """The PSF of the tab."""
        return self.session.current_psf.psf

    @property
    def kernel(self) -> Kernel:
        """Its kernel."""
        assert self.psf is not None
        return self.psf.kernel

    @property
    def preview(self) -> object:
        """A copy of what is tried in the pane on the right, or None."""
        part = self.panes.predicted.canvas.part
        return part.copy() if part else None


def stand_in_for_estimation(estimate: PsfEstimate) -> object:
    """A stand-in for an estimation: gives `estimate` and writes down what it was asked."""

    def task(*asked: object) -> Task[PsfEstimate]:
        task.asked.append(asked)  # type: ignore[attr-defined]
        yield Progress(0.5, "Looking")
        return estimate

    task.asked = []  # type: ignore[attr-defined]
    return task
