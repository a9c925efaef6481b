"""The export dialog says which file it will write, and what is exported is that file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from deblur_app.core import image_io
from deblur_app.core.files.saving_settings import SavingSettings
from deblur_app.core.settings import Settings, load_settings, settings_file
from deblur_app.gui.export.export_dialog import ExportDialog
from deblur_app.gui.main_window import MainWindow
from tests.gui.windows import show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QComboBox
    from pytestqt.qtbot import QtBot

MOMENT = 20_000


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window whose method takes no time."""
    window = MainWindow(Settings(method="denoise"))
    with show_window(qtbot, window, MOMENT):
        yield window


@pytest.fixture
def dialog(qtbot: QtBot, photo: Path) -> Iterator[ExportDialog]:
    """The dialog by itself."""
    dialog = ExportDialog(photo, image_io.read(photo), SavingSettings())
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.hide()


def choose(box: QComboBox, value: object) -> None:
    """Choose as the user does."""
    box.setCurrentIndex(box.findData(value))


def test_the_line_says_which_file_is_written_and_how_large_it_is(qtbot: QtBot, dialog: ExportDialog) -> None:
    """With its size in pixels, at once, and about its bytes, a moment later."""
    assert dialog.name.text() == "photo_deblurred.png"
    assert "80 × 60 pixels" in dialog.facts.text()
    qtbot.waitUntil(lambda: "about" in dialog.facts.text(), timeout=MOMENT)
    dialog.editors.is_reduced.setChecked(True)
    dialog.editors.longest_side.setValue(40)
    choose(dialog.editors.format, ".webp")
    dialog.editors.pattern.setText("trip-{counter:02}")
    assert dialog.name.text() == "trip-01.webp"
    assert "40 × 30 pixels" in dialog.facts.text()


def test_what_the_format_has_not_is_disabled(dialog: ExportDialog) -> None:
    """A PNG has a depth and no quality, a JPEG the contrary, whose own tables need no number."""
    editors = dialog.editors
    quality = editors.quality_box
    assert (quality.isEnabled(), editors.subsampling.isEnabled(), editors.depth.isEnabled()) == (False, False, True)
    choose(editors.format, ".jpg")
    assert (quality.isEnabled(), editors.subsampling.isEnabled(), editors.depth.isEnabled()) == (True, True, False)
    editors.as_photo.setChecked(True)
    assert not quality.isEnabled()
    assert editors.settings.quality is None


def test_a_pattern_without_names_cannot_be_exported(dialog: ExportDialog) -> None:
    """And it is said why."""
    dialog.editors.pattern.setText("{nam}")
    assert not dialog.export.isEnabled()
    assert "no pattern for names" in dialog.facts.text()
    dialog.editors.pattern.setText("{name}")
    assert dialog.export.isEnabled()
    assert dialog.name.text() == "photo-2.png"


def test_replacing_is_announced(qtbot: QtBot, dialog: ExportDialog, photo: Path) -> None:
    """Where there is a file that would go."""
    photo.with_name("photo_deblurred.png").write_bytes(b"an earlier result")
    choose(dialog.editors.existing, "replace")
    assert "Replaces" in dialog.facts.text()
    choose(dialog.editors.existing, "number")
    assert dialog.name.text() == "photo_deblurred-2.png"
    assert "Replaces" not in dialog.facts.text()


def test_an_export_is_written_and_remembered(qtbot: QtBot, window: MainWindow, photo: Path, tmp_path: Path) -> None:
    """By Ctrl+Shift+E; the next one begins with the same choices, and Ctrl+S saves by the preferences all the same."""
    window.session.open(photo)
    qtbot.waitUntil(lambda: window.session.result is not None, timeout=MOMENT)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_E, keys)
    dialog = window.findChild(ExportDialog)
    (tmp_path / "web").mkdir()
    dialog.editors.folder.choose(str(tmp_path / "web"))
    choose(dialog.editors.format, ".jpg")
    dialog.editors.is_reduced.setChecked(True)
    dialog.editors.longest_side.setValue(40)
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    exported = tmp_path / "web" / "photo_deblurred.jpg"
    qtbot.waitUntil(exported.exists, timeout=MOMENT)
    assert image_io.read(exported).width == 40
    window.settings.saving = SavingSettings(pattern="{name}_sharp", suffix=".tif")
    window.menus.actions["save"].trigger()
    saved = photo.with_name("photo_sharp.tif")
    qtbot.waitUntil(saved.exists, timeout=MOMENT)
    assert image_io.read(saved).width == 80
    window.remember()
    stored = load_settings(settings_file())
    assert stored.export == SavingSettings(suffix=".jpg", longest_side=40, folder=str(tmp_path / "web"))
    assert stored.saving == window.settings.saving
