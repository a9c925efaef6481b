"""Thumbnails in the background: what was asked for last comes first, because that is what is looked at."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.gui.background.runner import TaskRunner

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from deblur_app.core.task import Task

_MOST = 800
"""The most thumbnails in memory; 100 kB each."""


@dataclass(frozen=True)
class _Made(Progress):
    """The progress that brings a thumbnail."""

    path: Path | None = None
    image: QImage | None = None


class ThumbnailLoader(QObject):
    """A maker of thumbnails that never blocks the window.

    Signals:
        ready: The path of a file whose thumbnail there is now.
    """

    ready = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: OrderedDict[Path, QImage] = OrderedDict()
        self._wanted: OrderedDict[Path, None] = OrderedDict()  # the last is made first
        self._lock = threading.Lock()
        self._is_finished = False
        self._runner = TaskRunner(self)
        self._runner.progressed.connect(self._take)
        self._runner.ended.connect(self._go_on)

    def thumbnail(self, path: Path) -> QImage | None:
        """Return the thumbnail of a file, null where it cannot be read; None while it is being made."""
        image = self._images.get(path)
        if image is not None:
            self._images.move_to_end(path)
            return image
        if self._is_finished:
            return None
        with self._lock:
            self._wanted[path] = None
            self._wanted.move_to_end(path)
        self._go_on()
        return None

    def forget(self, path: Path) -> None:
        """Make the thumbnail of a file anew when it is next asked for: the file is another."""
        self._images.pop(path, None)

    @property
    def is_busy(self) -> bool:
        """True if a thumbnail is being made."""
        return self._runner.is_busy

    def finish(self) -> None:
        """End the work and wait until no thread is left: for the end of the program; no step takes long."""
        self._is_finished = True  # what is painted until then asks for nothing more
        with self._lock:
            self._wanted.clear()
        self._runner.finish()

    @Slot()
    def _go_on(self) -> None:
        if self._wanted and not self._is_finished and not self._runner.is_busy:
            self._runner.run(self._make())

    def _make(self) -> Task[None]:
        from deblur_app.gui.filmstrip import thumbnail_files

        while True:
            with self._lock:
                if not self._wanted:
                    break
                path, _ = self._wanted.popitem()
            yield _Made(0.5, tr("Making thumbnails"), None, path, thumbnail_files.make_thumbnail(path))
        thumbnail_files.forget_oldest()

    @Slot(object)
    def _take(self, made: Progress) -> None:
        if isinstance(made, _Made) and made.path is not None and made.image is not None:
            self._images[made.path] = made.image
            while len(self._images) > _MOST:
                self._images.popitem(last=False)
            self.ready.emit(made.path)
