"""Of work that is asked for faster than it is done, only the last is done; a draft is followed by the real thing."""

from __future__ import annotations

from functools import partial

import pytest

from deblur_app.core.task import Progress
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner


def _say(word: str):
    yield Progress(0.5)
    return word


@pytest.fixture
def latest(qapp):
    """The last of some work; what it gave is in `words`."""
    latest = LatestTaskRunner()
    latest.words = []
    latest.ready.connect(latest.words.append)
    yield latest
    latest.finish()


def test_a_draft_is_followed_by_the_real_thing(latest, qtbot):
    """The real thing is done too where nothing else is asked for meanwhile."""
    with qtbot.waitSignal(latest.idle):
        latest.ask(partial(_say, "draft"), partial(_say, "whole"))
    assert latest.words == ["draft", "whole"]


def test_only_the_last_of_many_is_followed(latest, qtbot):
    """While a slider is dragged there are drafts only; the end of the drag brings the real thing, once."""
    with qtbot.waitSignal(latest.idle):
        for number in range(20):
            latest.ask(partial(_say, f"draft {number}"), partial(_say, f"whole {number}"))
    assert latest.words == ["draft 0", "draft 19", "whole 19"]


def test_what_was_to_follow_is_dropped_by_a_new_wish_without_one(latest, qtbot):
    """A wish that needs no draft replaces both."""
    with qtbot.waitSignal(latest.idle):
        latest.ask(partial(_say, "draft"), partial(_say, "whole"))
        latest.ask(partial(_say, "other"))
    assert latest.words == ["draft", "other"]
