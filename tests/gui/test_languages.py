"""Every text can be translated, German is complete, and the language changes with the window open."""

from __future__ import annotations

import contextlib
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QSpinBox,
    QTableWidget,
    QTabWidget,
    QWidget,
)

from deblur_app.core import image_io
from deblur_app.core.files.saving_settings import SavingSettings
from deblur_app.core.settings import Settings, load_language, save_settings, settings_file
from deblur_app.core.texts import install_language, keep_english, tr, tr_count
from deblur_app.gui.dialogs import about
from deblur_app.gui.export.export_dialog import ExportDialog
from deblur_app.gui.help.log_window import LogWindow
from deblur_app.gui.help.self_test_dialog import SelfTestDialog
from deblur_app.gui.language import ENGLISH, WindowLanguage, find_language, list_languages
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.replacement import replace_window
from deblur_app.gui.shell.workspace import Workspace
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from dev_steps import translations
from tests.gui.shell.test_layout import cut_widgets, open_photo, settle
from tests.gui.windows import show_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

MOMENT = 30_000
ROOT = Path(__file__).parents[2]
CATALOGS = sorted((ROOT / translations.FOLDER).glob("*.ts"))

PLACE = re.compile(r"(?<!\{)\{[a-z_0-9]+(?:![rs])?(?::[^}]*)?\}")
"""A place of a text, such as {name} or {gain:.1f}."""

NO_WORDS = re.compile(
    r"[\W\d_]*|Deblur|(?:[\d.,]+ )?(?:px|mm|dB|s|%|GB|MB|kB|°)|JPEG|PNG|TIFF|WebP|BMP|AVIF|PSNR|SSIM|PSF|PSNR ∞"
    r"|English|Deutsch|Richardson-Lucy|CPU.*|\w:\\.*|/.*"
    r"|(?:Ctrl|Shift|Alt|Esc|Del|Space|PgUp|PgDown|Home|F\d+|[A-Z\d?.,+=\-])(?:\+\S+)*"
)
"""Texts that are the same in every language: numbers, units, keys, formats, paths, names of processors."""


QTS_OWN = {"Cancel", "Close", "OK", "Scroll Left", "Scroll Right"}
"""Texts that Qt's own catalogs have."""


def read_messages(catalog: Path) -> list[ET.Element]:
    """Return the texts of a catalog with their translations."""
    return list(ET.parse(catalog).iter("message"))  # noqa: S314 - our own file


@pytest.fixture
def in_brackets() -> Iterator[None]:
    """Translate each text that translators are given into itself in brackets."""
    given = {message.findtext("source") for message in read_messages(CATALOGS[0])}
    install_language(lambda text, one, count: f"[{one if count == 1 else text}]" if text in given else text)
    yield
    install_language(None)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[WindowLanguage]:
    """Speak German."""
    before, language = QLocale(), WindowLanguage(qapp)
    language.apply("de")
    yield language
    language.apply(ENGLISH)
    QLocale.setDefault(before)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window whose method takes no time; a test that replaces it closes both."""
    window = MainWindow(Settings(method="denoise"))
    window.resize(1360, 850)
    with show_window(qtbot, window, MOMENT):
        qtbot.waitUntil(lambda: "method_panel" in window.tools.__dict__, timeout=MOMENT)
        yield window


def texts_of(widget: QWidget | QAction) -> Iterator[str]:
    """All that a widget tells: to who sees it and to who hears it."""
    yield widget.toolTip()
    if isinstance(widget, QAction):
        yield widget.text()
        return
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    if isinstance(widget, QAbstractButton | QLabel):
        yield widget.text()
    if isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QAbstractSpinBox):
        yield widget.specialValueText()
    if isinstance(widget, QSpinBox | QDoubleSpinBox):
        yield from (widget.prefix().strip(), widget.suffix().strip())
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))
    if isinstance(widget, QTabWidget):
        yield from (widget.tabText(index) for index in range(widget.count()))
    if isinstance(widget, QListWidget):
        yield from (widget.item(row).text() for row in range(widget.count()))
    if isinstance(widget, QTableWidget):
        headers = [widget.horizontalHeaderItem(column) for column in range(widget.columnCount())]
        yield from (header.text() for header in headers if header)


def untranslatable(window: QWidget) -> set[str]:
    """The texts of a window that no translator was asked for."""
    widgets = [window, *window.findChildren(QWidget), *window.findChildren(QAction)]
    texts = {text.replace("&", "") for widget in widgets for text in texts_of(widget)}
    return {text for text in texts if "[" not in text and text not in QTS_OWN and not NO_WORDS.fullmatch(text)}


def names_of(*files: Path) -> set[str]:
    """What stands for files in titles and captions."""
    return {part for file in files for part in (file.name, file.stem, f"{file.name} – Deblur", str(file.parent))}


@pytest.mark.usefixtures("in_brackets")
def test_every_text_can_be_translated(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """Of all pages and dialogs; a new text that is not is found by its lack of brackets."""
    found = untranslatable(window)
    open_photo(qtbot, window, photo)
    for show in (window.tools.show_photo, window.tools.show_psf, window.tools.show_lab, window.tools.show_training):
        show()
        settle(window)
        found |= untranslatable(window)
    window.tools.show(Workspace.BATCH)
    dialogs: list[QWidget] = [
        window.view_commands.show_preferences(), SelfTestDialog(window), LogWindow(window),
        ExportDialog(photo, image_io.read(photo), SavingSettings(), window), about.AboutDialog(window),
    ]  # fmt: skip
    for dialog in (window, *dialogs):
        settle(dialog)
        found |= untranslatable(dialog)
    for dialog in dialogs:
        dialog.close()
    names = names_of(photo)
    unknown = sorted(text for text in found if not any(name in text for name in names))
    assert not unknown, "\n".join(unknown)


@pytest.mark.parametrize("catalog", CATALOGS, ids=lambda path: path.stem)
def test_catalogs_are_complete_and_equal_to_the_code(catalog: Path, tmp_path: Path) -> None:
    """`python3 dev.py texts` changes nothing, and each text is translated, with the places of the English one."""
    copy = tmp_path / catalog.name
    copy.write_bytes(catalog.read_bytes())
    assert translations.collect(Path(sys.executable), ROOT, [copy]) == 0
    assert copy.read_text(encoding="utf-8") == catalog.read_text(encoding="utf-8"), "run: python3 dev.py texts"
    assert translations.compile_catalogs(Path(sys.executable), [copy]) == 0
    assert copy.with_suffix(".qm").read_bytes() == catalog.with_suffix(".qm").read_bytes(), "run: python3 dev.py texts"
    for message in read_messages(catalog):
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, source  # unfinished
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        one = message.findtext("comment") or source
        for form, english in zip(forms, [one, *[source] * len(forms)], strict=False):
            assert set(PLACE.findall(form)) == set(PLACE.findall(english)), source
            assert form.count("&") == english.count("&"), source


def test_the_language_of_the_system_is_taken_where_there_is_a_catalog() -> None:
    """A choice of one's own counts more; what there is not is English."""
    assert list_languages() == {"en": "English", "de": "Deutsch"}
    assert find_language("system", ["de-AT", "en-GB"]) == "de"
    assert find_language("system", ["tlh", "en-GB", "de"]) == "en"
    assert find_language("system", []) == "en"
    assert find_language("de", ["en-GB"]) == "de"
    assert find_language("xx", ["de-DE"]) == "en"


def test_the_choice_is_kept_for_the_next_start() -> None:
    """It is read before the first paint, alone."""
    assert load_language(settings_file()) == "system"
    save_settings(Settings(language="de"), settings_file())
    assert load_language(settings_file()) == "de"


@pytest.mark.usefixtures("german")
def test_numbers_and_plurals_are_those_of_the_language() -> None:
    """What is written into files stays English, and what has no translation is shown as it is."""
    assert tr("{gain:.1f} of what nobody translated", gain=1.5) == "1,5 of what nobody translated"
    assert tr("{seconds:.1f} s", seconds=1.5) == "1,5 s"
    assert tr_count("{count} photos", "1 photo", 1) == "1 Foto"
    assert tr_count("{count} photos", "1 photo", 3) == "3 Fotos"
    assert QLocale().toString(1.5) == "1,5"
    with keep_english():
        assert tr("Saved as {name} in {folder}", name="a", folder="b") == "Saved as a in b"
        assert tr_count("{count} photos", "1 photo", 3) == "3 photos"
        assert tr("{seconds:.1f} s", seconds=1.5) == "1.5 s"


def test_the_language_changes_with_the_window_open(
    qtbot: QtBot, qapp: QApplication, german: WindowLanguage, photo: Path
) -> None:
    """Photos, results, workspace, comparison, batch and open preferences stay; only the texts are others."""
    german.apply(ENGLISH)
    old = MainWindow(Settings(method="denoise"))
    old.show()
    qtbot.waitUntil(lambda: "method_panel" in old.tools.__dict__, timeout=MOMENT)
    open_photo(qtbot, old, photo)
    result, kept = old.session.result, old.session.versions
    old.photo_view.set_compare_mode(CompareMode.DIFFERENCE)
    old.batch.build().work.add([photo])
    qtbot.waitUntil(lambda: len(old.batch.build().model.rows) == 1, timeout=MOMENT)
    old.tools.show(Workspace.BATCH)
    old.view_commands.show_preferences().show_section("Saving")
    assert old.menus.actions["open"].text() == "&Open photo…"
    assert german.apply("de")
    new = replace_window(old)
    with show_window(qtbot, new, MOMENT):
        qtbot.waitUntil(lambda: not shiboken6.isValid(old), timeout=MOMENT)
        assert new.menus.actions["open"].text() == "Foto ö&ffnen…"
        assert new.session.result is result
        assert new.session.versions == kept
        assert new.photo_view.compare_mode is CompareMode.DIFFERENCE
        assert new.tools.workspace is Workspace.BATCH
        assert [row.photo.path for row in new.batch.build().model.rows] == [photo]
        assert photo.name in new.filmstrip.names
        assert new.view_commands.preferences is not None
        assert new.view_commands.preferences.list.currentItem().text() == "Speichern"
        new.session.follow_settings()
        qtbot.waitUntil(lambda: not new.session.is_busy, timeout=MOMENT)
        new.view_commands.preferences.close()


@pytest.mark.usefixtures("german")
def test_nothing_is_cut_in_german(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """On all pages and in the preferences, in the smallest window and in a usual one."""
    open_photo(qtbot, window, photo)
    tools = window.tools
    for show in (
        tools.show_photo,
        tools.show_psf,
        tools.show_lab,
        tools.show_training,
        lambda: tools.show(Workspace.BATCH),
    ):
        show()
        for size in ((1024, 700), (1360, 850)):
            window.resize(*size)
            settle(window)
            assert (window.width(), window.height()) == size
            with contextlib.suppress(qtbot.TimeoutError):  # what is computed in the background changes texts later
                qtbot.waitUntil(lambda: not list(cut_widgets(window)), timeout=MOMENT)
            assert not list(cut_widgets(window)), size
    dialog = window.view_commands.show_preferences()
    for section in dialog.sections:
        dialog.show_section(section.title)
        settle(dialog)
        assert not list(cut_widgets(dialog)), section.title
    dialog.close()
