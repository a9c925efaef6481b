"""Give a reader one file of any bytes, and check that it answers: with a result or with one sentence.

Used by the tests of this folder with some hundred files a reader, and by `dev.py fuzz` for as long as wanted.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

MOST_SECONDS = 5.0
"""Seconds of the processor after which a reader counts as hanging."""

BUSY = 6
"""Times as many seconds of the clock, which a busy machine may need for them; this is what ends a wait."""

MOST_BYTES = 1_500_000_000
"""Bytes by which a reader may let the process grow for a file below `SMALL_FILE`."""

SMALL_FILE = 1_000_000
"""Bytes up to which the bound on memory holds: a larger file may hold a larger picture."""

LONGEST_SENTENCE = 600
"""Characters; names of files are part of a sentence."""


@dataclass(frozen=True)
class Reader:
    """A function that reads files of others, and its cases.

    Attributes:
        name: By which it is chosen on the command line.
        file_name: The name that the file gets; its ending may decide how it is read.
        make: Makes the bytes of a file, sound or damaged, from a source of random numbers.
        read: Reads the file at a path, which lies alone in a folder. It may return anything and raise `DeblurError`.
        cases: How many files the tests give it; each of them should take some milliseconds.
    """

    name: str
    file_name: str
    make: Callable[[Random], bytes]
    read: Callable[[Path], object]
    cases: int = 90


class HangError(BaseException):
    """A reader took too long; no `except Exception` of a reader holds it up."""


def check(reader: Reader, data: bytes) -> str | None:
    """Let `reader` read `data` from a file, in a new folder.

    Returns:
        The sentence of its refusal, or None where it has read the file.

    Raises:
        AssertionError: It raised something else, its sentence is none, it printed, or took too much memory.
        HangError: It did not end in time.
    """
    with tempfile.TemporaryDirectory(prefix="deblur-fuzz-") as name:
        path = Path(name) / reader.file_name
        path.write_bytes(data)
        before = _reset_peak()
        with _forbid_output(), _time_limit(MOST_SECONDS):
            try:
                reader.read(path)
            except DeblurError as error:
                sentence = str(error)
            else:
                sentence = None
        if before is not None and len(data) < SMALL_FILE:
            grown = _memory("VmHWM") - before
            assert grown <= MOST_BYTES, f"{reader.name} took {grown / 1e6:.0f} MB for {len(data)} bytes"
    if sentence is not None:
        check_sentence(sentence)
    return sentence


def check_sentence(sentence: str) -> None:
    """Assert that a message is one printable line, of a length that is read, and ends as a sentence does."""
    assert sentence.isprintable(), f"not printable on one line: {sentence!r}"
    assert 0 < len(sentence) <= LONGEST_SENTENCE, f"{len(sentence)} characters: {sentence!r}"
    assert sentence.rstrip("”)")[-1] in ".?!", f"no sentence: {sentence!r}"


@contextmanager
def _forbid_output() -> Iterator[None]:
    """Assert that nothing is written to file descriptor 2, past Python, as C libraries do."""
    sys.stderr.flush()
    saved = os.dup(2)
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 2)
        try:
            yield
            sys.stderr.flush()
        finally:
            os.dup2(saved, 2)
            os.close(saved)
        caught.seek(0)
        printed = caught.read(2000)
    assert not printed, f"printed on stderr: {printed.decode(errors='replace')}"


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `HangError` after so many seconds of the processor, where there are alarms (main thread).

    A reader that hangs inside a C library without returning to Python is not interrupted; `dev.py fuzz`, which reads
    in a process of its own, ends that process.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise HangError(f"it was not done after {seconds:.0f} s")

    timers = ((signal.SIGALRM, signal.ITIMER_REAL, BUSY * seconds), (signal.SIGPROF, signal.ITIMER_PROF, seconds))
    before = [signal.signal(sign, interrupt) for sign, _, _ in timers]
    for _, timer, limit in timers:
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for (sign, timer, _), handler in zip(timers, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(sign, handler)


def _reset_peak() -> int | None:
    """Begin to measure the peak of the memory anew; return the bytes in use, or None where that is not possible."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # Linux: VmHWM becomes VmRSS
    except OSError:
        return None
    return _memory("VmRSS")


def _memory(key: str) -> int:
    """Bytes of an entry of Linux's status of this process."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1]) * 1024
    raise KeyError(key)
