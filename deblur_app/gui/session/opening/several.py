"""Opening of pictures that were dropped together: the first that can be opened, and one message for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from deblur_app.core.errors import DeblurError
from deblur_app.gui.background.task_queue import QueuedTask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from deblur_app.core.task import Task
    from deblur_app.gui.background.task_queue import TaskQueue
    from deblur_app.gui.session.opening.open_steps import Opened


class SeveralPictures(QObject):
    """Files that are opened together.

    Attributes:
        task: The task that opens the first; give its result to `go_on`.

    Signals:
        failed: The one exception for all files that cannot be opened.
        unreadable: Why files cannot be opened, by their path.
    """

    failed = Signal(object)
    unreadable = Signal(object)

    def __init__(
        self, paths: Sequence[Path], refusals: Sequence[str], parent: QObject, *, is_pair: bool, may_pair: bool
    ) -> None:
        """Open `paths`; `refusals` are sentences that are shown with the failures. For the rest see `open_first`."""
        from deblur_app.gui.session.opening import open_steps

        super().__init__(parent)
        self._paths, self._refusals = list(paths), list(refusals)
        self.task: Task[Opened] = open_steps.open_first(paths, is_pair=is_pair, may_pair=may_pair)

    def go_on(self, opened: Opened, jobs: TaskQueue) -> None:
        """Try the files after the first that could be opened, and show all failures together."""
        from deblur_app.gui.session.opening import open_steps

        done = {
            opened.display_image.picture.path,
            opened.truth.picture.path if opened.truth else None,
            *opened.problems,
        }
        others = [path for path in self._paths[: open_steps.MOST_TRIED] if path not in done]
        self._problems = opened.problems
        if others:
            jobs.add(QueuedTask("try", open_steps.try_all(others), self._tell))
        else:
            self._tell({})

    def _tell(self, problems: dict[Path, str]) -> None:
        from deblur_app.gui.session.opening import open_steps

        problems = {**self._problems, **problems}
        if problems:
            self.unreadable.emit(problems)
        if sentences := [*self._refusals, *problems.values()]:
            count = len(self._paths) + len(self._refusals)
            self.failed.emit(DeblurError(open_steps.message(sentences, count)))
        self.deleteLater()
