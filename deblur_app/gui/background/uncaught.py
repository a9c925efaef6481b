"""Exceptions that nobody caught: each is logged and shown, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

from deblur_app.core.program.crash_reports import REPORTER

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

log = logging.getLogger(__name__)


class Uncaught:
    """The hooks that Python calls for exceptions that leave a slot of Qt or a thread."""

    def __init__(self, tell: Callable[[Exception], object]) -> None:
        """Make hooks that call `tell`, which must be safe in any thread."""
        self._tell = tell

    def install(self) -> None:
        """Let Python call the hooks."""
        sys.excepthook = self.of_slot
        threading.excepthook = self.of_thread

    def of_slot(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log and show an exception of the window's thread."""
        log.critical("Uncaught exception", exc_info=(kind, error, trace))
        REPORTER.add_exception(error)
        if sys.__stderr__ is not None:  # a windowed build has none
            sys.__excepthook__(kind, error, trace)
        if not isinstance(error, Exception):
            return
        try:
            self._tell(error)
        except Exception:  # what cannot be told must not come back here
            log.exception("An error could not be shown")

    def of_thread(self, arguments: threading.ExceptHookArgs) -> None:
        """Log and show an exception of another thread."""
        if arguments.exc_value is not None:
            self.of_slot(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
