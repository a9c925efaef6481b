"""Editors for the settings of a saved file, for the export dialog and the preferences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from deblur_app.core.files.saving_settings import LEAST_PIXELS, MOST_PIXELS, SavingSettings
from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.export.folder_editor import FolderEditor
from deblur_app.gui.theme import SPACE
from deblur_app.gui.widgets.forms.number_field import indent_number
from deblur_app.gui.widgets.forms.slider_box import SliderBox

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = {
    "same": tr_later("As the photo"), ".jpg": "JPEG", ".tif": "TIFF", ".png": "PNG", ".webp": "WebP",
    ".avif": "AVIF", ".bmp": "BMP",
}  # fmt: skip
_SUBSAMPLINGS = {
    "4:4:4": tr_later("Full (4:4:4)"),
    "4:2:2": tr_later("Half across (4:2:2)"),
    "4:2:0": tr_later("Half (4:2:0), smaller file"),
}
_DEPTHS = {None: tr_later("As the photo"), 8: tr_later("8 bits"), 16: tr_later("16 bits")}
_METADATA = {"all": tr_later("Keep all"), "no-position": tr_later("Without the GPS position"), "none": tr_later("None")}
_EXISTING = {"number": tr_later("Take the next free name"), "replace": tr_later("Replace it (never the photo itself)")}
_USUAL_SIDE = 2048
"""The longest side that is proposed, in pixels: that of photos on web pages and in albums."""

_WIDTH = 280
"""The width of an editor, in points."""

_LOSSY, _DEEP = (".jpg", ".jpeg", ".webp", ".avif"), (".png", ".tif", ".tiff")


@dataclass(frozen=True)
class LabelledEditor:
    """An editor with its label, a sentence about it, and more words that it is found by."""

    label: str
    explanation: str
    widget: QWidget
    words: str = ""


class SavingEditors(QObject):
    """The editors of all fields of `SavingSettings`.

    Signals:
        changed: A setting is another; see `settings`.
    """

    changed = Signal()

    def __init__(self, settings: SavingSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._suffix_of_photo: str | None = None
        self.format = _choice(FORMATS)
        self.quality = indent_number(QSpinBox())
        self.quality.setRange(1, 100)
        self.as_photo = QCheckBox(tr("As the JPEG of the photo"))
        self.as_photo.setToolTip(tr("With its quantisation tables: about as large a file, and nothing coarser"))
        self.subsampling, self.depth = _choice(_SUBSAMPLINGS), _choice(_DEPTHS)
        self.is_reduced = QCheckBox(tr("At most"))
        self.longest_side = indent_number(QSpinBox())
        self.longest_side.setRange(LEAST_PIXELS, MOST_PIXELS)
        self.longest_side.setSuffix(tr(" pixels"))
        self.pattern = QLineEdit()
        self.pattern.setMinimumWidth(_WIDTH)
        self.metadata, self.existing = _choice(_METADATA), _choice(_EXISTING)
        self.folder = FolderEditor()
        self.keeps_time = QCheckBox(tr("Keep the photo's date of modification"))
        self.file_rows, self.name_rows = self._make_file_rows(), self._make_name_rows()
        self.set_settings(settings)
        self._connect()

    # --- rows -------------------------------------------------------------------------------------------------------

    def _make_file_rows(self) -> list[LabelledEditor]:
        self.quality_box = SliderBox(self.quality, tr("Quality"))
        quality = _make_slider_row(self.quality_box, self.as_photo)
        size = _make_row(self.is_reduced, self.longest_side)
        self.longest_side.setAccessibleName(tr("Longest side"))
        self.quality.setAccessibleName(tr("Quality"))
        return [
            LabelledEditor(tr("Format"), tr("Of the file."), self.format, tr("ending save as jpeg tiff png webp avif")),
            LabelledEditor(
                tr("Quality"), tr("Of JPEG, WebP and AVIF; 95 looks like the original."), quality, tr("jpeg webp avif")
            ),
            LabelledEditor(
                tr("Colours of JPEG and AVIF"), tr("Reduced ones make smaller files."), self.subsampling, "subsampling"
            ),
            LabelledEditor(tr("Depth"), tr("Bits per channel of PNG and TIFF."), self.depth, "16 8"),
            LabelledEditor(
                tr("Longest side"), tr("Larger results are reduced to it."), size, tr("size pixels web resize")
            ),
            LabelledEditor(
                tr("Metadata"), tr("EXIF, XMP and IPTC; the colour profile always stays."), self.metadata, "gps"
            ),
        ]

    def _make_name_rows(self) -> list[LabelledEditor]:
        fields = tr("{name}, {date} and {counter} are filled in; {counter:03} has three digits.")
        return [
            LabelledEditor(tr("Folder"), tr("Where results go."), self.folder, tr("place destination")),
            LabelledEditor(tr("Name"), fields, self.pattern, tr("pattern counter date")),
            LabelledEditor(tr("If the file exists"), tr("Originals are never replaced."), self.existing, "overwrite"),
            LabelledEditor(tr("Time"), tr("For programs that sort by it."), self.keeps_time, tr("date modified")),
        ]

    # --- values -----------------------------------------------------------------------------------------------------

    @property
    def settings(self) -> SavingSettings:
        """The settings as the editors say them."""
        values: dict[str, Any] = {
            "suffix": self.format.currentData(),
            "quality": None if self.as_photo.isChecked() else self.quality.value(),
            "subsampling": self.subsampling.currentData(),
            "bit_depth": self.depth.currentData(),
            "longest_side": self.longest_side.value() if self.is_reduced.isChecked() else None,
            "pattern": self.pattern.text(),
            "metadata": self.metadata.currentData(),
            "existing": self.existing.currentData(),
            "folder": self.folder.folder,
            "keeps_time": self.keeps_time.isChecked(),
        }
        return replace(SavingSettings(), **values)

    def set_settings(self, settings: SavingSettings) -> None:
        """Show other settings, without a signal."""
        with QSignalBlocker(self):
            for box, value in (
                (self.format, settings.suffix),
                (self.subsampling, settings.subsampling),
                (self.depth, settings.bit_depth),
                (self.metadata, settings.metadata),
                (self.existing, settings.existing),
            ):
                box.setCurrentIndex(max(box.findData(value), 0))
            self.quality.setValue(settings.quality or SavingSettings.quality or 0)
            self.as_photo.setChecked(settings.quality is None)
            self.is_reduced.setChecked(settings.longest_side is not None)
            self.longest_side.setValue(settings.longest_side or _USUAL_SIDE)
            self.pattern.setText(settings.pattern)
            self.folder.set_folder(settings.folder)
            self.keeps_time.setChecked(settings.keeps_time)
        self._enable()

    def set_suffix_of_photo(self, suffix: str) -> None:
        """Enable what makes sense for a photo whose result has this ending where it is kept."""
        self._suffix_of_photo = suffix.lower()
        self._enable()

    # --- changes ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        for box in (self.format, self.subsampling, self.depth, self.metadata, self.existing):
            box.currentIndexChanged.connect(self._tell)
        for spin in (self.quality, self.longest_side):
            spin.valueChanged.connect(self._tell)
        for check in (self.as_photo, self.is_reduced, self.keeps_time):
            check.toggled.connect(self._tell)
        self.pattern.textChanged.connect(self._tell)
        self.folder.changed.connect(self._tell)

    @Slot()
    def _tell(self) -> None:
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        """Disable what the format has not."""
        suffix = self.format.currentData()
        suffix = self._suffix_of_photo if suffix == "same" else suffix
        is_known = suffix is not None
        is_lossy = not is_known or suffix in _LOSSY
        is_jpeg = not is_known or suffix in (".jpg", ".jpeg")
        self.as_photo.setEnabled(is_jpeg)
        self.quality_box.setEnabled(is_lossy and not (is_jpeg and self.as_photo.isChecked()))
        self.subsampling.setEnabled(suffix == ".avif" or (is_jpeg and not self.as_photo.isChecked()))
        self.depth.setEnabled(not is_known or suffix in _DEEP)
        self.longest_side.setEnabled(self.is_reduced.isChecked())


def _choice(choices: Mapping[Any, str]) -> QComboBox:
    box = QComboBox()
    box.setMinimumWidth(_WIDTH)
    for value, words in choices.items():
        box.addItem(tr(words), value)
    return box


def _make_row(*widgets: QWidget) -> QWidget:
    """Return widgets side by side, each as wide as it wishes; the first takes the focus."""
    place = QWidget()
    layout = QHBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    place.setFocusProxy(widgets[0])
    return place


def _make_slider_row(slider: SliderBox, beside: QWidget) -> QWidget:
    """Return a slider, as wide as there is room for, with a widget beside it; the slider takes the focus."""
    place = QWidget()
    layout = QHBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE)
    layout.addWidget(slider, 1)
    layout.addWidget(beside)
    place.setFocusProxy(slider.slider)
    return place
