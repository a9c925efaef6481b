"""The photos of a batch that wait and those that are done, which the window and the running batch both change."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deblur_app.engine.batch.inputs import BatchPhoto
    from deblur_app.engine.batch.settings import Override

type State = Literal["waiting", "running", "done", "skipped", "failed", "unblurred", "rejected"]
STATES: tuple[State, ...] = ("waiting", "running", "done", "skipped", "failed", "unblurred", "rejected")


@dataclass(eq=False)
class QueuedPhoto:
    """A photo of the queue.

    Attributes:
        photo: The photo.
        state: What became of it so far.
        override: Its own settings, if it has some.
        is_wanted: Whether it is restored even if it failed before or is up to date.
    """

    photo: BatchPhoto
    state: State = "waiting"
    override: Override | None = None
    is_wanted: bool = False


class PhotoQueue:
    """Photos in the order in which they are restored; safe from any thread."""

    def __init__(self, photos: Iterable[BatchPhoto] = ()) -> None:
        self._lock = threading.RLock()
        self._photos: dict[str, QueuedPhoto] = {}
        self._waiting: dict[str, None] = {}
        self._counts: dict[State, int] = dict.fromkeys(STATES, 0)
        self.is_paused = False
        self.add(photos)

    def __len__(self) -> int:
        return len(self._photos)

    def add(self, photos: Iterable[BatchPhoto]) -> None:
        """Add photos at the end; those that are there already are looked at again."""
        with self._lock:
            for photo in photos:
                known = self._photos.get(photo.relative)
                if known is None:
                    self._photos[photo.relative] = QueuedPhoto(photo)
                    self._waiting[photo.relative] = None
                    self._counts["waiting"] += 1
                elif known.state != "running":
                    self.set_state(photo.relative, "waiting")

    def find(self, name: str) -> QueuedPhoto:
        """Return a photo by its name within the batch."""
        return self._photos[name]

    def list_names(self) -> list[str]:
        """Return the names of all photos, in the order in which they were added."""
        with self._lock:
            return list(self._photos)

    def count(self, state: State) -> int:
        """Return how many photos are in a state."""
        return self._counts[state]

    def take(self) -> QueuedPhoto | None:
        """Return the first photo that waits, which is running from now on; None where none waits."""
        with self._lock:
            name = next(iter(self._waiting), None)
            if name is None:
                return None
            self.set_state(name, "running")
            return self._photos[name]

    def set_state(self, name: str, state: State) -> None:
        """Note what became of a photo."""
        with self._lock:
            entry = self._photos[name]
            self._counts[entry.state] -= 1
            self._counts[state] += 1
            entry.state = state
            if state == "waiting":
                self._waiting[name] = None
            else:
                self._waiting.pop(name, None)

    def put_back(self, name: str) -> None:
        """Let a photo that was taken wait again, as the first."""
        with self._lock:
            self.set_state(name, "waiting")
            self.move_first([name])

    def move_first(self, names: Sequence[str]) -> None:
        """Let photos that wait be restored next, in this order."""
        with self._lock:
            first = [name for name in names if name in self._waiting]
            self._waiting = dict.fromkeys([*first, *self._waiting])

    def list_waiting(self) -> list[str]:
        """Return the names of the photos that wait, the next one first."""
        with self._lock:
            return list(self._waiting)

    def remove(self, names: Iterable[str]) -> None:
        """Take photos out that do not run."""
        with self._lock:
            for name in names:
                entry = self._photos.get(name)
                if entry and entry.state != "running":
                    self._counts[entry.state] -= 1
                    self._waiting.pop(name, None)
                    del self._photos[name]

    def retry(self, names: Iterable[str]) -> list[str]:
        """Let photos that are done or failed wait again, and return which."""
        with self._lock:
            again = [name for name in names if self._photos[name].state not in {"waiting", "running"}]
            for name in again:
                self._photos[name].is_wanted = True
                self.set_state(name, "waiting")
            return again

    def list_in(self, state: State) -> list[str]:
        """Return the names of the photos in a state."""
        with self._lock:
            return [name for name, entry in self._photos.items() if entry.state == state]
