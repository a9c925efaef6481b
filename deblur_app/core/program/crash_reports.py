"""Reports of a program that ended unexpectedly: versions, stacks and last actions; no photo, no path of the user's.

While the window is open, its report is a file in the platform's folder for data. What stops the process in the middle,
such as a fault in a library, writes the stacks of all threads there (`faulthandler`); exceptions that nobody caught are
added too. A window that is closed in order removes its report. Nothing is ever sent.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import time
import traceback
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from deblur_app import __version__
from deblur_app.core.program.anonymous import make_anonymous
from deblur_app.core.program.frozen import is_frozen

if TYPE_CHECKING:
    from typing import TextIO

log = logging.getLogger(__name__)

_MOST_KEPT = 10
"""Reports that are kept; older ones go."""
_LARGEST = 200_000
"""Bytes of a report that are shown, and after which only the last actions are kept."""
_LAST_ACTIONS = 30
"""Actions that a report tells."""
_EXCEPTION = "Exception that nobody caught"
_SIGNS = (_EXCEPTION, "Fatal Python error", "Windows fatal exception", "Current thread", "Thread 0x")
"""What only a report of something unexpected holds; the others are of programs that were ended from outside."""


@dataclass(frozen=True)
class CrashReport:
    """How an earlier run of the program ended.

    Attributes:
        file: The report in the folder of reports.
        text: Its text, made anonymous.
    """

    file: Path
    text: str


def reports_folder() -> Path:
    """Return the folder of the reports, in the platform's folder for data."""
    return Path(platformdirs.user_data_dir("Deblur", appauthor=False)) / "crash-reports"


class CrashReporter:
    """Writes the report of this run, from its start to its end.

    Where no file can be written, everything works and nothing is kept.
    """

    def __init__(self) -> None:
        self._actions: deque[str] = deque(maxlen=_LAST_ACTIONS)
        self._file: TextIO | None = None
        self._has_exception = False
        self.path: Path | None = None

    def start(self) -> None:
        """Begin the report, and let faults write into it."""
        path = reports_folder() / f"running-{os.getpid()}-{time.time_ns() // 1_000_000_000}.txt"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # For appending: the handler of faults writes to the same file by its number.
            self._file = path.open("a", encoding="utf-8", errors="replace")
        except OSError as error:
            log.warning("No report can be written if the program ends unexpectedly: %s", error)
            return
        self.path = path
        self._write(describe_system())
        faulthandler.enable(self._file)

    def add_action(self, action: str) -> None:
        """Note what the user or the program does now, in a word that names no file."""
        line = f"{time.strftime('%H:%M:%S')} {action}"
        self._actions.append(line)
        if self._file is None:
            return
        with suppress(OSError, ValueError):
            if self._file.tell() > _LARGEST and not self._has_exception:
                self._file.truncate(0)
                self._write("\n".join([describe_system(), *self._actions]))
            else:
                self._write(line)

    def add_exception(self, error: BaseException) -> None:
        """Note an exception that nobody caught."""
        self._has_exception = True
        stack = "".join(traceback.format_exception(error))
        self._write(f"\n{_EXCEPTION}, {time.strftime('%H:%M:%S')}:\n{make_anonymous(stack)}")

    def close(self) -> None:
        """End the report in order: it goes, unless it has an exception, which then is kept but not announced."""
        if self._file is None or self.path is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        with suppress(OSError):
            if self._has_exception:
                self.path.replace(self.path.with_name(self.path.name.replace("running", "report", 1)))
            else:
                self.path.unlink()

    def _write(self, text: str) -> None:
        if self._file is not None:
            with suppress(OSError, ValueError):
                self._file.write(f"{text}\n")
                self._file.flush()


def describe_system() -> str:
    """Return the versions that a report begins with."""
    kind = "installed program" if is_frozen() else "from source"
    return (
        f"Deblur {__version__} ({kind}), Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()} {platform.machine()}"
    )


def take_reports() -> list[CrashReport]:
    """Return the reports of programs that ended unexpectedly and were not told of yet; each is returned once.

    Reports of programs that were ended from outside, without a fault, are removed.
    """
    try:
        files = sorted(reports_folder().glob("running-*.txt"))
    except OSError:
        return []
    reports = []
    for file in files:
        if _is_running(file):
            continue
        try:
            text = make_anonymous(file.read_text(encoding="utf-8", errors="replace")[-_LARGEST:])
            if not any(sign in text for sign in _SIGNS):
                file.unlink()
                continue
            kept = file.with_name(file.name.replace("running", "report", 1))
            kept.write_text(text, encoding="utf-8")
            file.unlink()
        except OSError as error:
            log.warning("A report of the last time cannot be read: %s", error)
            continue
        reports.append(CrashReport(kept, text))
    _remove_old()
    return reports


def _is_running(file: Path) -> bool:
    """Return whether the process that writes a report still runs."""
    import psutil

    try:
        _, pid, begin = file.stem.split("-")
        # A number is used again by other processes, which began later.
        return psutil.Process(int(pid)).create_time() <= float(begin) + 1
    except (ValueError, psutil.Error):
        return False


def _remove_old() -> None:
    with suppress(OSError):
        for file in sorted(reports_folder().glob("report-*.txt"), key=lambda file: file.stat().st_mtime)[:-_MOST_KEPT]:
            file.unlink()


REPORTER = CrashReporter()
"""The report of this process."""
