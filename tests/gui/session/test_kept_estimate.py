"""The blur of a photo is estimated once, whichever method needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.engine import psf_tasks
from deblur_app.engine.method import Request
from deblur_app.gui.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot


def test_another_method_does_not_estimate_the_blur_anew(
    qtbot: QtBot, photo: Path, truth: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does the same with other values; another photo is estimated, of course."""
    session = Session(lambda: Request("wiener"))
    estimated: list[object] = []
    estimate = psf_tasks.estimate

    def count(*args: object) -> object:
        estimated.append(args[0])
        return estimate(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(psf_tasks, "estimate", count)
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
    session.open(truth)
    qtbot.waitUntil(lambda: not session.is_busy and len(estimated) == 2, timeout=60_000)
