"""Work in a process of its own, so that its memory use and failures do not affect the window.

Loading a graph of 43,000 operations holds Python's lock for seconds, a file of a stranger may ask for more memory than
there is, and a running network can only be stopped from outside.
"""

from __future__ import annotations

import multiprocessing
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

TOLD, DONE, REFUSED, DEFECT = "told", "done", "refused", "defect"
"""Kinds of messages of a process: a progress, the result, a sentence for the user, a traceback."""

_SECONDS_BETWEEN_YIELDS = 0.25
"""Seconds to wait for a message before progress is reported again."""
_SECONDS_TO_END = 5.0
"""Seconds that a process has to end."""
_KEPT_FREE = 0.1
"""Share of the free memory that a process leaves alone: the system needs room too."""


class EndedError(Exception):
    """A process has ended without an answer, as it does when the system has no memory left for it."""


class Isolated:
    """A process and the line to it."""

    def __init__(self, work: Callable[..., None], *arguments: object) -> None:
        """Start `work(connection, *arguments)`; a function of a module, because the process has to find it."""
        context = multiprocessing.get_context("spawn")  # a fork after TensorFlow has computed hangs
        self._line, other = context.Pipe()
        self._process = context.Process(target=_run_bounded, args=(work, other, *arguments), daemon=True)
        self._process.start()
        other.close()

    @property
    def is_alive(self) -> bool:
        """True if it can still be asked."""
        return self._process.is_alive()

    def send(self, message: object) -> None:
        """Send a message to the process.

        Raises:
            EndedError: It has ended.
        """
        try:
            self._line.send(message)
        except OSError as error:
            raise EndedError from error

    def receive(self, seconds: float = _SECONDS_BETWEEN_YIELDS) -> tuple[str, Any] | None:
        """Return the next message; None where there is none within `seconds`.

        Raises:
            EndedError: It has ended.
            DeblurError: What it was told to do cannot be done.
        """
        try:
            if not self._line.poll(seconds):
                return None
            kind, content = self._line.recv()
        except (EOFError, OSError) as error:
            raise EndedError from error
        if kind == REFUSED:
            raise DeblurError(content)
        if kind == DEFECT:
            raise RuntimeError(content)
        return kind, content

    def close(self) -> None:
        """End the process now, whatever it does; a second call does nothing."""
        self._process.terminate()
        self._process.join(_SECONDS_TO_END)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._line.close()


def run_isolated[T](task: Callable[..., Task[T]], *arguments: object) -> Task[T]:
    """Run `task(*arguments)` in a process of its own; closing this ends the process.

    Raises:
        DeblurError: As the task does, or the process has ended for want of memory.
    """
    process = Isolated(_drive, task, *arguments)
    progress = Progress(0.0)
    try:
        while True:
            yield progress
            message = process.receive()
            if message and message[0] == DONE:
                result: T = message[1]
                return result
            progress = message[1] if message else progress
    except EndedError as error:
        raise DeblurError(tr("The work has ended for want of memory. Close other programs and try again.")) from error
    finally:
        process.close()


def _drive(line: Connection, task: Callable[..., Task[Any]], *arguments: object) -> None:
    running = task(*arguments)
    while True:
        try:
            line.send((TOLD, next(running)))
        except StopIteration as end:
            line.send((DONE, end.value))
            return


def _run_bounded(work: Callable[..., None], line: Connection, *arguments: object) -> None:
    """Do the work of a process within the free memory; errors are sent to the process that waits for it."""
    _leave_memory()
    try:
        work(line, *arguments)
    except DeblurError as error:
        _tell(line, REFUSED, str(error))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        pass  # nobody waits any more
    except MemoryError:
        _tell(line, REFUSED, tr("There is too little memory for this. Close other programs and try again."))
    except Exception:  # noqa: BLE001 – told with its traceback, and raised again where it is received
        import traceback

        _tell(line, DEFECT, traceback.format_exc())


def _tell(line: Connection, kind: str, text: str) -> None:
    with suppress(OSError):
        line.send((kind, text))


def _leave_memory() -> None:
    """Limit memory on Linux, so that too large a request fails here before the system ends some process."""
    if sys.platform != "linux":
        return
    import resource

    import psutil

    most = int(psutil.virtual_memory().available * (1 - _KEPT_FREE))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))
