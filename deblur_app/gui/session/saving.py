"""Saving of results beside the other work of a session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from deblur_app.core.files.saving_settings import SavingSettings
from deblur_app.gui.background.task_queue import QueuedTask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deblur_app.core.files.targets import Target
    from deblur_app.engine.blend import Blend
    from deblur_app.gui.background.task_queue import TaskQueue
    from deblur_app.gui.session.display import DisplayImage, Result
    from deblur_app.gui.session.results.kept_result import KeptResult
    from deblur_app.gui.session.results.result_store import ResultStore


class Saver(QObject):
    """A writer of results, which remembers which are saved.

    Signals:
        saved: The path of a picture that was written.
        note_added: A sentence about what the file cannot hold.
    """

    saved = Signal(object)
    note_added = Signal(str)

    def __init__(self, jobs: TaskQueue, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def save(
        self,
        display_image: DisplayImage,
        result: Result,
        blend: Blend,
        target: Path | Target,
        store: ResultStore,
        *,
        settings: SavingSettings | None = None,
    ) -> None:
        """Write the result of a photo, blended by `blend`, with the quality, size and metadata of the settings."""
        from deblur_app.core import image_io
        from deblur_app.gui.session.results import save_steps
        from deblur_app.gui.session.results.making import Making

        settings = settings or SavingSettings()
        request = result.kept.request if result.kept else result.restored.request
        making = Making(request, result.restored, result.blend, result.shows_rejected)
        task, taken = save_steps.save(result.display_image.picture, target, making, settings), result.blend
        if taken != blend and display_image.picture.pixels.shape == result.display_image.picture.pixels.shape:
            making, taken = replace(making, blend=blend), blend
            restored = result.restored.picture
            task = save_steps.save_blended(display_image.picture, restored, making, target, settings)

        def tell(path: Path) -> None:
            if result.kept:
                store.mark_saved(result.kept, taken, rejected=result.shows_rejected)
            self.saved.emit(path)
            if note := image_io.describe_loss(result.display_image.picture, path):
                self.note_added.emit(note)

        self._jobs.add(QueuedTask("save", task, tell))

    def save_all(
        self,
        store: ResultStore,
        results: Sequence[KeptResult],
        settings: SavingSettings,
        follow: Callable[[], object],
    ) -> None:
        """Write results by the settings, and call `follow` where all went well."""
        from deblur_app.gui.session.results import save_steps

        task = save_steps.save_all(store, results, settings)
        self._jobs.add(QueuedTask("save", task, lambda _: follow()))
