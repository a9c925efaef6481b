"""The pages that Help shows: the program and its version, licences, photographs, privacy; and the folder of its log."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from deblur_app import __version__
from deblur_app.core.files.log_file import log_folder
from deblur_app.core.program import components
from deblur_app.core.program.crash_reports import reports_folder
from deblur_app.core.resources import resource
from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from deblur_app.core.program.components import Component

NAME = "about"
"""The name of the dialog among the window's children."""

PRIVACY = tr_later(
    "Deblur works on this computer alone. It opens no connection to a network: it sends no photos, no figures and no "
    "reports, and does not look for new versions.\n\n"
    "It keeps, in your own folders: settings and the list of photos opened last, thumbnails, unsaved results until "
    "they are saved or discarded, a log, and reports where it ended unexpectedly. Reports hold no photos and no names "
    "of your files. Saved photos tell in their metadata how they were made; the export can leave that out.\n\n"
    "A second start gives its photos to the window that is open through a local socket that only you can reach."
)


def show_about(parent: QWidget) -> AboutDialog:
    """Show name, version, origin, licences and credits of the program; does not block."""
    dialog = AboutDialog(parent)
    dialog.open()
    return dialog


def show_log_folder() -> None:
    """Open the folder of the log in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))


class AboutDialog(QDialog):
    """Pages about the program.

    Attributes:
        licences: The names of the components, beside which the licence of the current one is shown.
        text: The licence of the current component.
        photographs: The sources of the photographs that the networks learned from.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(NAME)
        self.setWindowTitle(tr("About Deblur"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._components: list[Component] = []
        self.licences, self.text = QListWidget(), QPlainTextEdit(readOnly=True)
        self.photographs = QTableWidget(0, 3)
        self._tabs = QTabWidget()
        self._tabs.addTab(_program_page(), tr("&Program"))
        self._tabs.addTab(self._licence_page(), tr("&Licences"))
        self._tabs.addTab(self._photograph_page(), tr("&Photographs"))
        self._tabs.addTab(_text_page(tr(PRIVACY)), tr("Pri&vacy"))
        self._tabs.currentChanged.connect(self._fill)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._tabs)
        layout.addWidget(buttons)
        self.resize(760, 480)

    def show_page(self, number: int) -> None:
        """Show one of the pages, the first of which has number 0."""
        self._tabs.setCurrentIndex(number)

    def _licence_page(self) -> QWidget:
        self.licences.setAccessibleName(tr("Components"))
        self.text.setAccessibleName(tr("Licence"))
        self.licences.currentRowChanged.connect(self._show_licence)
        splitter = QSplitter()
        splitter.addWidget(self.licences)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([240, 500])
        return _page(
            tr(
                "Deblur itself has the MIT licence. The installed program contains libraries with licences of "
                "their own, "
                "among them the LGPL (Qt) and the GPL (x265, for HEIC): passed on as a whole, it stands under the "
                "GPL."
            ),
            splitter,
        )

    def _photograph_page(self) -> QWidget:
        self.photographs.setHorizontalHeaderLabels([tr("Source"), tr("Photographs"), tr("Licence")])
        self.photographs.setAccessibleName(tr("Sources of photographs"))
        self.photographs.verticalHeader().hide()
        self.photographs.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.photographs.horizontalHeader().setStretchLastSection(True)
        return _page(
            tr(
                "The bundled networks learned from these photographs. Thank you to all who published them. The "
                "samples are "
                "by Rachel Michetti (coffee, CC0), Stéfan van der Walt (cat, CC0) and SpaceX (rocket, public domain)."
            ),
            self.photographs,
        )

    @Slot(int)
    def _fill(self, _: int) -> None:
        """Read the lists when one of the pages is first looked at: they come from files."""
        if self._components:
            return
        self._components = components.list_components()
        self.licences.addItems([f"{part.name} {part.version}".strip() for part in self._components])
        self.licences.setCurrentRow(0)
        sources = components.photograph_sources()
        self.photographs.setRowCount(len(sources))
        for row, source in enumerate(sources):
            for column, value in enumerate((source.source, str(source.photographs), source.licence)):
                self.photographs.setItem(row, column, QTableWidgetItem(value))
        self.photographs.resizeColumnsToContents()

    @Slot(int)
    def _show_licence(self, row: int) -> None:
        component = self._components[row]
        head = [f"{component.name} {component.version}".strip(), component.licence, component.homepage]
        self.text.setPlainText("\n".join([*filter(None, head), "", components.read_texts(component)]))


def _program_page() -> QWidget:
    icon = QLabel()
    icon.setPixmap(QIcon(str(resource("icons", "deblur.svg"))).pixmap(64, 64))
    icon.setAlignment(Qt.AlignmentFlag.AlignTop)
    text = QLabel(
        tr(
            "<b>Deblur {version}</b><br>Repairs blurred photographs.<br><br>It grew from the paper “Image Deblurring” "
            "(2024), whose autoencoder it contains. MIT licence.<br><br>Python {python_version} on "
            "{platform}<br>Reports of unexpected ends: {reports_folder}",
            version=__version__,
            python_version=platform.python_version(),
            platform=platform.platform(),
            reports_folder=reports_folder(),
        )
    )
    text.setWordWrap(True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    text.setAlignment(Qt.AlignmentFlag.AlignTop)
    page = QWidget()
    layout = QHBoxLayout(page)
    layout.addWidget(icon)
    layout.addWidget(text, 1)
    return page


def _text_page(text: str) -> QWidget:
    return _page(text, None)


def _page(text: str, below: QWidget | None) -> QWidget:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.addWidget(label)
    if below is None:
        layout.addStretch(1)
    else:
        layout.addWidget(below, 1)
    return page
