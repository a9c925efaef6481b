"""The blur of a photo is estimated once, whichever method needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.blur.kinds import Blur
from deblur_app.core.task import Progress
from deblur_app.engine import psf_tasks
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Request
from deblur_app.gui.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from deblur_app.core.task import Task

STREAK = Blur("motion", {"length": 7.0, "angle": 30.0})


def test_another_method_does_not_estimate_the_blur_anew(
    qtbot: QtBot, photo: Path, truth: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does the same with other values; another photo is estimated, of course."""
    session = Session(lambda: Request("wiener"))
    estimated: list[object] = []

    def estimate(*_: object) -> Task[PsfEstimate]:
        """Know the blur at once: a search would take most of a minute."""
        estimated.append(photo)
        yield Progress(0.5)
        return PsfEstimate(STREAK.kernel(), STREAK, 0.9)

    monkeypatch.setattr(psf_tasks, "estimate", estimate)
    session.open(photo)
    qtbot.waitUntil(lambda: session.result is not None, timeout=60_000)
    first = session.result
    assert first is not None
    assert first.restored.estimate is not None
    for request in (Request("tikhonov"), Request("wiener", {"smoothing": 1.0})):
        session.request = request
        before = session.result
        session.follow_settings()
        qtbot.waitUntil(lambda before=before: session.result is not before, timeout=60_000)
        assert session.result is not None
        assert session.result.restored.estimate is first.restored.estimate
    assert len(estimated) == 1
    session.request = Request("denoise")
    session.follow_settings()
    qtbot.waitUntil(lambda: session.result is not None and not session.is_busy, timeout=60_000)
    assert session.known_estimate is first.restored.estimate  # and is told beside methods that do not need it
    session.request = Request("wiener")
    session.open(truth)
    qtbot.waitUntil(lambda: not session.is_busy and len(estimated) == 2, timeout=60_000)


def test_the_blur_is_kept_as_soon_as_it_is_known(qtbot: QtBot, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told while the photo is restored, and a restoration that was stopped then need not estimate it again."""
    session = Session(lambda: Request("wiener"))
    estimate = PsfEstimate(STREAK.kernel(), STREAK, 0.9)

    def know(*_: object) -> Task[PsfEstimate]:
        yield Progress(0.5)
        return estimate

    def stop(progress: Progress) -> None:
        if session.known_estimate is not None:
            told.append(progress)
            session.cancel()

    told: list[Progress] = []
    monkeypatch.setattr(psf_tasks, "estimate", know)
    session.progressed.connect(stop)
    session.open(photo)
    qtbot.waitUntil(lambda: bool(told) and not session.is_busy, timeout=60_000)
    assert session.result is None
    assert session.known_estimate is estimate
