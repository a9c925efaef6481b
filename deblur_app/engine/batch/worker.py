"""A process that restores one photo after the other. What it loads once, such as networks, it keeps.

It writes no files. It ends at once when the program that started it is gone.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from deblur_app.core.task import Task
    from deblur_app.engine.batch.photo_task import PhotoJob, PhotoResult

VARIABLES = (
    "DEBLUR_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OPENCV_FOR_THREADS_NUM",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
)
"""Environment variables that Deblur and its libraries read their number of threads from, when they are loaded."""

_BETWEEN_PROGRESS = 0.2
"""Seconds between two messages about progress."""


def main(connection: Connection, threads: int) -> None:
    """Answer jobs until the other end is closed.

    Sends (“ready”,), then for each job any number of (“progress”, fraction, stage) and one of (“result”, PhotoResult)
    or (“failed”, sentence).

    Args:
        connection: The other end is that of the program.
        threads: How many threads this process computes with.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program decides what a Ctrl+C in the terminal ends
    jobs: queue.Queue[PhotoJob] = queue.Queue()
    threading.Thread(target=_listen, args=(connection, jobs), daemon=True).start()
    share_processors(threads)
    from deblur_app.core.files.log_file import warnings_in_log
    from deblur_app.engine.batch.photo_task import restore_photo

    with warnings_in_log(), suppress(BrokenPipeError, ConnectionError):  # the program has just ended
        connection.send(("ready",))
        while True:
            job = jobs.get()
            connection.send(answer(restore_photo(job), job.photo.path.name, connection.send))


def answer(task: Task[PhotoResult], name: str, tell: Any) -> tuple[str, Any]:
    """Drive the work on a photo to its end, and return its result or the sentence that says why there is none.

    Args:
        task: The work.
        name: The name of the photo.
        tell: Called with messages about progress.
    """
    from deblur_app.core.files.unexpected_errors import explain

    last = 0.0
    try:
        while True:
            progress = next(task)
            if time.monotonic() - last >= _BETWEEN_PROGRESS:
                last = time.monotonic()
                tell(("progress", progress.fraction, progress.stage))
    except StopIteration as end:
        return "result", end.value
    except (BrokenPipeError, ConnectionError):  # of `tell`: nobody waits for the result any more
        raise
    except Exception as error:  # noqa: BLE001 – `explain` logs it
        return "failed", explain(error, name)


def share_processors(threads: int) -> None:
    """Let this process compute with so many threads, before it has loaded what reads their number."""
    os.environ.update(dict.fromkeys(VARIABLES, str(threads)))
    import cv2

    cv2.setNumThreads(threads)


def _listen(connection: Connection, jobs: queue.Queue[PhotoJob]) -> None:
    """Pass jobs on, and end the process at once when the program has ended or closed its end."""
    try:
        while True:
            jobs.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)
