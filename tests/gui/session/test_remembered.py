"""However broken what was remembered is, the window opens, works, and closes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from deblur_app.core.settings import settings_file
from deblur_app.engine.method import Request
from deblur_app.gui.main_window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

_SETTINGS = {
    "deep": '{"values": ' + '{"a": ' * 100_000 + "1" + "}" * 100_001,
    "deep enough to be read": '{"values": ' + '{"a": ' * 400 + "1" + "}" * 401,
    "lists": '{"recent": ' + "[" * 5_000 + "]" * 5_000 + "}",
    "wrong types": json.dumps({"values": {"smoothing": [1, 2], "model": {}}, "recent": [None, 7, "\0"], "folder": 3}),
    "no utf-8": "\udcff",
    "huge numbers": '{"method": "wiener", "values": {"smoothing": 1e999}}',
    "a model that is no path": json.dumps({"method": "autoencoder", "values": {"model": "a\0b.json"}}),
    "not a table": "[]",
}


@pytest.mark.parametrize("content", _SETTINGS.values(), ids=_SETTINGS.keys())
def test_the_window_opens_works_and_closes_with_broken_settings(qtbot: QtBot, content: str) -> None:
    """Nothing raises, and closing writes settings that can be read again."""
    file = settings_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    stored = QSettings("Deblur", "Deblur")
    stored.setValue("geometry", "no bytes")
    stored.setValue("state", 7)
    window = MainWindow()
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: "method_panel" in window.tools.__dict__)
    assert isinstance(window.session.request, Request)
    window.opener.recent_pictures()
    window.refresh()
    window.close()
    assert not window.isVisible()
    assert file.read_bytes() != content.encode("utf-8", "surrogateescape")
    assert isinstance(json.loads(file.read_text(encoding="utf-8")), dict)
    later = MainWindow()
    assert isinstance(later.session.request, Request)
    for one in (window, later):
        one.deleteLater()
