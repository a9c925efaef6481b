"""The part of the PSF panel that checks whether the result is true to the photo and how much smoothing it needs."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.gui.images import qt_image

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from deblur_app.core.picture import Pixels
    from deblur_app.gui.psf.curve import CurveView
    from deblur_app.restoration.deconvolution.gcv import GcvCurve
    from deblur_app.restoration.deconvolution.reblur_check import ReblurCheck

_SIGMAS = 4.0
"""Differences of so many standard deviations of the noise have the full colour."""


class Checks(QWidget):
    """Two checks and their answers: the residual of the re-blurred result, and the score of each strength.

    Attributes:
        reblur_button: Pressed while the residual shows.
        verdict: The meaning of the residual.
        curve: The score of each strength of smoothing; None before the first.

    Signals:
        reblur_wanted: Show the residual, or the ground truth again.
        curve_wanted: Make the curve.
        smoothing_chosen: A smoothing that the user clicked on in the curve, in the steps of the slider.
    """

    reblur_wanted = Signal(bool)
    curve_wanted = Signal()
    smoothing_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reblur_button = QPushButton(tr("Check by re-blu&rring"))
        self.reblur_button.setCheckable(True)
        self.reblur_button.setToolTip(
            tr(
                "Blur the result with the PSF and show, in the middle pane, where that is not the photo: detail "
                "there may "
                "be invented"
            )
        )
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.verdict.hide()
        self.curve_button = QPushButton(tr("Suggest smoothing (GCV)"))
        self.curve_button.setToolTip(
            tr("Generalised cross-validation: how well the photo predicts itself with each strength of smoothing")
        )
        self.curve: CurveView | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.reblur_button, self.verdict, self.curve_button):
            layout.addWidget(widget)
        self.reblur_button.clicked.connect(self.reblur_wanted)
        self.curve_button.clicked.connect(self.curve_wanted)

    def enable(self, *, photo: bool, result: bool) -> None:
        """Enable the checks that are possible."""
        self.curve_button.setEnabled(photo)
        self.reblur_button.setEnabled(result)

    def say(self, verdict: str) -> None:
        """Show the meaning of the residual; "" takes the answer away."""
        self.verdict.setText(verdict)
        self.verdict.setVisible(bool(verdict))
        self.reblur_button.setChecked(bool(verdict))

    def show_curve(self, smoothings: NDArray[np.float64], scores: NDArray[np.float64]) -> None:
        """Show the scores of some strengths of smoothing; see `CurveView.show_curve`."""
        if self.curve is None:
            from deblur_app.gui.psf import curve

            self.curve = curve.CurveView()
            self.curve.chosen.connect(self.smoothing_chosen)
            layout = self.layout()
            if layout:
                layout.addWidget(self.curve)
        self.curve.show_curve(smoothings, scores)


def prepare_curve(curve: Task[GcvCurve]) -> Task[GcvCurve]:
    """Do the work `curve`, and load what draws its result: in the window's thread that would be felt."""
    yield Progress(0.0, tr("Preparing the diagram"))
    importlib.import_module("deblur_app.gui.psf.curve")
    return (yield from curve)


def residual(check: Callable[[], Task[ReblurCheck]]) -> Task[tuple[ReblurCheck, list[QImage]]]:
    """Run `check`, and paint its residual: grey where the photo agrees with the re-blurred result.

    Orange is where the re-blurred result is brighter than the photo, blue where it is darker.
    """
    result = yield from subtask(check(), 0.0, 0.9)
    yield Progress(0.9, tr("Drawing the residual"))
    return result, qt_image.pyramid(colorize_differences(-result.residual, result.noise))


def describe_residual(check: ReblurCheck) -> str:
    """Return the verdict of the residual of the re-blurred result, and the meaning of its colours."""
    return tr("{verdict}\nOrange: the result is too bright; blue: too dark.", verdict=check.verdict)


def colorize_differences(differences: Pixels, noise: float) -> Pixels:
    """Paint differences of shape (height, width), in standard deviations of the noise, as (height, width, 3)."""
    share = np.clip(differences / (_SIGMAS * max(noise, 1e-6)), -1.0, 1.0).astype(np.float32)[..., None]
    orange, blue, grey = (np.array(rgb, np.float32) for rgb in ((1.0, 0.62, 0.1), (0.1, 0.5, 1.0), (0.25,) * 3))
    end = np.where(share > 0, orange, blue)
    colours: Pixels = (grey + np.abs(share) * (end - grey)).astype(np.float32)
    return colours
