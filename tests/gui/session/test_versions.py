"""Every result of a photo is there to go back to: by a click, by undo and redo, until it is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt

from deblur_app.core.parameter import Parameter
from deblur_app.core.picture import Picture
from deblur_app.core.task import Progress
from deblur_app.engine.method import Method, Request
from deblur_app.gui.method.versions_card import VersionsCard, describe_version
from deblur_app.gui.session.results.history import ResultHistory
from deblur_app.gui.session.results.kept_result import KeptResult, PhotoKey
from deblur_app.gui.session.session import Session

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context
    from tests.conftest import MethodTable

RUNS: list[float] = []


def _dim(context: Context, *, amount: float) -> Task[Pixels]:
    RUNS.append(amount)
    yield Progress(0.5)
    return context.pixels * np.float32(amount)


@pytest.fixture
def session(qtbot: QtBot, method_table: MethodTable) -> Session:
    """A photo with three results: dimmed to 0.9, 0.8 and 0.7."""
    RUNS.clear()
    amount = Parameter("amount", "Amount", "Of light.", 0.5, 0.0, 1.0)
    method_table.put(Method("dim", "Dim", "Dims.", (amount,), _dim, is_neural=False, is_faithful=False))
    session = Session(lambda: Request("dim", {"amount": 0.9}))
    session.take_picture(Picture(np.full((60, 80, 3), 0.5, np.float32)))
    wait(qtbot, session)
    for value in (0.8, 0.7):
        session.request = Request("dim", {"amount": value})
        session.follow_settings()
        wait(qtbot, session)
    return session


def wait(qtbot: QtBot, session: Session) -> None:
    """Wait until the session has nothing more to do."""
    qtbot.waitUntil(lambda: session.input is not None and not session.is_busy, timeout=20_000)


def measure_brightness(session: Session) -> float:
    """Return the brightness of the result that is shown."""
    assert session.result is not None
    return round(float(session.result.display_image.picture.pixels.mean()) / 0.5, 2)


def test_undo_and_redo_walk_through_the_results_without_computing(qtbot: QtBot, session: Session) -> None:
    """With their settings; a new result after an undo begins another way on."""
    for step, amount in ((session.undo, 0.8), (session.undo, 0.9), (session.redo, 0.8)):
        step()
        wait(qtbot, session)
        assert measure_brightness(session) == amount
        assert session.request.values["amount"] == amount
    assert RUNS == [0.9, 0.8, 0.7]
    assert session.can_go(-1)
    assert session.can_go(1)
    session.request = Request("dim", {"amount": 0.6})
    session.follow_settings()
    wait(qtbot, session)
    assert not session.can_go(1)
    session.undo()
    wait(qtbot, session)
    assert measure_brightness(session) == 0.8


def test_a_version_is_shown_starred_and_removed(qtbot: QtBot, session: Session) -> None:
    """Removing the one that is shown shows the one before; the last one leaves the photo without a result."""
    first, second, third = session.versions
    assert all(kept.thumbnail is not None for kept in session.versions)
    session.show_version(first)
    wait(qtbot, session)
    assert measure_brightness(session) == 0.9
    session.star_version(first)
    assert first.is_starred
    session.remove_version(first)
    wait(qtbot, session)
    assert measure_brightness(session) == 0.7
    session.remove_version(second)
    assert measure_brightness(session) == 0.7
    session.remove_version(third)
    wait(qtbot, session)
    assert session.versions == []
    assert session.result is None


def test_the_list_says_how_each_was_made(qtbot: QtBot, session: Session) -> None:
    """The newest at the top; a click asks for it, Del to remove it, a button to star it."""
    card = VersionsCard()
    qtbot.addWidget(card)
    assert session.result is not None
    card.show_versions(session.versions, session.result.kept)
    texts = [card.list.item(row).text() for row in range(3)]
    assert [text.split("\n")[1] for text in texts] == ["Amount 0.7", "Amount 0.8", "Amount 0.9"]
    assert all(text.startswith("Dim · ") for text in texts)
    first = session.versions[0]
    with qtbot.waitSignal(card.chosen, check_params_cb=lambda kept: kept is first):
        card.list.setCurrentRow(2)
    with qtbot.waitSignal(card.star_wanted, check_params_cb=lambda kept: kept is first):
        card.star.click()
    with qtbot.waitSignal(card.removal_wanted, check_params_cb=lambda kept: kept is first):
        qtbot.keyClick(card.list, Qt.Key.Key_Delete)
    first.is_starred = True
    assert describe_version(first).startswith("★ Dim")


def test_the_order_forgets_what_was_gone_back_from(session: Session) -> None:
    """And what was removed, wherever it stood."""
    one, two, three = session.versions
    order = ResultHistory()
    for kept in (one, two, two, three):
        order.show(kept)
    assert order.go(-1) is two
    order.show(one)
    assert order.find(1) is None
    assert order.find(-1) is two
    order.forget(one)
    assert order.find(0) is two
    assert order.go(-5) is None


def test_a_starred_result_is_dropped_after_others(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that is nearly full, though it is the oldest."""
    one, two, three = session.versions
    one.is_starred = True
    free = iter([0, 10**15])
    monkeypatch.setattr(session.results, "_free", lambda: next(free))
    key = PhotoKey("other")
    kept, note = session.results.keep(key, Request("dim"), three.restored, is_changed=True)
    assert isinstance(kept, KeptResult)
    assert "dropped" in note
    assert session.versions == [one, three]
    assert two not in session.versions
