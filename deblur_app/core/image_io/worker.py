"""The decoding process: decodes one file after the other, and may crash without harm to the program."""

from __future__ import annotations

import contextlib
import gc
import os
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import IO, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.file_names import content
from deblur_app.core.image_io import transfer
from deblur_app.core.image_io.decode import decode

_IDLE_SECONDS = 60.0
"""After so long without a file the process ends; the next file starts another."""

_SMALL_FILE = 1_000_000
"""Bytes below which a file is small, so that the memory of its decoding is bounded."""
_SMALL_FILE_MEMORY = 1_200_000_000
"""Bytes that decoding a small file may take, below the promised 1.5 GB because the program holds the result too."""


def main() -> None:
    """Answer requests on standard input until it is closed."""
    requests, answers = _take_streams()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program decides what a Ctrl+C in the terminal ends
    messages: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_listen, args=(requests, messages), daemon=True).start()
    while True:
        try:
            message = messages.get(timeout=_IDLE_SECONDS)
        except queue.Empty:
            return
        with contextlib.suppress(BrokenPipeError):
            transfer.send(answers, *_answer(message))
        gc.collect()


def _take_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return both ends of the conversation, and send whatever codecs print to nowhere."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return requests, answers


def _listen(requests: IO[bytes], messages: queue.Queue[dict[str, Any]]) -> None:
    """Pass requests on, and end the process at once when the program has ended."""
    while (received := transfer.receive(requests)) is not None:
        messages.put(received[0])
    os._exit(0)


def _answer(message: dict[str, Any]) -> tuple[dict[str, Any], tuple[bytes | memoryview, ...]]:
    path = Path(os.fsdecode(message["path"].encode("utf-8", "surrogateescape")))
    try:
        data = content(path)
        _limit(len(data), float(message["seconds"]))
        try:
            wanted = {"all_pages": message["all_pages"], "page": message["page"]}
            return transfer.pack(decode(data, path.name, message["family"], **wanted))
        finally:
            _limit(None, None)
    except DeblurError as error:
        return {"error": str(error)}, ()
    except MemoryError:
        return {"memory": True}, ()


def _limit(file_size: int | None, seconds: float | None) -> None:
    """Bound memory and processor time of what follows, where the system can; None lifts the bounds."""
    if sys.platform == "win32":
        return
    import resource

    import psutil

    space, time = resource.RLIM_INFINITY, resource.RLIM_INFINITY
    if file_size is not None and file_size < _SMALL_FILE:
        space = psutil.Process().memory_info().vms + _SMALL_FILE_MEMORY
    if seconds is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        time = int(used.ru_utime + used.ru_stime + seconds) + 1
    for kind, value in ((resource.RLIMIT_AS, space), (resource.RLIMIT_CPU, time)):
        hard = resource.getrlimit(kind)[1]
        bounded = min((limit for limit in (value, hard) if limit != resource.RLIM_INFINITY), default=value)
        with contextlib.suppress(OSError, ValueError):  # some systems know a bound and do not set it
            resource.setrlimit(kind, (bounded, hard))
