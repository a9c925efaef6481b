"""Outputs of the network for some pictures after each epoch, with a slider over the epochs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.training_wizard.parts.tiles import Tile, create_tile_grid
from deblur_app.gui.widgets.forms.parameter_form import narrow_combo
from deblur_app.gui.widgets.forms.slider_box import WheelGuard
from training.runs import epoch_pictures

if TYPE_CHECKING:
    from training.runs.epoch_pictures import Scene
    from training.runs.run import Run


@dataclass(frozen=True, eq=False)
class EpochPictures:
    """The pictures of one scene after an epoch, and the lists of scenes and epochs.

    Attributes:
        scenes: All scenes of the run.
        epochs: The epochs that have pictures.
        scene: The place of the scene that is shown among them.
        epoch: The epoch that is shown.
        images: Input, prediction and truth; null images for what is missing.
    """

    scenes: list[Scene]
    epochs: list[int]
    scene: int
    epoch: int
    images: tuple[QImage, QImage, QImage]


class EpochScrubber(QWidget):
    """A view of a held-out picture, or of the user's own photo, after any epoch.

    While the slider stands at the last epoch it follows the training.

    Attributes:
        reading: The reading of the files, in the background.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._follows = True
        self._pictures: EpochPictures | None = None
        self.reading = LatestTaskRunner(self)
        self.scene = narrow_combo()
        self.scene.setToolTip(tr("Which picture is shown"))
        self.scene.setAccessibleName(tr("Picture that is followed over the epochs"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 0)
        self.slider.setToolTip(tr("Go through the epochs; at the right end the newest one is shown"))
        self.slider.setAccessibleName(tr("Epoch that is shown"))
        guard = WheelGuard(self)
        guard.guard(self.scene)
        guard.guard(self.slider)
        self.words = QLabel(tr("Afte&r epoch"))
        self.words.setBuddy(self.slider)
        self.tiles = (Tile(tr("Input")), Tile(tr("Predicted")), Tile(tr("Sharp")))
        self._epochs: list[int] = []
        row = QHBoxLayout()
        row.addWidget(self.words)
        row.addWidget(self.slider, 1)
        row.addWidget(self.scene)
        self._grid = create_tile_grid()
        for column, tile in enumerate(self.tiles):
            tile.place(self._grid, 0, column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid, 1)
        layout.addLayout(row)
        self.slider.valueChanged.connect(self._scrub)
        self.scene.currentIndexChanged.connect(lambda _: self._read())
        self.reading.ready.connect(self._show)
        self.hide()

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [self.slider, self.scene]

    @property
    def epoch(self) -> int | None:
        """The epoch that the slider stands at; None before there is one."""
        return self._epochs[self.slider.value()] if self._epochs else None

    def follow(self, run: Run | None) -> None:
        """Show the pictures of another run, of which there may be none yet; None for none."""
        self._run, self._follows, self._epochs, self._pictures = run, True, [], None
        with QSignalBlocker(self.slider), QSignalBlocker(self.scene):
            self.slider.setRange(0, 0)
            self.scene.clear()
        for tile in self.tiles:
            tile.show_image(None)
        self.hide()
        self.look()

    @Slot()
    def look(self) -> None:
        """Look for more epochs."""
        self._pictures = None
        self._read()

    def _read(self) -> None:
        if self._run is not None:
            epoch = None if self._follows else self.epoch
            self.reading.ask(partial(read_epoch, self._run, max(self.scene.currentIndex(), 0), epoch, self._pictures))

    @Slot(int)
    def _scrub(self, value: int) -> None:
        self._follows = value == self.slider.maximum()
        self._name_epoch()
        self._read()

    @Slot(object)
    def _show(self, pictures: EpochPictures | None) -> None:
        self.setVisible(pictures is not None)
        if pictures is None:
            return
        self._pictures = pictures
        with QSignalBlocker(self.slider), QSignalBlocker(self.scene):
            if self.scene.count() != len(pictures.scenes):
                self.scene.clear()
                self.scene.addItems([_name_epoch(scene) for scene in pictures.scenes])
                self.scene.setCurrentIndex(pictures.scene)
            at = self.epoch
            self._epochs = pictures.epochs
            self.slider.setRange(0, len(pictures.epochs) - 1)
            self.slider.setValue(len(pictures.epochs) - 1 if self._follows or at is None else pictures.epochs.index(at))
        self._name_epoch()
        for column, (tile, image) in enumerate(zip(self.tiles, pictures.images, strict=True)):
            tile.show_image(image)
            tile.set_visible(not image.isNull())
            self._grid.setColumnStretch(column, 0 if image.isNull() else 1)  # the others share its room

    def _name_epoch(self) -> None:
        self.words.setText(tr("Afte&r epoch {epoch}", epoch=self.epoch) if self._epochs else tr("Afte&r epoch"))


def read_epoch(
    run: Run, scene: int, epoch: int | None, names: EpochPictures | None = None
) -> Task[EpochPictures | None]:
    """Read the pictures of a scene after an epoch.

    Args:
        run: The run.
        scene: The place of the scene among those of the run.
        epoch: The epoch; None for the last one.
        names: What was read before, where nothing has come since: looking through thousands of names takes time.

    Returns:
        The pictures; None where there are none yet.
    """
    yield Progress(0.0, tr("Reading previews"))
    scenes = names.scenes if names else epoch_pictures.scenes(run)
    epochs = names.epochs if names else epoch_pictures.epochs(run)
    if not scenes or not epochs:
        return None
    scene = min(scene, len(scenes) - 1)
    nearest = epoch if epoch in epochs else epochs[-1]
    scene_name = scenes[scene]
    prediction = epoch_pictures.prediction(run, nearest, scene_name.name)
    paths = (scene_name.input, prediction, scene_name.truth)
    images = tuple(QImage(str(path)) if path else QImage() for path in paths)
    return EpochPictures(scenes, epochs, scene, nearest, images)  # type: ignore[arg-type]


def _name_epoch(scene: Scene) -> str:
    return tr("My photo") if scene.name == epoch_pictures.PHOTO else tr("Held-out picture {name}", name=scene.name)
