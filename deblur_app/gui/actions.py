"""Menus, toolbar and keys of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar

from deblur_app import __version__
from deblur_app.core.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.gui.main_window import MainWindow

type Keys = QKeySequence.StandardKey | str | None
_Key = QKeySequence.StandardKey


class Actions:
    """The menus, the toolbar and the shortcuts: all the window can be told to do."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        view, commands = window.panes.view, window.commands
        make = self._action
        self.open = make("&Open photo…", _Key.Open, commands.choose_pictures)
        self.open_folder = make("Open &folder…", "Ctrl+Shift+O", commands.choose_folder)
        self.open_truth = make("Open &ground truth…", "Ctrl+G", commands.choose_truth)
        self.sample = make("&Try a sample", "Ctrl+T", window.open_sample)
        self.save = make("&Save result…", _Key.Save, commands.choose_target)
        self.quit = make("&Quit", _Key.Quit, window.close)
        self.paste = make("&Paste photo", _Key.Paste, commands.paste)
        self.copy = make("&Copy result", _Key.Copy, commands.copy)
        self.swap = make("S&wap input and ground truth", "Ctrl+Shift+T", lambda: window.session.swap())
        self.deblur = make("&Deblur again", "F5", lambda: window.session.deblur())
        self.cancel = make("&Stop", "Ctrl+.", lambda: window.session.cancel())
        self.escape = make("Stop, and ask first where much would be lost", "Esc", commands.stop_by_escape)
        window.addAction(self.escape)
        self.train = make("&Train a network…", "Ctrl+Shift+N", window.show_training)
        self.lab = make("&Blur lab", "Ctrl+B", window.show_lab)
        self.psf = make("&Kernel (PSF)", "Ctrl+K", window.show_psf)
        self.combine = make("Co&mbine the listed photos…", "Ctrl+M", commands.combine_pictures)
        self.fit = make("&Whole photo", "Ctrl+0", view.fit)
        self.pixels = make("&Single pixels", "Ctrl+1", window.panes.input.canvas.show_pixels)
        self.zoom_in = make("Zoom &in", _Key.ZoomIn, lambda: view.zoom_by(1))
        self.zoom_out = make("Zoom &out", _Key.ZoomOut, lambda: view.zoom_by(-1))
        self.about = make("&About Deblur", None, self._show_about)
        self.folder = make("Show &log folder", None, self._show_log_folder)
        self._build_menus()
        self._build_toolbar()

    def update(self, *, has_input: bool, has_truth: bool, has_result: bool, busy: bool) -> None:
        """Enable the actions that make sense now."""
        self.open_truth.setEnabled(has_input)
        self.deblur.setEnabled(has_input)
        self.swap.setEnabled(has_input and has_truth)
        self.save.setEnabled(has_result or (has_input and busy))  # a preview is answered with a sentence
        self.copy.setEnabled(has_result)
        self.cancel.setEnabled(busy)
        self.escape.setEnabled(busy)

    def _action(self, text: str, keys: Keys, do: Callable[[], object]) -> QAction:
        action = QAction(text, self._window)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(do)
        return action

    def _build_menus(self) -> None:
        bar, window = self._window.menuBar(), self._window
        file = bar.addMenu("&File")
        file.addActions([self.open, self.open_folder, self.open_truth])
        recent = file.addMenu("Open &recent")
        recent.aboutToShow.connect(lambda: self._fill_recent(recent))
        file.addAction(self.sample)
        file.addSeparator()
        file.addAction(self.save)
        file.addSeparator()
        file.addAction(self.quit)
        bar.addMenu("&Edit").addActions([self.copy, self.paste, self.swap])
        view = bar.addMenu("&View")
        view.addActions([self.fit, self.pixels, self.zoom_in, self.zoom_out])
        view.addSeparator()
        view.addActions([window.picture_dock.toggleViewAction(), window.tools.toggleViewAction()])
        bar.addMenu("&Photo").addActions([self.deblur, self.cancel, self.combine, self.psf, self.lab])
        bar.addMenu("&Network").addAction(self.train)
        bar.addMenu("&Help").addActions([self.folder, self.about])

    def _build_toolbar(self) -> None:
        bar = QToolBar("Toolbar", self._window)
        bar.setObjectName("Toolbar")
        bar.setMovable(False)
        bar.addActions([self.open, self.open_folder, self.sample, self.save])
        bar.addSeparator()
        bar.addActions([self.deblur, self.cancel])
        self._window.addToolBar(bar)

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for name, do in self._window.commands.recent_pictures():
            menu.addAction(name, do)  # type: ignore[call-overload]
        if menu.isEmpty():
            menu.addAction("No photo yet").setEnabled(False)

    def _show_log_folder(self) -> None:
        from deblur_app.core.settings import log_folder

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))

    def _show_about(self) -> None:
        import platform

        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle("About Deblur")
        box.setIconPixmap(QIcon(str(resource("icons", "deblur.svg"))).pixmap(64, 64))
        box.setText(f"<b>Deblur {__version__}</b><br>Repairs blurred photographs.")
        box.setInformativeText(
            "It grew from the paper “Image Deblurring” (2024), whose autoencoder it contains. MIT licence.\n\n"
            f"Python {platform.python_version()} on {platform.platform()}"
        )
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
