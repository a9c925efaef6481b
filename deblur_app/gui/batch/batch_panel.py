"""The settings of a batch, and of the photos in it that are selected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from deblur_app.core.texts import tr, tr_later
from deblur_app.engine.batch.settings import BatchSettings, OutputOptions, Override
from deblur_app.engine.blend import Blend
from deblur_app.engine.method import Request
from deblur_app.engine.methods import registry
from deblur_app.gui.theme import SPACE
from deblur_app.gui.widgets.card import Card
from deblur_app.gui.widgets.forms.form_layout import FormLayout
from deblur_app.gui.widgets.forms.number_field import indent_number
from deblur_app.gui.widgets.forms.slider_box import SliderBox
from deblur_app.gui.widgets.labels import ElidedLabel, wrapping_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.files.saving_settings import SavingSettings

_LEAST_WIDTH = 280  # points
_FOLDER = "batch/folder"
_FORMATS = (
    (tr_later("As each photo"), ""),
    ("JPEG", ".jpg"),
    ("PNG", ".png"),
    ("TIFF", ".tif"),
    ("WebP", ".webp"),
    ("AVIF", ".avif"),
)
_AS_PHOTO, _AS_BATCH = tr_later("As the open photo"), tr_later("As the batch")
_MOST_STRENGTH = 200  # per cent


class BatchPanel(QScrollArea):
    """The settings at the right of the photos.

    Attributes:
        folder: The folder of the results; None before one was chosen.
        method: The choice of the method; its data is a name, or "" for the settings of the open photo.
        strength: Per cent of the change.
        leaves_sharp: Whether nothing is written for photos without blur.
        reviews: Whether doubtful results are shown after the run.

    Signals:
        folder_changed: The folder of the results is another.
        own_changed: The `Override` for the photos that are selected; one without settings for none.
    """

    folder_changed = Signal()
    own_changed = Signal(object)

    def __init__(
        self, load_request: Callable[[], tuple[Request, Blend]], load_saving: Callable[[], SavingSettings]
    ) -> None:
        """Make the panel.

        Args:
            load_request: Returns the settings of the open photo.
            load_saving: Returns how results are saved.
        """
        super().__init__()
        self._load_request, self._load_saving = load_request, load_saving
        stored = str(QSettings("Deblur", "Deblur").value(_FOLDER, ""))
        self.folder: Path | None = Path(stored) if stored and Path(stored).is_dir() else None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "panel")
        content = self._content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        for title, part in (
            (tr_later("Results"), self._make_results()),
            (tr_later("Restoration"), self._make_restoration()),
            (tr_later("Selected photos"), self._make_own()),
        ):
            layout.addWidget(Card(title, part))
        layout.addStretch(1)
        self.setWidget(content)
        self.show_folder(self.folder)

    def _make_results(self) -> QWidget:
        self.folder_name = ElidedLabel()
        self.choose = QPushButton(tr("Choose f&older…"))
        self.choose.clicked.connect(self.ask_for_folder)
        self.format = QComboBox()
        for label, suffix in _FORMATS:
            self.format.addItem(tr(label), suffix)
        self.format.setAccessibleName(tr("Format of the results"))
        self.leaves_sharp = QCheckBox(tr("&Leave sharp ones alone"))
        self.leaves_sharp.setToolTip(tr("Write no file for photos in which no blur is found"))
        self.reviews = QCheckBox(tr("Re&view doubtful ones at the end"))
        self.reviews.setToolTip(tr("Compare results with their photos where the blur is uncertain or the check failed"))
        self.reviews.setChecked(True)
        part = QWidget()
        form = _form(part)
        form.addRow(tr("Folder"), self.folder_name)
        form.addRow("", self.choose)
        form.addRow(tr("Format"), self.format)
        form.addRow(self.leaves_sharp)
        form.addRow(self.reviews)
        form.addRow(wrapping_label(tr("Names, quality and metadata are those of the preferences.")))
        return part

    def _make_restoration(self) -> QWidget:
        self.method = QComboBox()
        self.method.setAccessibleName(tr("Method of the batch"))
        _list_methods(self.method, tr(_AS_PHOTO))
        self.method.setCurrentIndex(max(self.method.findData(Request().method), 0))
        self.method.currentIndexChanged.connect(self._update)
        self.strength = _strength(tr("Strength of the batch"))
        self.strength_box = SliderBox(self.strength, tr("Strength of the batch"))
        part = QWidget()
        form = _form(part)
        form.addRow(tr("Method"), self.method)
        form.addRow(tr("Strength"), self.strength_box)
        return part

    def _make_own(self) -> QWidget:
        self.own_method = QComboBox()
        self.own_method.setAccessibleName(tr("Method of the selected photos"))
        _list_methods(self.own_method, tr(_AS_BATCH))
        self.has_own_strength = QCheckBox(tr("Own strength"))
        self.own_strength = _strength(tr("Strength of the selected photos"))
        self.apply = QPushButton(tr("&Apply to selected"))
        self.apply.setToolTip(tr("Photos that are done already are restored again"))
        self.apply.clicked.connect(lambda: self.own_changed.emit(self.make_override()))
        self.has_own_strength.toggled.connect(self.own_strength.setEnabled)
        self.own_strength.setEnabled(False)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.has_own_strength, 1)
        row.addWidget(self.own_strength)
        self.own = QWidget()
        form = _form(self.own)
        form.addRow(tr("Method"), self.own_method)
        form.addRow(line)
        form.addRow("", self.apply)
        self.own.setEnabled(False)
        return self.own

    # --- what is set ------------------------------------------------------------------------------------------------

    def make_settings(self) -> BatchSettings:
        """Return the settings of the batch."""
        saving = self._load_saving()
        request, blend = Request(self.method.currentData()), Blend(self.strength.value())
        if not self.method.currentData():
            request, blend = self._load_request()
        from deblur_app.engine.saving.saving import make_options

        output = OutputOptions(
            suffix=self.format.currentData() or None,
            pattern=saving.pattern,
            keeps_time=saving.keeps_time,
            leaves_sharp=self.leaves_sharp.isChecked(),
            metadata=saving.metadata,
            save=make_options(saving),
        )
        return BatchSettings(replace(request, region=None, reduced=None, estimate=None), blend, output)

    def make_override(self) -> Override:
        """Return the settings of the photos that are selected."""
        strength = self.own_strength.value() if self.has_own_strength.isChecked() else None
        return Override(self.own_method.currentData(), {}, strength)

    def show_folder(self, folder: Path | None) -> None:
        """Show which folder gets the results, and keep it for the next batch."""
        self.folder = folder
        self.folder_name.setText(str(folder) if folder else tr("Not chosen yet"))
        if folder:
            QSettings("Deblur", "Deblur").setValue(_FOLDER, str(folder))
        self.folder_changed.emit()

    def minimumSizeHint(self) -> QSize:
        """Return a width at which nothing is cut, which grows with the font."""
        content, bar = self._content.minimumSizeHint(), self.verticalScrollBar().sizeHint()
        return QSize(max(content.width() + bar.width(), _LEAST_WIDTH), super().minimumSizeHint().height())

    def take_over(self, other: BatchPanel) -> None:
        """Show the settings of another panel."""
        for box, shown in ((self.method, other.method), (self.format, other.format)):
            box.setCurrentIndex(shown.currentIndex())
        self.strength.setValue(other.strength.value())
        self.leaves_sharp.setChecked(other.leaves_sharp.isChecked())
        self.reviews.setChecked(other.reviews.isChecked())
        self.show_folder(other.folder)

    def show_settings(self, settings: BatchSettings) -> None:
        """Show the settings of a batch that is gone on with."""
        self.method.setCurrentIndex(max(self.method.findData(settings.request.method), 0))
        self.strength.setValue(settings.blend.strength)
        self.format.setCurrentIndex(max(self.format.findData(settings.output.suffix or ""), 0))
        self.leaves_sharp.setChecked(settings.output.leaves_sharp)

    def set_selected(self, count: int) -> None:
        """Say whether photos are selected."""
        self.own.setEnabled(count > 0)

    def set_running(self, *, is_running: bool) -> None:
        """Let nothing be changed that all photos of a run share."""
        for widget in (self.choose, self.format, self.leaves_sharp, self.method):
            widget.setEnabled(not is_running)
        self._update()
        self.strength_box.setEnabled(self.strength_box.isEnabled() and not is_running)

    @Slot()
    def ask_for_folder(self) -> None:
        """Ask for the folder of the results."""
        dialog = QFileDialog(self, tr("Folder for the results"), str(self.folder or Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.show_folder(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def _update(self) -> None:
        self.strength_box.setEnabled(bool(self.method.currentData()))


def _form(part: QWidget) -> FormLayout:
    form = FormLayout(part)
    form.setContentsMargins(0, 0, 0, 0)
    form.setFieldGrowthPolicy(FormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _list_methods(box: QComboBox, first: str) -> None:
    box.addItem(first, "")
    for method in registry.list_offered():
        box.addItem(method.title, method.name)
        box.setItemData(box.count() - 1, tr(method.explanation), Qt.ItemDataRole.ToolTipRole)
    box.setMinimumContentsLength(10)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)


def _strength(name: str) -> QSpinBox:
    box = indent_number(QSpinBox())
    box.setRange(0, _MOST_STRENGTH)
    box.setValue(100)
    box.setSuffix(" %")
    box.setAccessibleName(name)
    return box
