"""The building and wiring of the application: the only place that knows all of its parts."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from deblur_app import __version__
from deblur_app.core.resources import resource
from deblur_app.core.texts import tr
from deblur_app.engine.compute_settings import set_threads_of_libraries
from deblur_app.gui.language import WindowLanguage
from deblur_app.gui.look.appearance import Appearance, ColourScheme
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.session import remembered
from deblur_app.gui.startup.one_instance import OneInstance

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.gui.background.runner import TaskRunner

_SWITCH_SECONDS = 0.001
"""Seconds that a thread may hold Python's lock while the window waits for it; Python's own 5 ms are felt."""

_WAIT = 300
"""Milliseconds after which it is seen whether the window can be built anew in another language."""


class Application(QApplication):
    """The application: opens files that the system hands over, and loads the engine once the window has painted.

    Attributes:
        language: The language of the window.
        appearance: Dark, light, or as the system is.
        window: The main window.
    """

    _failed = Signal(object)

    def __init__(self, arguments: list[str]) -> None:
        # Fusion is the same on all systems, and takes every colour from the palette. `setStyle` would return the style,
        # and PySide6 make its enumerations for it: 10 ms before the first paint.
        super().__init__([*arguments, "-style", "Fusion"])
        sys.setswitchinterval(_SWITCH_SECONDS)
        self.setApplicationName("Deblur")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("org.deblur.Deblur")
        self.setWindowIcon(QIcon(str(resource("icons", "deblur.png"))))
        set_threads_of_libraries(remembered.load_threads())
        self.language = WindowLanguage(self)
        self.language.apply(remembered.load_language())
        self.appearance = Appearance(self, ColourScheme(remembered.load_look()))
        self.window = MainWindow(builds_later=True)
        self.window.built.connect(self._complete)
        self.window.filled.connect(self._load_engine)
        self._failed.connect(lambda error: self.window.show_failure(error))
        self._engine: TaskRunner | None = None
        self.aboutToQuit.connect(self._wait_for_engine)

    @Slot()
    def _complete(self) -> None:
        """Style the window once, when all of it is there."""
        self.appearance.apply(self.appearance.look)
        self._listen(self.window)

    def _listen(self, window: MainWindow) -> None:
        window.look_chosen.connect(self._change_look)
        window.language_chosen.connect(self._change_language_soon)

    @Slot()
    def _change_language_soon(self) -> None:
        QTimer.singleShot(_WAIT, self._change_language)

    @Slot()
    def _change_language(self) -> None:
        """Build the window anew in the language that was chosen, once no work goes on."""
        from deblur_app.gui.replacement import replace_window

        if self.window.is_busy:
            self.window.status.say(tr("The language changes when the work has ended."))
            self._change_language_soon()
        elif self.language.apply(self.window.settings.language):
            self.window = replace_window(self.window)
            self._listen(self.window)

    @Slot()
    def _load_engine(self) -> None:
        from deblur_app.gui import engine
        from deblur_app.gui.background.runner import TaskRunner

        self._engine = TaskRunner(self)
        self._engine.succeeded.connect(lambda devices: self.window.set_devices(devices))
        self._engine.failed.connect(lambda error: self.window.show_engine_failure(error))
        self._engine.run(engine.load())

    @Slot()
    def _wait_for_engine(self) -> None:
        """Wait for the import of the engine: its thread cannot be cancelled, and would abort the process as it ends."""
        if self._engine:
            self._engine.wait()

    @Slot(str)
    def _change_look(self, look: str) -> None:
        self.appearance.apply(ColourScheme(look))

    @Slot(list)
    def take_photos(self, photos: list[Path]) -> None:
        """Bring the window to the front, with the photos that another start of the program was given."""
        from PySide6.QtCore import Qt

        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self.open(photos)

    def open(self, photos: list[Path]) -> None:
        """Open photos in the window, which is completed for it where it is not yet."""
        self.window.build()
        self.window.opener.open_paths(photos)

    def tell(self, error: Exception) -> None:
        """Show an unexpected error; may be called in any thread."""
        self._failed.emit(error)

    def remember(self) -> None:
        """Remember what the next start needs, where the process ends without closing the window."""
        if self.window.is_built:
            self.window.remember()

    def event(self, event: QEvent) -> bool:
        """Open the files that macOS sends as events."""
        if isinstance(event, QFileOpenEvent):
            self.open([Path(event.file())])
            return True
        return super().event(event)


def run(files: list[Path], *, is_new_window: bool = False, on_paint: Callable[[], object] | None = None) -> int:
    """Show the window with `files` opened, and return the exit code when it is closed.

    Where this user has a window on this screen already, that one opens them, unless `is_new_window`.

    Args:
        files: Photos and folders.
        is_new_window: Whether the window is one of its own in any case.
        on_paint: Called when the window has painted for the first time.
    """
    instance = OneInstance()
    if not instance.claim() and not is_new_window and instance.give(files):
        return 0
    application = Application(["deblur"])  # as desktop entries and icons call it
    window = application.window
    if on_paint:
        window.painted.connect(on_paint)
    window.painted.connect(lambda: QTimer.singleShot(0, partial(_watch, application)))
    instance.photos_given.connect(application.take_photos)
    window.built.connect(lambda: QTimer.singleShot(0, instance.listen))
    if files:
        window.built.connect(lambda: window.opener.open_paths(files))
    window.show()
    code = application.exec()
    instance.close()
    _stop_watching()
    return code


def time_first_paint() -> int:
    """Show the window, write to stdout when it had painted, and end.

    It writes seconds since 1970, seconds of processor time, and whether TensorFlow was loaded, 0 or 1. For
    `benchmarks/startup.py`, which compares the installed program with the source.
    """
    import time

    def end() -> None:
        sys.stdout.write(f"{time.time()} {time.process_time()} {int('tensorflow' in sys.modules)}\n")
        sys.stdout.flush()
        os._exit(0)

    return run([], is_new_window=True, on_paint=end)


def _watch(application: Application) -> None:
    """Keep a log and a report from now on, and end in order on Ctrl+C; their modules are loaded after the first paint.

    Errors of earlier steps leave `run`, and are logged by its caller.
    """
    import logging

    from deblur_app.core.files.log_file import open_log
    from deblur_app.core.program.crash_reports import REPORTER
    from deblur_app.gui.background.interrupt import Interrupt
    from deblur_app.gui.background.uncaught import Uncaught

    handler = open_log()
    if handler is not None:  # where it cannot be written, the window opens all the same
        logging.basicConfig(handlers=[handler], level=logging.INFO)
    REPORTER.start()
    Uncaught(application.tell).install()
    Interrupt(application.remember, application)


def _stop_watching() -> None:
    from deblur_app.core.program.crash_reports import REPORTER

    REPORTER.close()
