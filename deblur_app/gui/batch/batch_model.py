"""The photos of a batch, as Qt's views read them."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from deblur_app.core.amounts import describe_duration
from deblur_app.core.texts import tr, tr_later
from deblur_app.engine.batch.photo_task import DOUBTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from deblur_app.engine.batch.inputs import BatchPhoto
    from deblur_app.engine.batch.journal import Record
    from deblur_app.engine.batch.photo_queue import State
    from deblur_app.engine.batch.runner import BatchEvent
    from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader

type _Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The role of the `BatchRow`."""

WORDS: dict[State, str] = {
    "waiting": tr_later("waiting"),
    "running": tr_later("being restored"),
    "done": tr_later("done"),
    "skipped": tr_later("done before"),
    "failed": tr_later("failed"),
    "unblurred": tr_later("no blur found"),
    "rejected": tr_later("rejected"),
}
"""The states in words."""


@dataclass(frozen=True)
class BatchRow:
    """A photo of the batch as it is shown.

    Attributes:
        photo: The photo.
        state: What became of it.
        record: What the journal says of it; None before it is done.
        fraction: Share of the work on it that is done.
        since: When it was begun, as `time.monotonic` counts.
        is_own: Whether it has settings of its own.
    """

    photo: BatchPhoto
    state: State = "waiting"
    record: Record | None = None
    fraction: float = 0.0
    since: float = 0.0
    is_own: bool = False

    @property
    def is_doubtful(self) -> bool:
        """True if somebody should look at the result."""
        record = self.record
        return bool(record and record.doubts and record.event in {"done", "unblurred"} and self.state != "rejected")

    @property
    def words(self) -> str:
        """The state in words, with the time left while it is restored."""
        if self.state == "running" and self.fraction > 0.05:
            left = (time.monotonic() - self.since) * (1 - self.fraction) / self.fraction
            return tr("{fraction:.0%} · {duration} left", fraction=self.fraction, duration=describe_duration(left))
        words = tr(WORDS[self.state])
        if self.is_doubtful:
            return tr("{state} · look at it", state=words)
        is_own = self.is_own and self.state == "waiting"
        return tr("{state} · own settings", state=words) if is_own else words

    @property
    def details(self) -> str:
        """All that is known of it, in lines."""
        record = self.record
        lines = [str(self.photo.path), self.words]
        if record:
            lines += [
                record.error,
                record.diagnosis,
                *(tr(DOUBTS.get(doubt, doubt)) for doubt in record.doubts),
                record.note,
            ]
        return "\n".join(line for line in lines if line)


class BatchModel(QAbstractListModel):
    """The list of photos; thumbnails come when they are made.

    Attributes:
        rows: The photos, in the order in which they are restored.
    """

    def __init__(self, loader: ThumbnailLoader) -> None:
        super().__init__(loader)
        self.rows: list[BatchRow] = []
        self._places: dict[str, int] = {}
        self._loader = loader
        loader.ready.connect(self._show_thumbnail)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of photos."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view asks about a photo."""
        row = self.rows[index.row()]
        roles = Qt.ItemDataRole
        readers: dict[int, Callable[[], Any]] = {
            roles.DisplayRole: lambda: row.photo.path.name,
            roles.DecorationRole: lambda: self._loader.thumbnail(row.photo.path),
            roles.ToolTipRole: lambda: row.details,
            roles.AccessibleTextRole: lambda: f"{row.photo.path.name}, {row.words}",
            ROW_ROLE: lambda: row,
        }
        return readers[role]() if role in readers else None

    def find(self, name: str) -> BatchRow | None:
        """Return a photo by its name within the batch; None where it is not listed."""
        place = self._places.get(name)
        return None if place is None else self.rows[place]

    def add(self, photos: Sequence[BatchPhoto]) -> None:
        """Add photos at the end."""
        if photos:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(photos) - 1)
            self.rows += [BatchRow(photo) for photo in photos]
            self._places |= {photo.relative: first + number for number, photo in enumerate(photos)}
            self.endInsertRows()

    def take_over(self, other: BatchModel) -> None:
        """Show the photos of another list, as it shows them."""
        self.add([row.photo for row in other.rows])
        self.rows[:] = other.rows

    def remove(self, names: Iterable[str]) -> None:
        """Take photos out."""
        gone = set(names)
        self._list([row for row in self.rows if row.photo.relative not in gone])

    def order(self, waiting: Sequence[str]) -> None:
        """List the photos that wait in this order, behind all others."""
        places = {name: place for place, name in enumerate(waiting)}
        self._list(sorted(self.rows, key=lambda row: places.get(row.photo.relative, -1)))

    def _list(self, rows: list[BatchRow]) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        names = [self.rows[index.row()].photo.relative for index in kept]
        self.rows = rows
        self._places = {row.photo.relative: place for place, row in enumerate(rows)}
        places = [self._places.get(name, -1) for name in names]
        self.changePersistentIndexList(kept, [self.index(place) if place >= 0 else QModelIndex() for place in places])
        self.layoutChanged.emit()

    def take_event(self, event: BatchEvent) -> None:
        """Show what became of a photo."""
        row = self.find(event.photo)
        if row is None:
            return
        begins = event.state == "running" and row.state != "running"
        since = time.monotonic() if begins else row.since
        self._replace(
            replace(row, state=event.state, record=event.record or row.record, fraction=event.fraction, since=since)
        )

    def set_state(self, name: str, state: State, record: Record | None = None) -> None:
        """Show another state of a photo."""
        row = self.find(name)
        if row:
            self._replace(replace(row, state=state, record=record or row.record, fraction=0.0))

    def set_own(self, names: Iterable[str], *, is_own: bool) -> None:
        """Show which photos have settings of their own."""
        for name in names:
            row = self.find(name)
            if row:
                self._replace(replace(row, is_own=is_own))

    def _replace(self, row: BatchRow) -> None:
        place = self._places[row.photo.relative]
        self.rows[place] = row
        self.dataChanged.emit(self.index(place), self.index(place))

    def _show_thumbnail(self, path: Any) -> None:
        for place, row in enumerate(self.rows):
            if row.photo.path == path:
                self.dataChanged.emit(self.index(place), self.index(place), [Qt.ItemDataRole.DecorationRole])
