"""Commands about the window itself: panels, full screen, look, preferences, keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

    from deblur_app.core.settings import Settings
    from deblur_app.engine.devices import Device
    from deblur_app.gui.preferences.preferences import Preferences
    from deblur_app.gui.shell.frame import Frame

_LOOKS = {"system": tr_later("As the &system"), "dark": tr_later("&Dark"), "light": tr_later("&Light")}


class ViewCommands(QObject):
    """The commands that change how the window looks.

    Attributes:
        frame: The content of the window.
        devices: What there is to compute on.
        preferences: The dialog that was opened last; None before the first.

    Signals:
        setting_changed: The name of the field of `Settings` that is another.
        model_wanted: The path of a file with a model to add.
        models_changed: A model was removed.
        failed: The exception that ended a step.
    """

    setting_changed = Signal(str)
    model_wanted = Signal(object)
    models_changed = Signal()
    failed = Signal(object)

    frame: Frame

    def __init__(self, window: QMainWindow, load_settings: Callable[[], Settings]) -> None:
        """Act on `window`; its `frame` is given when it has been built."""
        super().__init__(window)
        self._window, self._load_settings = window, load_settings
        self.devices: list[Device] = []
        self.preferences: Preferences | None = None

    def toggle_panels(self) -> None:
        """Hide the panels around the picture, or show them again."""
        self.frame.desk.set_panels_visible(not self.frame.desk.has_panels)

    def toggle_filmstrip(self) -> None:
        """Hide the filmstrip, or show it."""
        self.frame.desk.toggle_filmstrip()

    def toggle_full_screen(self) -> None:
        """Fill the screen with the picture alone, or go back."""
        window = self._window
        is_full = window.isFullScreen()
        self.frame.desk.set_panels_visible(is_full)
        for part in (window.menuBar(), window.statusBar(), self.frame.top_bar):
            part.setVisible(is_full)
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def fill_looks(self, menu: QMenu) -> None:
        """Fill a menu with the looks of the window."""
        menu.clear()
        for look, words in _LOOKS.items():
            action = menu.addAction(tr(words), partial(self._choose_look, look))
            action.setCheckable(True)
            action.setChecked(self._load_settings().look == look)

    def list_looks(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the looks of the window, each with what chooses it."""
        return [(tr(words).replace("&", ""), partial(self._choose_look, look)) for look, words in _LOOKS.items()]

    def _choose_look(self, look: str) -> None:
        self._load_settings().look = look
        self.setting_changed.emit("look")

    def show_preferences(self) -> Preferences:
        """Open the preferences, beside which one can go on working."""
        from deblur_app.gui.preferences.preferences import Preferences

        dialog = self.preferences = Preferences(self._load_settings(), self.devices, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self.setting_changed)
        dialog.models.file_chosen.connect(self.model_wanted)
        dialog.models.removed.connect(self.models_changed)
        dialog.models.failed.connect(self.failed)
        dialog.show()
        return dialog

    def show_keys(self) -> None:
        """Open the list of all keys."""
        self.show_preferences().show_section(tr("Keys"))


class TabKey(QObject):
    """The Tab key on the picture: it hides the panels where the picture was clicked, as programs for photos have it.

    Where the focus came by keyboard, the key goes on to the next widget, as everywhere.

    Signals:
        pressed: The key was pressed on a picture that was clicked.
    """

    pressed = Signal()

    def __init__(self, *pictures: QWidget) -> None:
        super().__init__(pictures[0])
        self._was_clicked = False
        for picture in pictures:
            picture.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the Tab key on a picture that was clicked."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._was_clicked = True
        elif event.type() == QEvent.Type.FocusOut:
            self._was_clicked = False
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_tab = event.key() == Qt.Key.Key_Tab and event.modifiers() == Qt.KeyboardModifier.NoModifier
            if is_tab and self._was_clicked:
                self.pressed.emit()
                return True
        return super().eventFilter(watched, event)
