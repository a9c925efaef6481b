"""What a user marks as moving is restored without the kernel, what stands still with it, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from skimage.data import astronaut

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end
from deblur_app.engine import marked, tasks
from deblur_app.engine.masks.mask import Stroke
from deblur_app.engine.method import Request
from deblur_app.engine.methods import restorer_blind
from tests.untrained_networks import make_card

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.engine.deblurring import Restored

BLUR = Blur("motion", {"length": 9.0, "angle": 20.0})
SIZE = (300, 160)
LEFT = Stroke(((0.1, 0.5), (0.15, 0.5)), 0.06)


@pytest.fixture(scope="module")
def photo() -> Picture:
    """A photo whose camera moved."""
    sharp = from_integer(np.ascontiguousarray(astronaut()[: SIZE[1], : SIZE[0]]))
    return Picture(run_to_end(degrade(sharp, Degradation(blur=BLUR, noise=0.004))))


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Networks that have learnt nothing, for a known blur and without one: without a kernel the photo stays."""
    folder = tmp_path_factory.mktemp("cards")
    return make_card(folder, 3), make_card(folder, 1)


@pytest.fixture
def restored(photo: Picture, cards: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Restored:
    """Its result by the known blur, by those networks."""
    guided, blind = cards
    monkeypatch.setattr(restorer_blind, "find_bundled_card", lambda: blind)
    values = {"model": str(guided), "noise": 0.4}
    request = Request("restorer-psf", values, "cpu", psf=Psf(BLUR.kernel()), is_checked=False)
    return run_to_end(tasks.deblur(photo, request))


def test_what_moves_is_restored_without_the_kernel_and_all_else_stays(photo: Picture, restored: Restored) -> None:
    """To the last bit, away from the stroke."""
    psf = marked.mark_stroke(restored.request.psf, SIZE, LEFT, is_moving=True)
    result = run_to_end(marked.restore_marked(photo, restored, psf))

    centre = (slice(76, 84), slice(32, 44))
    assert np.abs(restored.picture.pixels[centre] - photo.pixels[centre]).max() > 0.02
    np.testing.assert_allclose(result.picture.pixels[centre], photo.pixels[centre], atol=1e-3)
    np.testing.assert_array_equal(result.picture.pixels[:, 100:], restored.picture.pixels[:, 100:])
    assert result.request.psf is psf


def test_what_stands_still_gets_its_kernel_back(photo: Picture, restored: Restored) -> None:
    """A mark is taken back by the other brush: the part is as it was, but for what its borders leave."""
    moving = marked.mark_stroke(restored.request.psf, SIZE, LEFT, is_moving=True)
    without = run_to_end(marked.restore_marked(photo, restored, moving))
    wider = replace(LEFT, radius=0.12)
    back = run_to_end(marked.restore_marked(photo, without, marked.mark_stroke(moving, SIZE, wider, is_moving=False)))

    assert back.request.psf is not None
    assert back.request.psf.trust is not None
    assert back.request.psf.trust.values.min() == pytest.approx(1.0)
    np.testing.assert_allclose(back.picture.pixels, restored.picture.pixels, atol=0.02)


def test_a_marked_part_is_as_in_a_restoration_of_the_whole(photo: Picture, restored: Restored) -> None:
    """So that its recipe leads to the same picture."""
    psf = marked.mark_stroke(restored.request.psf, SIZE, LEFT, is_moving=True)
    part = run_to_end(marked.restore_marked(photo, restored, psf)).picture.pixels
    request = Request("restorer-psf", restored.request.values, "cpu", psf=psf, is_checked=False)
    whole = run_to_end(tasks.deblur(photo, request)).picture.pixels

    np.testing.assert_allclose(part, whole, atol=0.02)


def test_a_result_without_kernels_cannot_be_marked(photo: Picture, restored: Restored) -> None:
    """The sentence says why."""
    blind = run_to_end(tasks.deblur(photo, Request("restorer-blind", {}, "cpu")))

    with pytest.raises(DeblurError, match="restored without its blur"):
        run_to_end(marked.restore_marked(photo, blind, restored.request.psf))
