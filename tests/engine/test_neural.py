"""Neural methods: any size, whole or in tiles, with little memory, and always the current model."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import run_to_end
from deblur_app.engine import neural
from deblur_app.engine.devices import Device

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.picture import Pixels

CPU = Device("cpu", "CPU", "/CPU:0")


def _short_of_memory(most: int, calls: list[int]) -> Callable[[Pixels], Pixels]:
    """A model on a device that has room for `most` squares in one call."""
    from tensorflow.errors import ResourceExhaustedError

    def predict(batch: Pixels) -> Pixels:
        calls.append(len(batch))
        if len(batch) > most:
            raise ResourceExhaustedError(None, None, "OOM when allocating tensor")
        return 1 - batch

    return predict


@pytest.mark.parametrize("most", [16, 8, 3, 1])
@pytest.mark.parametrize("count", [16, 5, 1])
def test_too_little_memory_means_smaller_batches_and_the_same_result(most, count):
    """A batch that does not fit is halved until it does, and its parts come back in order."""
    calls: list[int] = []
    batch = np.random.default_rng(0).random((count, 4, 4, 3), np.float32)
    result = neural.predict_in_halves(_short_of_memory(most, calls), batch)
    np.testing.assert_array_equal(result, 1 - batch)
    assert sum(size for size in calls if size <= most) == count


def test_a_device_without_room_for_one_square_is_told():
    """There is nothing left to halve: the user is told what to do."""
    with pytest.raises(DeblurError, match="too little memory for a single tile"):
        neural.predict_in_halves(_short_of_memory(0, []), np.zeros((4, 2, 2, 3), np.float32))


def test_other_errors_are_not_taken_for_a_lack_of_memory():
    """A defect of the model is reported as itself, after one call."""
    calls = []

    def fail(batch: Pixels) -> Pixels:
        calls.append(len(batch))
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        neural.predict_in_halves(fail, np.zeros((4, 2, 2, 3), np.float32))
    assert calls == [4]


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (15, 17), (16, 16), (33, 50)])
@pytest.mark.parametrize("overlap", [0, 8, 96])
def test_tiles_keep_any_size(tiny_card, size, overlap):
    """From one pixel up, with an overlap that may be larger than the network's squares allow."""
    pixels = np.random.default_rng(0).random((*size, 3), np.float32)
    result = run_to_end(neural.restore_tiles(pixels, model=str(tiny_card), device=CPU, overlap=overlap))
    assert result.shape == pixels.shape
    assert result.dtype == np.float32
    assert 0 <= result.min() <= result.max() <= 1


@pytest.mark.parametrize("size", [(1, 1), (16, 16), (33, 50)])
def test_the_whole_picture_gets_the_size_of_the_network(tiny_card, size):
    """As in the paper: whatever goes in, a square of the network's side comes out."""
    pixels = np.random.default_rng(0).random((*size, 3), np.float32)
    result = run_to_end(neural.restore_whole(pixels, model=str(tiny_card), device=CPU))
    assert result.shape == (16, 16, 3)
    assert 0 <= result.min() <= result.max() <= 1


def test_the_result_is_what_the_network_says(tiny_card, scene, tmp_path):
    """Loading, compiling and precision change nothing that could be seen: the same as the plain Keras model."""
    from deblur_app.networks import weights

    model, card = weights.load(tiny_card)
    for variable in model.weights:
        variable.assign(2 * variable)  # as they begin, the picture is grey whatever goes in
    weights.save(model, card, tmp_path / "model.json")
    small = resize_pixels(scene, 16, 16)
    expected = model(small[None], training=False).numpy()[0]
    assert expected.std() > 0.05
    for restored in (
        run_to_end(neural.restore_whole(scene, model=str(tmp_path / "model.json"), device=CPU)),
        run_to_end(neural.restore_tiles(small, model=str(tmp_path / "model.json"), device=CPU, overlap=0)),
    ):
        np.testing.assert_allclose(restored, expected, atol=0.01)


def test_a_model_is_loaded_once_until_its_file_changes(tiny_card, tmp_path):
    """The second picture waits for nothing; a model that was trained anew is taken at once."""
    folder = tmp_path / "model"
    shutil.copytree(tiny_card.parent, folder)
    card = folder / tiny_card.name
    first = run_to_end(neural.load_model(str(card), CPU))
    assert run_to_end(neural.load_model(str(card), CPU)) is first
    later = card.stat().st_mtime_ns + 1_000_000_000
    os.utime(card, ns=(later, later))
    assert run_to_end(neural.load_model(str(card), CPU)) is not first


def test_a_missing_model_is_told_by_its_path(tmp_path):
    """Nothing is downloaded and nothing else is taken instead."""
    with pytest.raises(DeblurError, match=r"nowhere\.json” cannot be read"):
        run_to_end(neural.load_model(str(tmp_path / "nowhere.json"), CPU))


def test_a_photo_chosen_as_model_is_refused(photo):
    """Any file can be dropped on the model field: it is read as a card and nothing more."""
    with pytest.raises(DeblurError, match="not a model card"):
        run_to_end(neural.load_model(str(photo), CPU))


def test_a_cancel_between_tiles_ends_the_work(tiny_card):
    """Closing the task after its first step leaves nothing running and gives no result."""
    task = neural.restore_tiles(np.zeros((200, 200, 3), np.float32), model=str(tiny_card), device=CPU, overlap=0)
    stages = [next(task).stage, next(task).stage]
    task.close()
    assert stages == ["Loading the model", "Deblurring"]
    with pytest.raises(StopIteration):
        next(task)
