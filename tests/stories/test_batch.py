"""Many photos: dropped on the workspace Batch, ended on the way, and gone on with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

import pytest

from deblur_app.core.files.saving_settings import SavingSettings
from deblur_app.core.settings import Settings
from deblur_app.gui.shell.workspace import Workspace
from tests.engine.batch.inline_pool import StepwisePool
from tests.stories.user import User

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.gui.batch.batch_page import BatchPage

pytest.importorskip("imagecodecs")

from benchmarks.mixed.check import find_faults
from benchmarks.mixed.folder import make_photos

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # offscreen: no window manager


def _show_batch(user: User, pool: StepwisePool) -> BatchPage:
    """Go to the workspace, whose photos `pool` restores."""
    user.window.tools.show(Workspace.BATCH)
    page = user.window.batch.build()
    page.work.make_pool = lambda _: pool
    return page


def test_a_folder_of_all_kinds_comes_out_whole_though_the_window_was_closed(
    qtbot: QtBot, tmp_path: Path, home: Path
) -> None:
    """Nothing is lost or done twice; colours and metadata are kept; the bar shows the batch in other workspaces."""
    (home / "xdg_config_home").mkdir(parents=True)  # or astropy warns of it
    settings = Settings(saving=SavingSettings(quality=None))
    photos = make_photos(tmp_path / "in", most=1)
    user = User(qtbot, settings)
    pool = StepwisePool(1)
    page = _show_batch(user, pool)
    page.panel.show_folder(tmp_path / "out")
    page.panel.method.setCurrentIndex(page.panel.method.findData("denoise"))
    page.panel.strength.setValue(0)
    user.drop(tmp_path / "in", on=page)
    user.until(lambda: len(page.model.rows) == len(photos))
    page.bar.start.click()
    for _ in range(3):
        pool.allowed.release()
    user.until(lambda: page.work.queue.count("waiting") + page.work.queue.count("running") == len(photos) - 3)
    user.window.tools.show(Workspace.PHOTO)
    user.until(lambda: user.window.work.stage.text().startswith("Batch"))
    user.window.work.button.click()
    assert user.window.tools.workspace is Workspace.BATCH
    user.leave()

    user = User(qtbot, settings)
    pool = StepwisePool(1)
    for _ in photos:
        pool.allowed.release()
    page = _show_batch(user, pool)
    if not page.notice.isVisible():
        page.work.look_for_unfinished()
    user.until(page.notice.isVisible)
    page.notice.button.click()
    user.until(lambda: page.bar.words.text().startswith("Done"))
    broken = sum(photo.is_broken for photo in photos)
    assert page.work.queue.count("failed") == broken
    assert page.work.queue.count("skipped") >= 3 - broken
    user.leave()
    assert find_faults(tmp_path / "out", photos) == []
