"""Preferences: found by a search, acting at once, kept for the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QSpinBox

from deblur_app.core.profiles.made_profiles import make_display_p3
from deblur_app.core.program.memory import find_free_memory
from deblur_app.core.settings import Settings, load_settings, load_threads, settings_file
from deblur_app.engine import devices
from deblur_app.engine.devices import Device
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.preferences.editors import list_keys
from deblur_app.gui.preferences.preferences import Preferences
from deblur_app.gui.viewer.compare.surround import Surround
from tests.gui.windows import show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

MOMENT = 20_000


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window whose method takes no time."""
    window = MainWindow(Settings(method="denoise"))
    with show_window(qtbot, window, MOMENT):
        qtbot.waitUntil(lambda: "method_panel" in window.tools.__dict__)
        yield window


@pytest.fixture
def dialog(qtbot: QtBot) -> Preferences:
    """The dialog by itself, with a graphics card."""
    devices = [Device("cpu", "CPU (2 cores)", "/CPU:0"), Device("gpu:0", "A card", "/GPU:0")]
    dialog = Preferences(Settings(), devices)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose(dialog: Preferences, name: str, value: str) -> None:
    """Choose as the user does."""
    box = next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == name)
    box.setCurrentIndex(box.findData(value))


def test_a_search_shows_what_matches_and_where(qtbot: QtBot, dialog: Preferences) -> None:
    """In any order of words, in labels, sentences and choices; also a key by what it does."""
    titles = [section.title for section in dialog.sections]
    for search, title in (("graphics", "Performance"), ("drop after", "Photos"), ("full screen", "Keys")):
        dialog.search.setText(search)
        shown = [title for row, title in enumerate(titles) if not dialog.list.item(row).isHidden()]
        assert shown == [title]
        assert dialog.list.currentItem().text() == title
    dialog.search.setText("zzz")
    assert dialog._nothing.isVisible()
    dialog.search.clear()
    assert not any(dialog.list.item(row).isHidden() for row in range(len(titles)))


def test_each_preference_is_told_and_stands_in_the_settings(qtbot: QtBot, dialog: Preferences) -> None:
    """At once, without a button to apply."""
    for label, field, value in (
        ("Colours", "look", "light"),
        ("Around the photo", "surround", "grey"),
        ("When a photo is opened", "after_drop", "wait"),
        ("Run on", "device", "gpu:0"),
        ("Precision", "precision", "float32"),
        ("Tell me", "notify", "never"),
        ("Motion", "motion", "reduced"),
    ):
        with qtbot.waitSignal(dialog.changed, check_params_cb=lambda name, field=field: name == field):
            choose(dialog, label, value)
        assert getattr(dialog._settings, field) == value


def test_preferences_act_in_the_window_at_once(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """Ctrl+, opens them; look, surround, device and what happens after a drop; all are kept for the next start."""
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.view_commands.preferences
    assert dialog is not None
    with qtbot.waitSignal(window.look_chosen, check_params_cb=lambda look: look == "light"):
        choose(dialog, "Colours", "light")
    choose(dialog, "Around the photo", "white")
    assert window.photo_view.canvas.surround is Surround.WHITE
    choose(dialog, "When a photo is opened", "wait")
    window.session.open(photo)
    qtbot.waitUntil(lambda: window.session.input is not None and not window.session.is_busy, timeout=MOMENT)
    assert window.session.result is None
    window.session.deblur()
    qtbot.waitUntil(lambda: window.session.result is not None, timeout=MOMENT)
    choose(dialog, "Format", ".tif")
    dialog.saving.pattern.setText("{name}_sharp")
    dialog.saving.pattern.setText("{nam")  # nobody is done typing: the last name that was one is kept
    window.menus.actions["save"].trigger()
    qtbot.waitUntil(lambda: photo.with_name("photo_sharp.tif").exists(), timeout=MOMENT)
    window.remember()
    stored = load_settings(settings_file())
    assert (stored.look, stored.surround, stored.after_drop, stored.saving.suffix) == ("light", "white", "wait", ".tif")
    dialog.close()


def test_the_sheet_of_keys_lists_every_key_once() -> None:
    """As the menus show them."""
    keys = [key for _, key in list_keys()]
    assert len(keys) == len(set(keys))
    assert {"F11", "Ctrl+,", "?", "F5", "Ctrl+Shift+E"} <= set(keys)


def test_models_are_added_and_removed_in_the_window(qtbot: QtBot, dialog: Preferences, tmp_path: Path) -> None:
    """Added models are listed with their licence or origin; without any, it is said what can be added."""
    models = dialog.models
    assert models.list.item(0).text().startswith("None yet")
    assert not models.remove.isEnabled()
    models._list("A model · trained with Deblur", lambda: (tmp_path / "removed").touch())
    models.list.setCurrentRow(1)
    assert models.remove.isEnabled()
    with qtbot.waitSignal(models.removed):
        models.remove.click()
    assert (tmp_path / "removed").exists()
    assert models.list.count() == 1


def test_precision_memory_and_motion_act_at_once(qtbot: QtBot, window: MainWindow) -> None:
    """In the engine and in Qt; the number of threads is read at the next start."""
    dialog = window.view_commands.show_preferences()
    free = find_free_memory()
    try:
        choose(dialog, "Precision", "float32")
        assert not devices.bfloat16_pays("/CPU:0")
        spin(dialog, "Memory").setValue(1)
        assert find_free_memory() < min(free, 1_000_000_000)
        choose(dialog, "Motion", "reduced")
        assert QGuiApplication.styleHints().cursorFlashTime() == 0
        spin(dialog, "Threads").setValue(3)
        window.remember()
        assert load_threads(settings_file()) == 3
    finally:
        choose(dialog, "Precision", "auto")
        spin(dialog, "Memory").setValue(0)
        choose(dialog, "Motion", "system")
    assert QGuiApplication.styleHints().cursorFlashTime() > 0
    dialog.close()


def spin(dialog: Preferences, name: str) -> QSpinBox:
    """The field of a number."""
    return next(box for box in dialog.findChildren(QSpinBox) if box.accessibleName() == name)


def test_the_profile_of_the_screen_acts_on_photos_that_are_opened_then(
    qtbot: QtBot, window: MainWindow, photo: Path, tmp_path: Path
) -> None:
    """A file that is no profile is named, and photos are shown as before."""
    window.settings.after_drop = "wait"
    icc, broken = tmp_path / "screen.icc", tmp_path / "broken.icc"
    icc.write_bytes(make_display_p3())
    broken.write_bytes(b"no profile")
    editor = window.view_commands.show_preferences().screen_profile

    def shown() -> bytes:
        window.session.open(photo)
        qtbot.waitUntil(lambda: not window.session.is_busy, timeout=MOMENT)
        image = window.session.input.levels[0]  # type: ignore[union-attr] # it was opened
        return bytes(image.constBits())

    usual = shown()
    editor.choose(str(icc))
    assert window.settings.screen_profile == str(icc)
    assert shown() != usual
    editor.choose(str(broken))
    assert "“broken.icc”" in window.status.stage.text()
    assert shown() == usual
    editor.choose("")
    assert shown() == usual
