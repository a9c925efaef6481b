"""The decoding process: start, ask, end. See docs/adr/0018-decoding-in-a-process.md for what is decoded there."""

from __future__ import annotations

import atexit
import logging
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import deblur_app
from deblur_app.core.errors import DeblurError
from deblur_app.core.file_errors import damaged_file_error, quote, too_large_for_memory
from deblur_app.core.image_io import transfer
from deblur_app.core.program.frozen import is_frozen, program_beside
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Generator

    from deblur_app.core.image_io.decoded import Decoded

log = logging.getLogger(__name__)

WORKER_ARGUMENT = "--decode-pictures"
"""Argument that starts an installed bundle of the program, which has no interpreter to call, as decoding process."""

_PROGRAM = "import sys; sys.path.insert(0, {root!r}); from deblur_app.core.image_io.worker import main; main()"
_POLL_SECONDS = 0.02
"""Seconds between two looks at whether the answer is there."""
_SECONDS_PER_MEGABYTE = 4.0
"""Further seconds for each megabyte of a file above 1 MB; see `_LEAST_SECONDS`."""
_LEAST_SECONDS = 4.0
"""Of processor time to unpack a file; photographs take 0.05 to 0.5 s per megabyte of file."""

_lock = threading.Lock()
_idle: list[subprocess.Popen[bytes]] = []


class CannotStartError(Exception):
    """An error: there is no decoding process and none can be started."""


def decode_in_process(
    path: Path, family: str, file_size: int, *, all_pages: bool = False, page: int = 0
) -> Generator[None, None, list[Decoded]]:
    """Return what `decode` returns for a file, decoded in the other process; closing the generator ends that.

    Yields:
        None, some times a second.

    Raises:
        DeblurError: The file cannot be decoded, took too long or made the decoder crash.
        CannotStartError: No process can be started on this system.
    """
    seconds = _LEAST_SECONDS + _SECONDS_PER_MEGABYTE * file_size / 1e6 * (file_size > 1_000_000)
    name = os.fsencode(path.absolute()).decode("utf-8", "surrogateescape")
    request = {"path": name, "family": family, "all_pages": all_pages, "page": page, "seconds": seconds}
    worker = _take()
    try:
        answer = yield from _ask(worker, request)
        if answer is None and worker.wait() == 0:  # it had been idle for so long that it ended just now
            worker = _start()
            answer = yield from _ask(worker, request)
    except BaseException:
        _end(worker)
        raise
    if answer is None:
        raise _crash(worker, path.name)
    _give_back(worker)
    message, blocks = answer
    if "error" in message:
        raise DeblurError(message["error"])
    if "memory" in message:
        raise too_large_for_memory(path.name)
    return transfer.unpack(message, blocks)


def _ask(
    worker: subprocess.Popen[bytes], request: dict[str, Any]
) -> Generator[None, None, tuple[dict[str, Any], list[bytearray]] | None]:
    """Return the answer of the process; None where it has ended."""
    answers: list[tuple[dict[str, Any], list[bytearray]] | None] = []

    def converse() -> None:
        with suppress(OSError, ValueError):  # the process has ended, or it was ended and its pipes closed
            transfer.send(worker.stdin, request)  # type: ignore[arg-type]
            answers.append(transfer.receive(worker.stdout))  # type: ignore[arg-type]

    thread = threading.Thread(target=converse, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_POLL_SECONDS)
            if thread.is_alive():
                yield
    except GeneratorExit:
        worker.kill()
        thread.join()
        raise
    return answers[0] if answers else None


def _crash(worker: subprocess.Popen[bytes], name: str) -> DeblurError:
    code = worker.wait()
    _close(worker)
    log.warning("The decoding process ended with code %s", code)
    if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
        return DeblurError(
            tr("{file} takes far too long to unpack for its size. It is damaged, or made to do so.", file=quote(name))
        )
    return damaged_file_error(name, tr("its decoder stopped"))


def _take() -> subprocess.Popen[bytes]:
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.poll() is None:
                return worker
            _close(worker)
    return _start()


def _give_back(worker: subprocess.Popen[bytes]) -> None:
    with _lock:
        if not _idle:
            _idle.append(worker)
            return
    _end(worker)


def _start() -> subprocess.Popen[bytes]:
    if is_frozen():
        command = [str(program_beside("deblur")), WORKER_ARGUMENT]
    else:
        root = str(Path(deblur_app.__file__).parents[1])
        command = [sys.executable, "-c", _PROGRAM.format(root=root)]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=flags
        )
    except OSError as error:
        log.warning("The decoding process cannot be started", exc_info=error)
        raise CannotStartError from error


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()
    _close(worker)


def _close(worker: subprocess.Popen[bytes]) -> None:
    for stream in (worker.stdin, worker.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def is_waiting() -> bool:
    """Return whether a process waits for the next file, so that reading need not start one."""
    with _lock:
        return any(worker.poll() is None for worker in _idle)


@atexit.register
def end_idle() -> None:
    """End the process that waits for the next file."""
    with _lock:
        while _idle:
            _end(_idle.pop())
