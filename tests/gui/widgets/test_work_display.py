"""The time left, as it is shown of real tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deblur_app.core import task as tasks
from deblur_app.core.task import Progress, Task, with_time_left
from deblur_app.gui.widgets.work_display import FallingTime, WorkDisplay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock whose time is its only element."""
    now = [100.0]
    monkeypatch.setattr(tasks.time, "monotonic", lambda: now[0])
    return now


def _steps(fractions: Sequence[float]) -> Task[None]:
    for fraction in fractions:
        yield Progress(fraction)


@pytest.mark.parametrize("expected", [None, 5.0, 60.0])
@pytest.mark.parametrize("fractions", [
    [0.0, 0.04, 0.05, 0.3, 0.31, 0.32, 0.9, 1.0],
    [0.0, 0.5, 0.5, 0.5, 0.51, 0.52, 1.0],
    [0.0, 0.01, 0.02, 0.03, 0.04, 0.98, 1.0],
], ids=["stages", "a stage that stands", "a slow beginning"])  # fmt: skip
def test_the_time_left_that_is_shown_only_falls(
    clock: list[float], expected: float | None, fractions: list[float]
) -> None:
    """However unevenly the work goes, and however wrong the forecast was; never below zero."""
    shown, time_left = [], FallingTime()
    for progress in with_time_left(_steps(fractions), expected):
        shown.append(time_left.take(progress.seconds_left))
        clock[0] += 2
    said = [seconds for seconds in shown if seconds is not None]
    assert said == sorted(said, reverse=True)
    assert min(said) >= 0


def test_the_button_that_goes_to_the_work_is_not_shown_where_one_is_there(qtbot: QtBot) -> None:
    """The progress is, in each workspace; work on a photo can be stopped from everywhere."""
    display = WorkDisplay()
    qtbot.addWidget(display)
    display.show()
    display.set_batch(True)
    assert display.button.isVisible()
    display.set_place("batch")
    assert display.bar.isVisible()
    assert not display.button.isVisible()
    display.set_place("training")
    assert display.button.isVisible()
    display.set_place("batch")
    display.set_busy(True)
    assert display.button.text() == "Stop"
    assert display.button.isVisible()
    display.set_busy(False)
    display.set_batch(False)
    assert not display.bar.isVisible()
