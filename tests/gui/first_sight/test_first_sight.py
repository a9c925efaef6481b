"""The first sight: an invitation, samples, and what was opened last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from deblur_app.core.resources import resource
from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
from deblur_app.gui.first_sight.first_sight import SAMPLES, FirstSight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def sight(qtbot: QtBot) -> Iterator[FirstSight]:
    """The invitation on the screen."""
    loader = ThumbnailLoader()
    sight = FirstSight(loader)
    qtbot.addWidget(sight)
    sight.resize(704, 600)
    sight.show()
    yield sight
    loader.finish()


def test_each_sample_is_shipped_and_shown_before_and_after(qtbot: QtBot, sight: FirstSight) -> None:
    """One of each kind of blur; its card has both halves, and a click or the space key asks for it."""
    sight.show_recent([])
    for name, card in sight.samples.items():
        assert all(resource("samples", f"{name}_{end}.jpg").is_file() for end in ("blurred", "sharp"))
        qtbot.waitUntil(lambda card=card: len(card._images) == 2, timeout=20_000)
        with qtbot.waitSignal(sight.sample_wanted, check_params_cb=lambda wanted, name=name: wanted == name):
            qtbot.keyClick(card, Qt.Key.Key_Space)
    assert list(sight.samples) == list(SAMPLES)


def test_recent_photos_are_one_click_away(qtbot: QtBot, sight: FirstSight, photo: Path) -> None:
    """Six at most, by their names; without any, nothing is said of them."""
    sight.show_recent([])
    assert not sight._recent_title.isVisible()
    sight.show_recent([photo] * 9)
    assert [card.text() for card in sight.recent] == ["photo.png"] * 6
    assert sight._recent_title.isVisible()
    with qtbot.waitSignal(sight.photo_wanted, check_params_cb=lambda path: path == photo):
        sight.recent[2].click()


def test_files_can_be_dropped_on_the_invitation(qtbot: QtBot, sight: FirstSight, photo: Path) -> None:
    """It tells which."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    place, copy = QPointF(9, 9), Qt.DropAction.CopyAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dropped: list[list[Path]] = []
    sight.area.dropped.connect(dropped.append)
    enter = QDragEnterEvent(place, copy, mime, button, keys)
    QApplication.sendEvent(sight.area, enter)
    QApplication.sendEvent(sight.area, QDropEvent(place, copy, mime, button, keys))
    assert dropped == [[photo]]
