"""Files of results that are dragged out: written in the background, as soon as a drag may begin."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot

from deblur_app.gui.background.runner import TaskRunner
from deblur_app.gui.session.process_mark import is_running, mark_process

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.files.saving_settings import SavingSettings
    from deblur_app.gui.session.results.kept_result import KeptResult
    from deblur_app.gui.session.results.result_store import ResultStore

_PATIENCE = 20_000
"""Milliseconds that a drag waits for its file: a large photo as PNG takes some seconds."""


class DraggedFiles(QObject):
    """A writer of temporary files, one for the result that may be dragged next.

    The files stay when the program ends, because the other program may read them later; those of programs that are gone
    are removed with the next drag.

    Signals:
        failed: The exception because of which a file could not be written.
    """

    failed = Signal(object)

    def __init__(self, load_saving: Callable[[], SavingSettings], parent: QObject) -> None:
        super().__init__(parent)
        self._load_saving = load_saving
        self._runner = TaskRunner(self)
        self._runner.succeeded.connect(self._take)
        self._runner.failed.connect(self.failed)
        self._wanted: tuple[object, ...] | None = None
        self._path: Path | None = None

    def prepare(self, store: ResultStore, kept: KeptResult) -> None:
        """Begin to write the file of a result, unless it is there as it was last shown."""
        settings = self._load_saving()
        wanted = (id(kept), kept.blend, kept.shows_rejected, settings)
        if wanted == self._wanted and (self._runner.is_busy or self._path):
            return
        from deblur_app.gui.session.results.save_steps import write_kept

        self._runner.finish()
        self._wanted, self._path = wanted, None
        folder = _make_folder()
        how = replace(settings, folder=str(folder), existing="replace", keeps_time=False)
        self._runner.run(write_kept(store, kept, how))

    def wait(self) -> Path | None:
        """Return the file of the result that was asked for last, when it is written; None where it cannot be."""
        if self._runner.is_busy:
            loop = QEventLoop(self)
            self._runner.ended.connect(loop.quit)
            QTimer.singleShot(_PATIENCE, loop, loop.quit)
            loop.exec()
        return self._path

    def finish(self) -> None:
        """End the writing and wait until its thread is gone."""
        self._runner.finish()

    @Slot(object)
    def _take(self, path: Path) -> None:
        self._path = path


def dragged_folder() -> Path:
    """Return the folder of the files: in the platform's folder for caches."""
    return Path(platformdirs.user_cache_dir("Deblur", appauthor=False)) / "dragged"


def _make_folder() -> Path:
    """Return the folder of this process, and remove those of processes that are gone."""
    mine = dragged_folder() / mark_process()
    if not mine.exists():
        for folder in dragged_folder().glob("*"):
            if not is_running(folder.name):
                shutil.rmtree(folder, ignore_errors=True)
    mine.mkdir(parents=True, exist_ok=True)
    return mine
