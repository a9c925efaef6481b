"""The networks that were added, with what adds and removes them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from collections.abc import Callable

_FILTER = tr_later("Models and networks (*.deblur *.tgz *.tar.gz *.json)")
_REMOVE = Qt.ItemDataRole.UserRole


class ModelsList(QWidget):
    """The list of models and public networks that were added.

    Signals:
        file_chosen: The path of a file that holds a model to add.
        removed: A model was removed.
        failed: The exception because of which one could not be removed.
    """

    file_chosen = Signal(object)
    removed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setProperty("role", "list")
        self.list.setAccessibleName(tr("Models that were added"))
        self.list.setMinimumHeight(140)
        self.add = QPushButton(tr("&Add…"))
        self.remove = QPushButton(tr("&Remove"))
        self.remove.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        self.add.clicked.connect(self._ask)
        self.remove.clicked.connect(self._remove)
        self.list.currentItemChanged.connect(lambda item: self.remove.setEnabled(bool(item and item.data(_REMOVE))))
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """List what there is now."""
        from deblur_app.engine.models import installed
        from deblur_app.engine.models.third_party import known, store

        self.list.clear()
        for model in installed.list_installed():
            self._list(tr("{name} · trained with Deblur", name=model.name), partial(installed.remove, model.name))
        for card in store.list_installed():
            network = known.find_network(card.name)
            self._list(f"{network.label} · {network.licence}", partial(store.remove, card.name))
        if not self.list.count():
            item = QListWidgetItem(
                tr("None yet: add a model in one file (.deblur), or the package of a public network.")
            )
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)

    def _list(self, words: str, remove: Callable[[], object]) -> None:
        item = QListWidgetItem(words)
        item.setData(_REMOVE, remove)
        self.list.addItem(item)

    @Slot()
    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Add a model"), "", tr(_FILTER))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.file_chosen.emit(Path(name)))
        dialog.open()

    @Slot()
    def _remove(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        try:
            item.data(_REMOVE)()
        except DeblurError as error:
            self.failed.emit(error)
        self.refresh()
        self.removed.emit()
