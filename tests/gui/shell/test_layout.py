"""The window at all sizes and with a large font: nothing is cut, everything has a name, and keys are enough."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QAccessible, QFont, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QDoubleSpinBox, QLabel, QScrollArea, QTabWidget, QWidget

from deblur_app.core.settings import Settings
from deblur_app.gui.first_sight.cards import PictureCard
from deblur_app.gui.look.appearance import Appearance, ColourScheme
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.widgets.forms.slider_box import SliderBox
from deblur_app.gui.widgets.labels import Caption, ElidedLabel
from deblur_app.gui.widgets.tab_order import list_focusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

SIZES = [(1024, 700), (1280, 800), (1600, 1000), (1920, 1080), (3840, 2160)]
"""In points: 1920 × 1080 is a screen of 3840 × 2160 pixels at 200 %."""

MOMENT = 30_000


@pytest.fixture(params=[0, 14], ids=["usual font", "14 pt"])
def window(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The window in its own look, without a photo."""
    style, palette, before = qapp.style().name(), qapp.palette(), QApplication.font()
    if request.param:
        font = QFont(before)
        font.setPointSize(request.param)
        QApplication.setFont(font)
    appearance = Appearance(qapp, ColourScheme.DARK)
    window = MainWindow(Settings(method="denoise"))
    appearance.apply(ColourScheme.DARK)
    window.resize(*SIZES[0])
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: "method_panel" in window.tools.__dict__, timeout=MOMENT)
    yield window
    window.close_when_idle()
    qtbot.waitUntil(lambda: not window.is_busy and not window.isVisible(), timeout=MOMENT)
    window.deleteLater()
    appearance.deleteLater()
    QApplication.setFont(before)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setStyle(style)
    gc.collect()


def open_photo(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """Open a photo and wait for its result."""
    window.session.open(photo)
    qtbot.waitUntil(lambda: window.session.result is not None and not window.session.is_busy, timeout=MOMENT)


def settle(window: QWidget) -> None:
    """Let what is told just now be laid out, in columns inside columns."""
    for _ in range(4):
        QApplication.processEvents()
    window.grab()


def cut_widgets(window: QWidget) -> Iterator[str]:
    """The texts of which less is seen than all; names of files may be shortened."""
    for widget in [*window.findChildren(QAbstractButton), *window.findChildren(QLabel)]:
        if not widget.isVisible() or not widget.text() or isinstance(widget, ElidedLabel | Caption | PictureCard):
            continue
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        if not wraps and widget.width() < widget.minimumSizeHint().width():
            yield f"{type(widget).__name__} “{widget.text()}”: {widget.width()} of {widget.minimumSizeHint().width()}"
        elif wraps and widget.height() < widget.heightForWidth(widget.width()):
            yield f"“{widget.text()}” is {widget.height()} high"
    for area in window.findChildren(QScrollArea):
        is_fixed = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if area.isVisible() and is_fixed and area.widget().width() > area.viewport().width():
            yield f"a column is {area.widget().width()} wide in {area.viewport().width()}"
    for box in window.findChildren(SliderBox):
        if box.isVisible() and box.spin.geometry().right() >= box.parentWidget().width() - box.x():
            yield f"the box of “{box.spin.accessibleName()}” ends beyond its form"
    for tabs in window.findChildren(QTabWidget):
        if tabs.isVisible() and tabs.tabBar().sizeHint().width() > tabs.width():
            yield "the tabs are cut"


def nameless(window: QWidget) -> Iterator[str]:
    """Return the widgets that the Tab key goes to and that have no name."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is None or not interface.text(QAccessible.Text.Name):
                yield f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"


def pages(window: MainWindow) -> Iterator[str]:
    """Go to each page, and say its name."""
    for name, show in (
        ("photo", window.tools.show_photo),
        ("psf", window.tools.show_psf),
        ("lab", window.tools.show_lab),
        ("train", window.tools.show_training),
    ):
        show()
        yield name


def test_nothing_is_cut_at_any_size(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """On each page, before a photo is open and with its result; the window gets as small as 1024 × 700."""
    for is_open in (False, True):
        if is_open:
            open_photo(qtbot, window, photo)
        for page in pages(window):
            for size in SIZES:
                window.resize(*size)
                settle(window)
                assert (window.width(), window.height()) == size, page
                with contextlib.suppress(qtbot.TimeoutError):  # what is computed in the background changes texts later
                    qtbot.waitUntil(lambda: not list(cut_widgets(window)), timeout=MOMENT)
                assert not list(cut_widgets(window)), (page, size, is_open)


def test_all_that_has_the_focus_says_what_it_is(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """To who hears the window: on each page, and in the preferences."""
    open_photo(qtbot, window, photo)
    for page in pages(window):
        settle(window)
        assert not list(nameless(window)), page
    dialog = window.view_commands.show_preferences()
    for section in dialog.sections:
        dialog.show_section(section.title)
        settle(dialog)
        assert not list(nameless(dialog)), section.title
        assert not list(cut_widgets(dialog)), section.title
    dialog.close()


def test_tab_goes_in_reading_order(qtbot: QtBot, window: MainWindow) -> None:
    """From the bar at the top to the picture, and then down the panel."""
    order = list_focusable(window.frame)
    bar = [window.frame.top_bar.open, *window.frame.top_bar.workspaces.buttons]
    assert order[: len(bar)] == bar
    panel = list_focusable(window.tools.method_panel)
    assert order.index(window.frame.top_bar.export) < order.index(window.first_sight.area.open_photos)
    assert order.index(window.first_sight.area.open_folder) < order.index(panel[0])
    window.activateWindow()
    window.frame.top_bar.open.setFocus()
    passed: list[QWidget] = []
    while QApplication.focusWidget() not in passed:
        passed.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    # Of buttons of which one is chosen the Tab key goes to that one, and the arrow keys to the others.
    assert passed == [w for w in list_focusable(window.frame) if w.isVisible() and w.isEnabled()]
    assert window.frame.top_bar.open.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert passed[-1].hasFocus()


def test_the_main_job_is_done_by_keys_alone(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """A photo is pasted, restored, compared, restored otherwise, gone back to, and saved."""
    control, session = Qt.KeyboardModifier.ControlModifier, window.session
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    QGuiApplication.clipboard().setMimeData(mime)
    qtbot.keyClick(window, Qt.Key.Key_V, control)
    qtbot.waitUntil(lambda: session.result is not None and not session.is_busy, timeout=MOMENT)
    first = session.result
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_2):
        qtbot.keyClick(window, key)
        assert Qt.Key(ord(window.photo_view.compare_mode.key)) == key
    panel = window.tools.method_panel
    strength = next(box for box in panel.method_card.findChildren(QDoubleSpinBox) if box.accessibleName() == "Strength")
    strength.setFocus()
    qtbot.keyClick(strength, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: session.result is not first and not session.is_busy, timeout=MOMENT)
    window.photo_view.canvas.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, control)
    qtbot.waitUntil(lambda: session.result.kept is first.kept and not session.is_busy, timeout=MOMENT)
    qtbot.keyClick(window, Qt.Key.Key_S, control)
    qtbot.waitUntil(lambda: photo.with_name("photo_deblurred.png").exists(), timeout=MOMENT)
    qtbot.waitUntil(lambda: not session.is_busy, timeout=MOMENT)
    QGuiApplication.clipboard().clear()
