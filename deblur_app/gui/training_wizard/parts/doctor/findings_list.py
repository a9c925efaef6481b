"""The findings of the pair doctor, by kind, with small pictures."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.training_wizard.parts.doctor import finding_thumbnails
from deblur_app.gui.training_wizard.parts.doctor.doctor_words import TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from training.pair_doctor.doctor import Finding

_FINDING = Qt.ItemDataRole.UserRole
"""The role under which an item of the list keeps its finding."""


class FindingsList(QListWidget):
    """The list of findings: a title for each kind, and below it a sentence for each finding.

    Attributes:
        pictures: The reading of small pictures, in the background.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._with_pictures: list[QListWidgetItem] = []
        self.pictures = LatestTaskRunner(self)
        self.pictures.ready.connect(self._show_pictures)
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(2)
        self.setIconSize(finding_thumbnails.SIZE)
        self.setAccessibleName(tr("Faults of the pairs"))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """List these findings in place of those that are there."""
        self.empty()
        for kind, group in groupby(findings, key=lambda finding: finding.kind):
            of_kind = list(group)
            self.add_title(f"{tr(TITLES[kind])} ({len(of_kind)})")
            for finding in of_kind:
                self._add(finding)
        if findings:
            self.setCurrentRow(1)
            self.pictures.ask(partial(finding_thumbnails.thumbnails, findings))

    def empty(self) -> None:
        """Remove all lines."""
        self.clear()
        self._with_pictures.clear()

    def add_title(self, text: str) -> None:
        """Add a title."""
        item = QListWidgetItem(text)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.addItem(item)

    def list_chosen(self) -> list[Finding]:
        """Return the chosen finding, or all those under a chosen title."""
        item = self.currentItem()
        if item is None:
            return []
        if finding := item.data(_FINDING):
            return [finding]
        below = []
        for row in range(self.row(item) + 1, self.count()):
            if not (finding := self.item(row).data(_FINDING)):
                break
            below.append(finding)
        return below

    def remove(self, findings: Sequence[Finding]) -> None:
        """Remove findings that are dealt with."""
        for row in reversed(range(self.count())):
            if self.item(row).data(_FINDING) in findings:
                self._with_pictures = [item for item in self._with_pictures if item is not self.item(row)]
                self.takeItem(row)

    def _add(self, finding: Finding) -> None:
        item = QListWidgetItem(finding.sentence)
        item.setToolTip("\n".join(map(str, finding.files)))
        item.setData(_FINDING, finding)
        self.addItem(item)
        self._with_pictures.append(item)

    @Slot(object)
    def _show_pictures(self, images: list[QImage]) -> None:
        for item, image in zip(self._with_pictures, images, strict=False):
            if not image.isNull():
                item.setIcon(QIcon(QPixmap.fromImage(image)))
