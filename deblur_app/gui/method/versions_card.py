"""The results of a photo, each with how it was made: shown again by a click, starred, or removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from deblur_app.core.amounts import describe_duration
from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from deblur_app.engine.methods import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QImage

    from deblur_app.gui.session.results.kept_result import KeptResult

_PICTURE = QSize(60, 40)
"""The size of a thumbnail, in points."""

_HEIGHT = 190
"""The height of the list, in points: it scrolls, so that the panel does not grow with each result."""

_KEPT = Qt.ItemDataRole.UserRole


class VersionList(QListWidget):
    """The list of results; Del removes the one that is chosen.

    Signals:
        removal_wanted: Del was pressed.
    """

    removal_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove by Del."""
        if event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)


class VersionsCard(QWidget):
    """All results of the photo that is open, the newest at the top.

    Signals:
        chosen: The `KeptResult` to show.
        star_wanted: The `KeptResult` whose star is to change.
        removal_wanted: The `KeptResult` to remove.
    """

    chosen = Signal(object)
    star_wanted = Signal(object)
    removal_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = VersionList()
        self.list.setProperty("role", "list")
        self.list.setAccessibleName(tr("Versions"))
        self.list.setIconSize(_PICTURE)
        self.list.setWordWrap(True)
        self.list.setFixedHeight(_HEIGHT)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.star = QPushButton(tr("&Star"))
        self.star.setCheckable(True)
        self.star.setToolTip(tr("Keep this version when the disk is nearly full"))
        self.remove = QPushButton(tr("Remo&ve"))
        self.remove.setToolTip(tr("Remove this version (Del)"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.star)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        self.list.currentItemChanged.connect(self._tell)
        self.star.clicked.connect(lambda: self._with_current(self.star_wanted.emit))
        self.remove.clicked.connect(lambda: self._with_current(self.removal_wanted.emit))
        self.list.removal_wanted.connect(lambda: self._with_current(self.removal_wanted.emit))
        self.show_versions([], None)

    def show_versions(self, versions: Sequence[KeptResult], current: KeptResult | None) -> None:
        """List other results, and choose the one that is shown. No signal is emitted."""
        with QSignalBlocker(self.list):
            self.list.clear()
            for kept in reversed(versions):
                item = QListWidgetItem(describe_version(kept), self.list)
                item.setData(_KEPT, kept)
                if kept.thumbnail is not None:
                    item.setIcon(_icon(kept.thumbnail))
                if kept is current:
                    self.list.setCurrentItem(item)
        for button in (self.star, self.remove):
            button.setEnabled(current is not None)
        self.star.setChecked(current is not None and current.is_starred)

    def _with_current(self, do: Callable[[KeptResult], object]) -> None:
        item = self.list.currentItem()
        if item is not None:
            do(item.data(_KEPT))

    @Slot(QListWidgetItem)
    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_KEPT))


def _icon(image: QImage) -> QIcon:
    """Return a picture as an icon that has its own colours also where it is chosen."""
    icon, pixmap = QIcon(), QPixmap.fromImage(image)
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(pixmap, mode)
    return icon


def describe_version(kept: KeptResult) -> str:
    """Return in words how a result was made: method, what differs from its usual values, and time."""
    request, star = kept.request, "★ " if kept.is_starred else ""
    time = describe_duration(kept.restored.seconds).replace(" ", "\N{NO-BREAK SPACE}")
    try:
        method = registry.find(request.method)
    except DeblurError:  # made of several photos
        return f"{star}{request.method} · {time}"
    usual = method.complete_values({})
    labels = {parameter.name: tr(parameter.label) for parameter in method.parameters}
    changed = [f"{labels[name]} {value}" for name, value in request.values.items() if value != usual.get(name)]
    return "\n".join([f"{star}{method.title} · {time}", *([", ".join(changed)] if changed else [])])
