"""After a drop a draft of the whole photo is seen before any other part of the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deblur_app.blur import models
from deblur_app.blur.psf import Origin, Psf
from deblur_app.core.picture import Picture
from deblur_app.engine import draft as drafts
from deblur_app.engine.method import Request
from deblur_app.gui.session.display import PartShown
from deblur_app.gui.session.session import Session

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Progress


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    """With a method that undoes a known blur."""
    monkeypatch.setattr(drafts, "_PIXELS", 2000)
    return Session(lambda: Request("wiener", psf=Psf(models.motion(5.0, 0.0), Origin.GIVEN)))


def test_a_draft_of_the_whole_comes_first_and_only_where_there_is_no_result(
    qtbot: QtBot, session: Session, scene: Pixels
) -> None:
    """At the size of a draft; what is computed anew is seen in its parts, over the result that is there."""
    told: list[Progress] = []
    session.progressed.connect(told.append)
    session.take_picture(Picture(scene))
    qtbot.waitUntil(lambda: session.result is not None and not session.is_busy, timeout=60_000)
    parts = [progress for progress in told if isinstance(progress, PartShown)]
    assert parts
    assert parts[0].place == (0.0, 0.0, 1.0, 1.0)
    assert parts[0].image is not None
    assert parts[0].image.width() * parts[0].image.height() <= 2100
    fractions = [progress.fraction for progress in told if progress.stage == "Restoring a draft"]
    assert fractions == sorted(fractions)
    told.clear()
    session.deblur()
    qtbot.waitUntil(lambda: not session.is_busy, timeout=60_000)
    assert not [progress for progress in told if progress.stage == "Restoring a draft"]
