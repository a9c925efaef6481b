"""The window by keyboard alone, its dialogs for who hears them, and mirrored for languages from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from deblur_app.core import image_io
from deblur_app.core.files.saving_settings import SavingSettings
from deblur_app.core.picture import Picture
from deblur_app.core.settings import Settings
from deblur_app.gui.export.export_dialog import ExportDialog
from deblur_app.gui.help.log_window import LogWindow
from deblur_app.gui.help.self_test_dialog import SelfTestDialog
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.shell.workspace import Workspace
from deblur_app.gui.training_wizard.state import PageId
from tests.gui.shell.test_layout import cut_widgets, nameless, pages, settle
from tests.gui.windows import show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels

MOMENT = 30_000
_MOST_TABS = 150


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window whose method takes no time."""
    window = MainWindow(Settings(method="denoise"))
    window.resize(1280, 800)
    with show_window(qtbot, window, MOMENT):
        qtbot.waitUntil(lambda: "method_panel" in window.tools.__dict__, timeout=MOMENT)
        yield window


def tab_to(qtbot: QtBot, widget: QWidget) -> None:
    """Press Tab until a widget has the focus."""
    for _ in range(_MOST_TABS):
        if widget.hasFocus():
            return
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not go to {widget!r}")


def test_the_psf_editor_works_by_keys_alone(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """A kind of blur is chosen, and the photo deblurred with it."""
    session = window.session
    session.open(photo)
    qtbot.waitUntil(lambda: session.result is not None and not session.is_busy, timeout=MOMENT)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F3)
    assert window.tools.psf is not None
    panel = window.tools.psf.panel
    assert panel.source.kinds.hasFocus()
    kind = panel.source.kinds.currentIndex()
    qtbot.keyClick(panel.source.kinds, Qt.Key.Key_Down)
    assert panel.source.kinds.currentIndex() == kind + 1
    methods = panel.restoring.methods
    methods.setCurrentIndex(methods.findData("wiener"))  # it needs no engine
    tab_to(qtbot, methods)
    qtbot.waitUntil(panel.deblur_button.isEnabled, timeout=MOMENT)
    tab_to(qtbot, panel.deblur_button)
    qtbot.keyClick(panel.deblur_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.psf is not None and not session.is_busy, timeout=MOMENT)
    assert session.result is not None
    assert session.result.restored.request.psf is not None


def test_the_wizard_works_by_keys_alone(qtbot: QtBot, window: MainWindow, tmp_path: Path, scene: Pixels) -> None:
    """A folder is typed, and Next leads to the network and its settings."""
    folder = tmp_path / "sharp photos"
    folder.mkdir()
    for number in range(3):
        image_io.write(Picture(np.roll(scene, 9 * number, axis=1)), folder / f"{number}.png")
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert window.tools.workspace is Workspace.TRAIN
    wizard = window.tools.wizard
    assert wizard is not None
    wizard.steps.buttons[0].setFocus()
    edit = wizard.pictures_page.folder.edit
    tab_to(qtbot, edit)
    qtbot.keyClicks(edit, str(folder))
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.next.isEnabled() and not wizard.is_busy(), timeout=MOMENT)
    before = wizard.model.page
    for _ in range(6):
        if wizard.model.page == PageId.SETTINGS:
            break
        tab_to(qtbot, wizard.next)
        qtbot.keyClick(wizard.next, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: not wizard.is_busy(), timeout=MOMENT)
    assert before == PageId.PICTURES
    assert wizard.model.page == PageId.SETTINGS


def test_all_dialogs_say_what_they_are(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """Every control of the export, of the self-test, of the log and of the command palette has a name."""
    dialogs: list[QWidget] = [
        ExportDialog(photo, image_io.read(photo), SavingSettings(), window), SelfTestDialog(window), LogWindow(window),
    ]  # fmt: skip
    for dialog in dialogs:
        dialog.show()
        settle(dialog)
        assert not list(nameless(dialog)), dialog
        assert not list(cut_widgets(dialog)), dialog
        dialog.close()
    window.services.palette.open()
    assert not list(nameless(window.services.palette.palette))


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    """Lay all windows out from right to left."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("mirrored")
def test_the_window_can_be_mirrored(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """As in Arabic and Hebrew: the panel stands at the left, Export too, and nothing is cut."""
    window.session.open(photo)
    qtbot.waitUntil(lambda: window.session.result is not None and not window.session.is_busy, timeout=MOMENT)
    for size in ((1024, 700), (1920, 1080)):
        window.resize(*size)
        for page in pages(window):
            settle(window)
            qtbot.waitUntil(lambda: not list(cut_widgets(window)), timeout=MOMENT)
            bar = window.frame.top_bar
            assert left_of(window, bar.workspaces) > window.width() // 2, page
        window.tools.show_photo()
        settle(window)
        assert left_of(window, window.frame.desk.side) < left_of(window, window.photo_view)
        assert left_of(window, window.frame.top_bar.export) < left_of(window, window.frame.top_bar.open)
    window.services.palette.open()
    settle(window)


def left_of(window: QWidget, widget: QWidget) -> int:
    """Where a widget begins, in points from the left edge of the window."""
    return widget.mapTo(window, QPoint(0, 0)).x()
