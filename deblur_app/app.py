"""Builds the application and wires its parts: the only place that knows all of them."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from deblur_app import __version__
from deblur_app.core.resources import resource
from deblur_app.gui.main_window import MainWindow

if TYPE_CHECKING:
    from types import TracebackType

    from deblur_app.gui.worker import Worker

log = logging.getLogger(__name__)

_LARGEST_LOG = 1_000_000

_SWITCH_SECONDS = 0.001
"""How long a thread may hold Python's lock while the window waits for it; Python's own 5 ms are felt."""


class Application(QApplication):
    """The application: opens files that the system hands over, and loads the engine once the window has painted.

    Attributes:
        window: The main window.
    """

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        sys.setswitchinterval(_SWITCH_SECONDS)
        self.setApplicationName("Deblur")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("deblur")
        self.setWindowIcon(QIcon(str(resource("icons", "deblur.png"))))
        self.window = MainWindow()
        self._engine: Worker | None = None
        # By a timer of 0: after this paint has reached the screen.
        self.window.painted.connect(lambda: QTimer.singleShot(0, self._load_engine))
        self.aboutToQuit.connect(self._wait_for_engine)

    @Slot()
    def _load_engine(self) -> None:
        from deblur_app.gui import engine
        from deblur_app.gui.worker import Worker

        self._engine = Worker(engine.load(), self)
        self._engine.succeeded.connect(self.window.set_devices)
        self._engine.failed.connect(self.window.show_engine_failure)
        self._engine.start()

    @Slot()
    def _wait_for_engine(self) -> None:
        """A thread that still runs when the process ends would abort it; an import cannot be cancelled."""
        if self._engine:
            self._engine.wait()

    def event(self, event: QEvent) -> bool:
        """On macOS files to open arrive as events."""
        if isinstance(event, QFileOpenEvent):
            self.window.open_paths([Path(event.file())])
            return True
        return super().event(event)


def run(files: list[Path]) -> int:
    """Show the window with `files` opened, and return the exit code when it is closed."""
    _log_to_file()
    sys.excepthook = _log_uncaught
    application = Application(sys.argv[:1])
    _quit_on_ctrl_c(application)
    application.window.show()
    if files:
        application.window.open_paths(files)
    return application.exec()


def _log_to_file() -> None:
    """Log into the log folder; a file that has grown large makes room for a new one and is kept as the old one."""
    from deblur_app.core.settings import log_folder

    file = log_folder() / "deblur.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > _LARGEST_LOG:
            file.replace(file.with_suffix(".old.log"))
        handler = logging.FileHandler(file, encoding="utf-8")
    except OSError:
        return  # a folder that cannot be written to must not keep the window from opening
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(handlers=[handler], level=logging.INFO, format=form)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("Uncaught exception", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)
    if isinstance(error, Exception) and isinstance(application := QApplication.instance(), Application):
        application.window.show_failure(error)


def _quit_on_ctrl_c(application: QObject) -> None:
    """Let Ctrl+C in a terminal close the window; Python only sees the signal when it gets to run."""
    signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, QApplication.closeAllWindows))
    timer = QTimer(application)
    timer.timeout.connect(lambda: None)
    timer.start(300)
