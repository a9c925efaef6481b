"""The blur lab: the paper's blurs on a sharp photo, live, with the kernel that makes them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from deblur_app.blur.camera import CAMERAS
from deblur_app.blur.degrade import Degradation
from deblur_app.blur.kinds import BLURS, Blur
from deblur_app.core.parameter import Choice, Parameter
from deblur_app.core.texts import lower_first, tr, tr_later
from deblur_app.gui import theme
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.blur_lab import lab_steps
from deblur_app.gui.viewer.pane import Pane
from deblur_app.gui.viewer.view import LinkedView
from deblur_app.gui.widgets.forms.parameter_form import ParameterForm, narrow_combo
from deblur_app.gui.widgets.forms.slider_box import WheelGuard
from deblur_app.gui.widgets.kernel_view import KernelView
from deblur_app.gui.widgets.scrolling import column_heading, scroll_column

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QPointF

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.gui.blur_lab.lab_steps import Trial
    from deblur_app.gui.session.display import DisplayImage

_FILE = "\0file"
_NO_JPEG = "none"
_PLACE = tr_later("The part in the middle of the view.")
_CORNERS = tr_later("Its corners blur like the photo's.")
_NO_CAMERA = "none"
_CAMERA = (
    Parameter(
        "camera",
        tr_later("Camera"),
        tr_later("As a camera would take it: colour mosaic, noise, denoising, sharpening, tone curve and JPEG."),
        _NO_CAMERA,
        choices=(
            Choice(_NO_CAMERA, tr_later("none: light and grain only")),
            Choice("compact", tr_later("compact camera")),
            Choice("phone", tr_later("phone")),
        ),
    ),
    Parameter(
        "noise",
        tr_later("Noise"),
        tr_later("Strength of the grain, of the brightest light (σ of read noise)."),
        1.0,
        0.0,
        20.0,
        "%",
    ),
    Parameter(
        "seed",
        tr_later("Grain"),
        tr_later("Each number is another random grain, always the same (seed)."),
        0,
        0,
        999_999,
    ),
    Parameter(
        "jpeg",
        tr_later("Saved as"),
        tr_later("What the file keeps: all of it, or what JPEG of some quality leaves."),
        _NO_JPEG,
        choices=(
            Choice(_NO_JPEG, tr_later("exact, nothing lost")),
            Choice("95", tr_later("JPEG of quality 95")),
            Choice("90", tr_later("JPEG of quality 90")),
            Choice("75", tr_later("JPEG of quality 75")),
            Choice("50", tr_later("JPEG of quality 50")),
            Choice("25", tr_later("JPEG of quality 25")),
        ),
    ),
    Parameter(
        "highlights",
        tr_later("Lamps"),
        tr_later("How much brighter than white the white spots were; above 1 × lamps leave hard streaks."),
        1.0,
        1.0,
        50.0,
        "×",
    ),
)


class BlurLab(QWidget):
    """The panel in which the user blurs a sharp photo.

    A part of the photo is blurred at once whenever a value changes; the whole photo when the user asks for it.

    Attributes:
        preview: The blurred part of the photo.
        blurs: The choice of the blur.
        kernel: The kernel that shows.
        trials: The work on the preview.

    Signals:
        input_wanted: A `Degradation`: blur the whole photo and take it as input.
        message: A sentence for the status line.
        failed: The exception that ended a step.
        preview_updated: The preview is up to date with a value that was changed.
    """

    input_wanted = Signal(object)
    message = Signal(str)
    failed = Signal(object)
    preview_updated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo: DisplayImage | None = None
        self._place = (0.5, 0.5)
        self._file: Kernel | None = None
        self._kernel: Kernel | None = None
        self.trials = LatestTaskRunner(self)
        self._jobs = TaskQueue(self)
        self._view = LinkedView(self)
        self.preview = Pane(tr("Preview"), tr("Open a sharp photo to see it blurred here."), self._view, lines=2)
        self.blurs = narrow_combo()
        for blur in BLURS.values():
            self.blurs.addItem(tr(blur.label), blur.name)
        WheelGuard(self).guard(self.blurs)
        self.explanation = QLabel()
        self.explanation.setWordWrap(True)
        self.explanation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.strength = ParameterForm(sliders=True)
        self.camera = ParameterForm(sliders=True)
        self.camera.draw(_CAMERA, {})
        self.kernel = KernelView()
        self.open_button = QPushButton(tr("&Open kernel…"))
        self.open_button.setToolTip(
            tr("Blur by a kernel from a NumPy file or a picture: white is where the light goes")
        )
        self.save_button = QPushButton(tr("S&ave kernel…"))
        self.save_button.setToolTip(tr("Save the kernel as numbers (.npy) or as a picture with 16 bits"))
        self.use_button = QPushButton(tr("&Use as input"))
        self.use_button.setToolTip(
            tr("Blur the whole photo, deblur it, and compare with the sharp one as ground truth")
        )
        self._lay_out()
        self._connect()
        self._choose_blur()
        self.set_photo(None)

    # --- what it is told --------------------------------------------------------------------------------------------

    def set_photo(self, photo: DisplayImage | None) -> None:
        """Blur another photo; None for none."""
        if photo is self._photo and photo is not None:
            return
        self._photo = photo
        self.use_button.setEnabled(photo is not None)
        if photo is None:
            self.preview.show_picture([], "")
        self.try_out()

    @Slot(object)
    def look_at(self, place: QPointF) -> None:
        """Preview the photo around a place, in shares of its width and height."""
        if (place.x(), place.y()) != self._place:
            self._place = (place.x(), place.y())
            if self._photo:
                self.try_out()

    def settings(self) -> Degradation:
        """Return the chosen degradation of the sharp photo: blur, camera, noise, highlights, JPEG and seed."""
        camera = self.camera.values()
        return Degradation(
            blur=self._blur(),
            noise=float(camera["noise"]) / 100.0,
            highlights=float(camera["highlights"]),
            jpeg=None if camera["jpeg"] == _NO_JPEG else int(camera["jpeg"]),
            camera=CAMERAS.get(str(camera["camera"])),
            seed=int(camera["seed"]),
        )

    def finish(self) -> None:
        """End all work and wait until no thread is left: for the end of the program; no step takes long."""
        self._jobs.finish()
        self.trials.finish()

    @Slot()
    def try_out(self) -> None:
        """Update kernel and preview to the settings."""
        photo = self._photo.picture.pixels if self._photo else None
        self.trials.ask(partial(lab_steps.try_out, self.settings(), photo, self._place))

    def open_kernel(self, path: Path) -> None:
        """Blur by the kernel of a file."""
        self._jobs.add(QueuedTask("open", lab_steps.read_kernel(path), self._take_kernel))

    def save_kernel(self, path: Path) -> None:
        """Write the kernel that is shown."""
        if self._kernel is not None:
            self._jobs.add(QueuedTask("save", lab_steps.write_kernel(self._kernel, path), self._say_saved))

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = QWidget()
        form = QVBoxLayout(page)
        kind = QLabel(tr("&Kind of blur"))
        kind.setBuddy(self.blurs)
        for widget in (kind, self.blurs, self.explanation, self.strength):
            form.addWidget(widget)
        files = QHBoxLayout()
        files.addWidget(self.open_button)
        files.addWidget(self.save_button)
        form.addWidget(column_heading(tr("Kernel")))
        form.addWidget(self.kernel)
        form.addLayout(files)
        form.addWidget(column_heading(tr("Camera and file")))
        form.addWidget(self.camera)
        form.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.preview, 2)
        below = QHBoxLayout()
        below.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        below.addWidget(self.use_button)
        layout.addLayout(below)
        layout.addWidget(scroll_column(page), 3)

    def _connect(self) -> None:
        self.blurs.currentIndexChanged.connect(self._choose_blur)
        self.strength.changed.connect(self.try_out)
        self.camera.changed.connect(self.try_out)
        self.trials.ready.connect(self._show)
        self.trials.failed.connect(self.failed)
        self._jobs.failed.connect(self._tell_failure)
        self.open_button.clicked.connect(self._ask_for_kernel)
        self.save_button.clicked.connect(self._ask_for_target)
        self.use_button.clicked.connect(lambda: self.input_wanted.emit(self.settings()))

    # --- what the user does -----------------------------------------------------------------------------------------

    def _blur(self) -> Blur | Kernel | None:
        name = self.blurs.currentData()
        return self._file if name == _FILE else Blur(name, self.strength.values())

    @Slot()
    def _choose_blur(self) -> None:
        kind = BLURS.get(self.blurs.currentData())
        self.explanation.setText(
            tr(kind.explanation) if kind else tr("The kernel of a file: as it is, whatever made it.")
        )
        self.strength.draw(kind.parameters if kind else (), {})
        self.strength.setVisible(kind is not None)
        self.try_out()

    @Slot()
    def _ask_for_kernel(self) -> None:
        from deblur_app.gui.dialogs import dialogs

        dialogs.ask_for_kernel(self, self.open_kernel)

    @Slot()
    def _ask_for_target(self) -> None:
        from deblur_app.gui.dialogs import dialogs

        dialogs.ask_for_kernel_target(
            self, tr("{blurs} kernel", blurs=lower_first(self.blurs.currentText())), self.save_kernel
        )

    # --- what the work says -----------------------------------------------------------------------------------------

    @Slot(object)
    def _show(self, trial: Trial) -> None:
        self._kernel = trial.kernel
        self.kernel.show_kernel(trial.kernel_image, trial.response_image, trial.facts)
        if self._photo and trial.levels:
            size = trial.levels[0].size()
            words = tr(_CORNERS if trial.varies else _PLACE)
            caption = tr(
                "{width} × {height} px · of {name}\n{words}",
                width=size.width(),
                height=size.height(),
                name=self._photo.name,
                words=words,
            )
            self.preview.show_picture(trial.levels, caption)
        self.preview_updated.emit()

    def _take_kernel(self, loaded: tuple[Path, Kernel]) -> None:
        path, self._file = loaded
        index = self.blurs.findData(_FILE)
        if index < 0:
            index = self.blurs.count()
            self.blurs.addItem("", _FILE)
        self.blurs.setItemText(index, path.name)
        if self.blurs.currentIndex() == index:
            self.try_out()
        else:
            self.blurs.setCurrentIndex(index)

    def _say_saved(self, path: Path) -> None:
        self.message.emit(tr("Saved as {name} in {folder}", name=path.name, folder=path.parent))

    @Slot(object, str)
    def _tell_failure(self, error: Exception, _: str) -> None:
        self.failed.emit(error)
