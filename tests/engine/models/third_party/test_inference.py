"""Photos through a network that was added."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.core.tiling.local_tiling import PartDone
from deblur_app.engine import devices, tasks
from deblur_app.engine.method import MethodResult, Request
from deblur_app.engine.models.third_party import inference, serving, store
from deblur_app.engine.models.third_party.known import MAXIM
from tests.engine.models.third_party.test_graph_def import convolve_and_add


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    """A photo of 300 × 200 pixels."""
    from skimage.data import coffee

    return (coffee()[:200, :300] / np.float32(255)).astype(np.float32)


def drive(task):
    """All that a task tells, and its result."""
    calls = []
    while True:
        try:
            calls.append(next(task))
        except StopIteration as end:
            return calls, end.value


@pytest.mark.parametrize("size", [(64, 64), (60, 80), (61, 83), (1, 1), (130, 66)])
def test_a_photo_is_framed_as_the_authors_do(size):
    """Mirrored to even sides, then equally on both sides to multiples of 64; the photo is where it is said to be."""
    pixels = np.random.default_rng(0).random((*size, 3), np.float32)
    framed, (top, left) = inference.frame(pixels, 64)
    assert all(side % 64 == 0 and side - old < 64 for side, old in zip(framed.shape[:2], size, strict=True))
    assert np.array_equal(framed[top : top + size[0], left : left + size[1]], pixels)
    assert (top, left) == tuple(-(side + side % 2) % 64 // 2 for side in size)
    if top > 1:
        assert np.array_equal(framed[top - 1, left : left + size[1]], pixels[1 if size[0] > 1 else 0])


def test_a_small_photo_is_restored_as_a_whole(added_network, photo):
    """One square, framed: what comes out is the network's own result; the next photo finds the process waiting."""
    framed, (top, left) = inference.frame(photo, 64)
    whole = convolve_and_add(framed, added_network.kernel)[top : top + 200, left : left + 300]
    restored = run_to_end(tasks.deblur(Picture(photo), Request("maxim", device="cpu", is_checked=False)))
    assert_allclose(restored.picture.pixels, np.clip(whole, 0, 1), atol=1e-5)
    sentences, _ = drive(inference.restore(photo, devices.processor(), packaged=MAXIM, tile=512))
    assert sentences[0].seconds_left is not None
    assert {progress.stage for progress in sentences} == {f"Loading {MAXIM.label}", f"{MAXIM.label}: tile 1 of 1"}
    assert store.pace("maxim", "cpu") < 1


def test_a_large_photo_is_restored_square_by_square_without_seams(added_network, photo):
    """Squares overlap and are blended; the first is the one that the user looks at, and is shown when it is there."""
    framed, (top, left) = inference.frame(photo, 64)
    whole = convolve_and_add(framed, added_network.kernel)[top : top + 200, left : left + 300]
    corner = (0.9, 0.9, 1.0, 1.0)
    sentences, pixels = drive(inference.restore(photo, devices.processor(), packaged=MAXIM, tile=128, region=corner))
    assert_allclose(pixels, whole, atol=0.05)  # a square's own border sees zeros where the whole has a neighbour
    assert np.mean(abs(pixels - whole)) < 1e-3
    (part,) = (progress for progress in sentences if isinstance(progress, PartDone))
    assert part.region[2:] == (1.0, 1.0)
    assert part.pixels is not None
    x, y = (round(share * side) for share, side in zip(part.region[:2], (300, 200), strict=True))
    assert part.pixels.shape == (200 - y, 300 - x, 3)
    assert abs(part.pixels - np.clip(whole[y:, x:], 0, 1)).mean() < 0.01
    fractions = [progress.fraction for progress in sentences]
    assert fractions == sorted(fractions)
    assert sentences[-1].seconds_left is not None


def test_a_cancel_ends_the_process(added_network, photo):
    """The network does not go on computing for nobody, also in the middle of a square."""
    network = serving.take(("maxim", store.card("maxim").sha256, "/CPU:0"))
    serving.keep(network, ("maxim", store.card("maxim").sha256, "/CPU:0"))
    task = inference.restore(photo, devices.processor(), packaged=MAXIM, tile=128)
    next(task)
    assert network.is_alive
    task.close()
    assert not network.is_alive


class _Small:
    """A network on a device that has memory for squares of 128 pixels; none for any where `most` is 0."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.answers: list[tuple[str, object]] = []

    def send(self, pixels: np.ndarray) -> None:
        fits = max(pixels.shape[:2]) <= self.most
        self.answers = [(serving.READY, None), (serving.RESTORED, pixels) if fits else (serving.NO_MEMORY, None)]

    def receive(self) -> tuple[str, object]:
        return self.answers.pop(0)

    def close(self) -> None:
        """Nothing to end."""


def test_too_little_memory_makes_the_squares_smaller(added_network, photo, monkeypatch):
    """The photo is restored all the same, and the user is told; where nothing fits, a sentence says what is needed."""
    monkeypatch.setattr(serving, "keep", lambda *_: None)
    monkeypatch.setattr(serving, "take", lambda _: _Small(128))
    result = run_to_end(inference.restore(photo, devices.processor(), packaged=MAXIM, tile=512))
    assert isinstance(result, MethodResult)
    assert "tiles of 128 pixels" in result.note
    assert_allclose(result.pixels, photo, atol=1e-6)
    monkeypatch.setattr(serving, "take", lambda _: _Small(0))
    with pytest.raises(DeblurError, match=r"needs about 1\.\d GB of free memory"):
        run_to_end(inference.restore(photo, devices.processor(), packaged=MAXIM, tile=512))


def test_memory_is_counted_before_it_is_asked_for(added_network, monkeypatch):
    """Squares are smaller from the start where little is free."""
    import psutil

    class _Free:
        available = MAXIM.base_bytes + MAXIM.pixel_bytes * 300**2

    monkeypatch.setattr(psutil, "virtual_memory", lambda: _Free)
    assert inference._affordable(512, MAXIM) == 256
    assert inference._affordable(128, MAXIM) == 128


def test_a_network_that_was_not_added_says_how_to_get_it(own_store, photo):
    """Before any work begins."""
    with pytest.raises(DeblurError, match="npm pack"):
        run_to_end(tasks.deblur(Picture(photo), Request("maxim", device="cpu", is_checked=False)))
