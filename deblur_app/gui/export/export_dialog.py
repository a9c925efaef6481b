"""The dialog that exports a result: where to, under which name, in which format; with the size of the file."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QVBoxLayout

from deblur_app.core.amounts import describe_bytes
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.engine.saving import saving, size_estimate
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.export.saving_editors import SavingEditors
from deblur_app.gui.theme import LOOSE, SPACE, TIGHT
from deblur_app.gui.widgets.forms.form_layout import FormLayout
from deblur_app.gui.widgets.labels import ElidedLabel, wrapping_label
from deblur_app.gui.widgets.scrolling import column_heading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from deblur_app.core.files.saving_settings import SavingSettings
    from deblur_app.core.image_io.save_options import SaveOptions
    from deblur_app.core.picture import Picture
    from deblur_app.core.task import Task

_WIDTH = 560
"""The least width of the dialog, in points."""


class ExportDialog(QDialog):
    """The settings of the file of a result, with the name and about the size that it would have.

    Attributes:
        editors: The editors of the settings.

    Signals:
        export_wanted: The `SavingSettings` that the user exports with.
    """

    export_wanted = Signal(object)

    def __init__(self, photo: Path, picture: Picture, settings: SavingSettings, parent: QWidget | None = None) -> None:
        """Begin with `settings`; `photo` gives name and folder to its result `picture`."""
        super().__init__(parent)
        self._photo, self._picture = photo, picture
        self.setWindowTitle(tr("Export"))
        self.setMinimumWidth(_WIDTH)
        self.editors = SavingEditors(settings, self)
        self.name = ElidedLabel()  # the name of a file may be shortened: the tool tip has all of it
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.name.setAccessibleName(tr("The file that is written"))
        self.facts = wrapping_label()
        self.facts.setMinimumHeight(2 * self.facts.fontMetrics().lineSpacing() + TIGHT)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.export = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.export.setText(tr("&Export"))
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._estimates = LatestTaskRunner(self)
        self._estimates.ready.connect(self._show_bytes)
        self._bytes: int | None = None
        self._lay_out()
        self.editors.changed.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LOOSE, LOOSE, LOOSE, LOOSE)
        form = FormLayout()
        form.setFieldGrowthPolicy(FormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(SPACE)
        for title, rows in ((tr("Where"), self.editors.name_rows), (tr("File"), self.editors.file_rows)):
            form.addRow(column_heading(title))
            for row in rows:
                label = QLabel(row.label)
                label.setBuddy(row.widget)
                for thing in (label, row.widget):
                    thing.setToolTip(thing.toolTip() or row.explanation)
                if not row.widget.accessibleName():
                    row.widget.setAccessibleName(row.label)
                row.widget.setAccessibleDescription(row.explanation)
                form.addRow(label, row.widget)
                if row.widget is self.editors.pattern:
                    hint = wrapping_label(row.explanation)
                    hint.setMinimumHeight(2 * hint.fontMetrics().lineSpacing() + TIGHT)  # forms do not ask for lines
                    hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
                    form.addRow("", hint)
        layout.addLayout(form)
        layout.addStretch(1)
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.addWidget(self.name)
        column.addWidget(self.facts)
        layout.addWidget(card)
        layout.addWidget(self.buttons)

    @Slot()
    def _refresh(self) -> None:
        """Show the file that the settings lead to, and have its size estimated."""
        settings = self.editors.settings
        try:
            target = saving.choose_target(self._photo, self._picture, settings)
            path = target.path()
        except DeblurError as error:
            self._path, self._bytes = None, None
            self.name.setText(tr("No file yet"))
            self.facts.setText(str(error))
            self.export.setEnabled(False)
            return
        self.export.setEnabled(True)
        self._path = path
        self.editors.set_suffix_of_photo(path.suffix)
        self.name.setText(path.name)
        self._show_facts()
        options = saving.make_options(settings)
        self._estimates.ask(partial(_estimate, self._picture, path.suffix, options))

    @Slot(object)
    def _show_bytes(self, count: int | None) -> None:
        self._bytes = count
        if self._path:
            self._show_facts()

    def _show_facts(self) -> None:
        assert self._path is not None  # noqa: S101 -- only called with a file
        options = saving.make_options(self.editors.settings)
        width, height = size_estimate.find_size(self._picture, options)
        facts = [tr("{width} × {height} pixels", width=width, height=height)]
        if self._bytes is not None:
            facts.append(tr("about {bytes}", bytes=describe_bytes(self._bytes)))
        facts.append(tr("in {folder}", folder=self._path.parent))
        is_there = os.path.lexists(self._path)
        self.facts.setText(" · ".join(facts) + (tr("\nReplaces the file of this name.") if is_there else ""))

    @Slot()
    def _accept(self) -> None:
        self.export_wanted.emit(self.editors.settings)
        self.accept()

    def hideEvent(self, event: QHideEvent) -> None:
        """End the estimate."""
        self._estimates.finish()
        super().hideEvent(event)


def _estimate(picture: Picture, suffix: str, options: SaveOptions) -> Task[int | None]:
    """Return about how many bytes the file would have; None where the format cannot hold the picture."""
    yield Progress(0.0, tr("Estimating the size of the file"))
    try:
        return size_estimate.estimate_bytes(picture, suffix, options)
    except (OSError, ValueError, RuntimeError):
        return None


def ask_how_to_export(
    parent: QWidget, photo: Path, picture: Picture, settings: SavingSettings, take: Callable[[SavingSettings], object]
) -> ExportDialog:
    """Open the dialog, and call `take` with the settings that the user exports with; does not block."""
    dialog = ExportDialog(photo, picture, settings, parent)
    dialog.export_wanted.connect(take)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
