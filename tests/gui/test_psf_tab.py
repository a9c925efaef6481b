"""The PSF tab in the window: reached by keys, wired to method panel, panes and work."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt

from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core.settings import Settings
from deblur_app.core.task import Progress
from deblur_app.engine import psf_tasks
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.shell.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.task import Task
    from deblur_app.engine.estimation.psf_estimate import PsfEstimate
    from deblur_app.gui.psf.tool import PsfTool

MOMENT = 20_000
STREAK = Blur("motion", {"length": 7.0, "angle": 30.0})


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window whose method is Wiener's."""
    window = MainWindow(Settings(method="wiener"))
    window.resize(1200, 700)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    settle(qtbot, window)
    window.close_when_idle()
    window.deleteLater()
    gc.collect()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until neither the session nor the tab does anything."""
    tool = window.tools.psf
    small = [tool.panel.looks, tool.previews] if tool else []
    qtbot.waitUntil(lambda: not window.session.is_busy and not any(w.is_busy for w in small), timeout=MOMENT)


@pytest.fixture
def tool(qtbot: QtBot, window: MainWindow, photo: Path) -> PsfTool:
    """The tab in front, with a photo that was opened and restored."""
    window.session.psf = Psf.of_model(STREAK)
    window.session.open(photo)
    settle(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F3)
    settle(qtbot, window)
    assert window.tools.psf is not None
    return window.tools.psf


def test_the_tab_is_reached_by_key_and_letter(qtbot: QtBot, window: MainWindow, tool: PsfTool) -> None:
    """F3 shows it with the focus on the kind of blur; its title has a letter of its own."""
    assert window.tools.workspace is Workspace.LAB
    assert tool.is_in_front
    assert tool.panel.source.kinds.hasFocus()
    assert "&" in window.tools.lab_panel.tabText(0)


def test_a_psf_goes_from_the_tab_into_the_result(qtbot: QtBot, window: MainWindow, tool: PsfTool) -> None:
    """The whole photo is restored with what the tab shows; the method tab says so, and can take it back."""
    tool.panel.source.choose_blur(Blur("defocus", {"radius": 2.0}))
    settle(qtbot, window)
    assert window.panes.predicted.canvas.part is not None
    qtbot.keyClick(tool.panel.deblur_button, Qt.Key.Key_Space)
    settle(qtbot, window)
    result = window.session.result
    assert result is not None
    assert result.restored.request.psf is not None
    assert np.array_equal(result.restored.request.psf.kernel, Blur("defocus", {"radius": 2.0}).kernel())
    assert window.panes.predicted.canvas.part is None
    panel = window.tools.method_panel
    assert panel.psf_note.text() == "Uses the PSF of the PSF editor: out of focus, radius 2 px."
    window.tools.show_photo()
    qtbot.keyClick(panel.psf_button, Qt.Key.Key_Space)
    assert window.session.psf is None
    assert not panel.psf_button.isEnabled()
    window.session.cancel()


def test_method_and_values_of_the_tab_become_those_of_the_window(
    qtbot: QtBot, window: MainWindow, tool: PsfTool
) -> None:
    """Both tabs show the same method after a deblurring, and it is remembered in the settings."""
    methods = tool.panel.restoring.methods
    methods.setCurrentIndex(methods.findData("tikhonov"))
    tool.panel.deblur_button.click()
    settle(qtbot, window)
    assert window.tools.method_panel.request().method == "tikhonov"
    assert window.session.request.method == "tikhonov"
    assert window.session.result is not None
    assert window.session.result.restored.request.method == "tikhonov"


def test_leaving_the_tab_shows_the_result_and_coming_back_the_preview(
    qtbot: QtBot, window: MainWindow, tool: PsfTool
) -> None:
    """The live preview belongs to the tab; elsewhere the panes show what can be saved."""
    tool.panel.source.choose_blur(Blur("defocus", {"radius": 2.0}))
    settle(qtbot, window)
    assert "Deblur the whole photo" in window.panes.predicted.caption.whole
    window.tools.show_photo()
    assert window.panes.predicted.canvas.part is None
    assert "CPU" in window.panes.predicted.caption.whole
    window.tools.show_psf()
    assert window.panes.predicted.canvas.part is not None


def test_esc_stops_an_estimation(
    qtbot: QtBot, window: MainWindow, tool: PsfTool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress and cancel are those of all work; one that nothing stops would go on for ever."""

    def endless(*_: object) -> Task[PsfEstimate]:
        while True:
            yield Progress(0.5, "Looking")

    monkeypatch.setattr(psf_tasks, "estimate_grid", endless)
    tool.panel.from_photo.grid_button.click()
    assert window.session.is_busy
    assert window.work.button.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert not window.work.button.isVisible()
