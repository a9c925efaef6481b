"""A PSF panel with an open photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deblur_app.engine import psf_tasks
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Method, PsfUse
from tests.gui.psf.bench import SMOOTHING, Bench, stand_in_for_estimation, turn_colours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from tests.conftest import MethodTable


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, method_table: MethodTable, scene: Pixels) -> Iterator[Bench]:
    """A tab with a photo open and one method."""
    method_table.keep("restorer-blind")  # the one that is there where another fails
    turn = Method(
        "turn",
        "Turn",
        "Of this test.",
        (SMOOTHING,),
        turn_colours,
        is_neural=False,
        is_faithful=False,
        psf=PsfUse.GIVEN,
    )
    method_table.put(turn)
    monkeypatch.setattr(psf_tasks, "estimate", stand_in_for_estimation(PsfEstimate(None, None, 0.0)))
    bench = Bench(qtbot, scene)
    bench.open()
    yield bench
    bench.session.cancel()
    bench.settle()
    bench.tool.finish()
