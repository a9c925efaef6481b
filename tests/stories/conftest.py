"""Fixtures that every story begins with."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

import pytest

from deblur_app.core.settings import Settings
from tests.gui.home import move_home
from tests.stories.user import User

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs and runs go to a home of the test's own."""
    home = tmp_path / "home"
    move_home(home, monkeypatch)
    return home


@pytest.fixture
def user(qtbot: QtBot, tiny_card: Path) -> Iterator[User]:
    """A user with a small model; at the end the window is closed and no thread is left."""
    if not gc.get_freeze_count():
        gc.freeze()  # the half million objects of TensorFlow need not be looked through after every test
    user = User(qtbot, Settings(method="autoencoder", values={"model": str(tiny_card)}))
    yield user
    user.leave()
