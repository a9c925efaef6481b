"""Captions below the panes tell what the program found."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from deblur_app.blur.kinds import Blur
from deblur_app.core.picture import Picture
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Request
from deblur_app.engine.tasks import Restored
from deblur_app.gui.viewer import captions

if TYPE_CHECKING:
    from deblur_app.gui.session.session import Session

MOTION = Blur("motion", {"length": 14.0, "angle": -148.0})


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (PsfEstimate(MOTION.kernel(), MOTION, 0.9), "Motion blur, 14 px at 32°, sure"),
        (PsfEstimate(None, None, 0.9), "No blur found: the photo looks sharp, sure"),
        (None, "8 × 8 px"),
    ],
)
def test_the_caption_of_a_result_begins_with_the_blur_that_was_found(estimate: PsfEstimate | None, words: str) -> None:
    """In words, where one was looked for."""
    picture = Picture(np.zeros((8, 8, 3), np.float32))
    restored = Restored(picture, Request(), "CPU (Intel(R) Xeon(R) Processor @ 2.80GHz, 2 cores)", "", 1.5, estimate)
    session = cast("Session", SimpleNamespace(result=SimpleNamespace(restored=restored), comparison=None))
    caption = captions.describe_result(session)
    assert caption.startswith(words)
    assert "1.5 s on CPU\n" in f"{caption}\n"  # without the processor's long name
