"""Pairs in memory, the split and the order of batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from training import dataset
from training.pairs import Pair, find_pairs

if TYPE_CHECKING:
    from pathlib import Path


def test_whole_pictures_are_resized_to_squares(pairs_folder: Path) -> None:
    """As in the paper: the whole picture, its aspect not kept, as uint8."""
    arrays = run_to_end(dataset.load_pairs(find_pairs(pairs_folder).pairs, 16))
    assert arrays.blurred.shape == arrays.sharp.shape == (8, 16, 16, 3)
    assert arrays.blurred.dtype == np.uint8
    assert not np.array_equal(arrays.blurred, arrays.sharp)


def test_a_broken_picture_is_named(tmp_path: Path) -> None:
    """One bad file among hundreds must be found by the user."""
    broken = tmp_path / "7_M.jpg"
    broken.write_bytes(b"no picture")
    with pytest.raises(DeblurError, match=r"7_M\.jpg"):
        run_to_end(dataset.load_pairs([Pair(broken, broken, "7")], 16))


@given(
    scenes=st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=40).filter(lambda s: len(set(s)) > 1),
    share=st.floats(0.01, 0.9),
    seed=st.integers(0, 9),
)
def test_a_scene_is_never_on_both_sides(scenes: list[str], share: float, seed: int) -> None:
    """Else the network would be judged on a picture it has seen."""
    training, held_out = dataset.split(scenes, share, seed)
    assert sorted([*training, *held_out]) == list(range(len(scenes)))
    assert {scenes[i] for i in training}.isdisjoint(scenes[i] for i in held_out)
    assert len(training) > 0
    assert len(held_out) > 0


def test_a_fifth_of_the_scenes_is_held_out_the_same_each_time() -> None:
    """80/20 by seed 42, whatever the machine."""
    scenes = [f"{number:03d}" for number in range(350)]
    training, held_out = dataset.split(scenes, 0.2, 42)
    assert (len(training), len(held_out)) == (280, 70)
    assert np.array_equal(held_out, dataset.split(scenes, 0.2, 42)[1])
    assert not np.array_equal(held_out, dataset.split(scenes, 0.2, 43)[1])


def test_one_scene_cannot_be_split() -> None:
    """There must be something to judge by."""
    with pytest.raises(DeblurError, match="only one scene"):
        dataset.split(["a", "a"], 0.2, 42)


def test_an_epoch_sees_every_pair_once_in_its_own_order() -> None:
    """The order depends on seed and epoch alone, so that a resumed run sees the same batches."""
    first, second = (dataset.batches(10, 4, 42, epoch) for epoch in (1, 2))
    assert [len(batch) for batch in first] == [4, 4, 2]
    assert sorted(np.concatenate(first)) == list(range(10))
    assert not np.array_equal(np.concatenate(first), np.concatenate(second))
    assert all(map(np.array_equal, first, dataset.batches(10, 4, 42, 1)))
