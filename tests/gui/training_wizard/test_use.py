"""The wizard for those who use it: in a narrow dock, by keyboard, and at once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QRadioButton,
    QWidget,
)

from deblur_app.gui.actions import EDIT, FILE, HELP, PHOTO, TOOLS, VIEW
from deblur_app.gui.training_wizard import wizard
from deblur_app.gui.training_wizard.runs.run_figures import verdict
from deblur_app.gui.training_wizard.state import STEPS, PageId
from tests.gui.training_wizard.driving import (
    unfold,
)
from training.fit.progress import EpochFigures

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from deblur_app.gui.training_wizard.wizard import TrainingWizard


@pytest.mark.parametrize("page", STEPS)
def test_every_control_is_reached_by_tab_in_the_order_it_is_seen(
    panel: TrainingWizard, qtbot: QtBot, page: PageId
) -> None:
    """Tab goes through the steps, all controls of a page from top to bottom, and Back and Next; each has a name."""
    unfold(panel, page)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.steps.buttons[0].setFocus()
    visited: list[QWidget] = []
    while (focused := QApplication.focusWidget()) is not None and focused not in visited:
        visited.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    controls = panel._places[page].page.controls
    expected = [widget for widget in controls if widget.isVisible() and widget.isEnabled()]
    if page == PageId.MODEL:  # buttons of a group are one stop
        expected = [widget for widget in expected if not isinstance(widget, QRadioButton) or widget.isChecked()]
    if page == PageId.PICTURES:
        expected = [widget for widget in expected if not isinstance(widget, QRadioButton)]
    assert expected
    assert [widget for widget in visited if widget in expected] == expected
    buttons = {button for button in (panel.back, panel.next) if button.isVisible() and button.isEnabled()}
    assert buttons <= set(visited)
    for widget in expected:
        assert widget.accessibleName() or widget.toolTip() or getattr(widget, "text", str)()


@pytest.mark.parametrize("page", STEPS)
def test_no_two_mnemonics_of_a_page_are_equal(panel: TrainingWizard, page: PageId) -> None:
    """Alt and a letter goes to one place on each page, and to none that the window's menus have."""
    unfold(panel, page)
    panel.grab()
    labels = [label for label in panel.findChildren(QLabel) if label.buddy()]
    letters = [
        QKeySequence.mnemonic(widget.text()).toString()
        for widget in panel.findChildren(QAbstractButton) + labels
        if widget.isVisible() and not QKeySequence.mnemonic(widget.text()).isEmpty()
    ]
    assert len(letters) > 5
    assert sorted(letters) == sorted(set(letters))
    menus = {QKeySequence.mnemonic(menu).toString() for menu in (FILE, EDIT, VIEW, PHOTO, TOOLS, HELP)}
    assert not menus & set(letters)


def test_the_verdict_says_whether_the_network_helps() -> None:
    """Better, worse and equal are told in plain words; without figures there is nothing to tell."""
    nothing = EpochFigures(0, 0.01, 0.9, 0.01, 0.9, 26.1, 0.8, 0.0, 0.0)
    best = replace(nothing, epoch=9)
    assert verdict(None, nothing) == ""
    assert "2.1 dB closer" in verdict(replace(best, val_psnr=28.2), nothing)
    assert "makes them worse" in verdict(replace(best, val_psnr=16.8), nothing)
    assert "as close" in verdict(best, nothing)


def test_building_the_panel_loads_no_tensorflow() -> None:
    """TensorFlow takes seconds and hundreds of megabytes: the panel comes without it."""
    code = (
        "import sys\n"
        f"import {wizard.__name__}\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        f"panel = sys.modules['{wizard.__name__}'].TrainingWizard()\n"
        "panel.cancel_and_wait()\n"
        "print(sorted({'tensorflow', 'keras', 'matplotlib'} & sys.modules.keys()))\n"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert process.stdout.strip() == "[]"
