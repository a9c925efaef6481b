"""Pairs in memory, the split and the order of batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from training.data import dataset
from training.data.pairs import Pair, find_pairs
from training.data.readable import find_unreadable

if TYPE_CHECKING:
    from pathlib import Path


def test_whole_pictures_are_resized_to_squares(pairs_folder: Path) -> None:
    """As in the paper: the whole picture, its aspect not kept, as uint8."""
    arrays = run_to_end(dataset.load_pairs(find_pairs(pairs_folder).pairs, 16))
    assert arrays.blurred.shape == arrays.sharp.shape == (8, 16, 16, 3)
    assert arrays.blurred.dtype == np.uint8
    assert not np.array_equal(arrays.blurred, arrays.sharp)


def test_all_broken_pictures_are_named_at_once_with_their_folders(tmp_path: Path) -> None:
    """A few bad files among hundreds must be found by the user, and both of a pair may have one name."""
    pairs = []
    for number in range(4):
        files = [tmp_path / side / f"{number}.png" for side in ("blurred", "sharp")]
        for file in files:
            file.parent.mkdir(exist_ok=True)
            Image.fromarray(np.zeros((20, 20, 3), np.uint8)).save(file)
        pairs.append(Pair(files[0], files[1], str(number)))
    pairs[1].blurred.write_bytes(b"no picture")
    pairs[3].sharp.write_bytes(b"")
    with pytest.raises(DeblurError, match=r"2 pictures .*“blurred/1\.png”, “sharp/3\.png”"):
        run_to_end(dataset.load_pairs(pairs, 16))
    paths = [path for pair in pairs for path in (pair.blurred, pair.sharp)]
    assert [each.name for each in run_to_end(find_unreadable(paths))] == ["“blurred/1.png”", "“sharp/3.png”"]


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_pairs_of_16_bits_are_read_at_the_right_brightness(tmp_path: Path, ending: str) -> None:
    """They are kept with 8 bits, rounded and not cut off."""
    levels = np.linspace(0, 65535, 16 * 16 * 3).reshape(16, 16, 3).astype(np.uint16)
    cv2.imwrite(str(tmp_path / f"deep.{ending}"), levels[..., ::-1])
    Image.fromarray(np.round(levels / 257).astype(np.uint8)).save(tmp_path / "plain.png")
    arrays = run_to_end(dataset.load_pairs([Pair(tmp_path / f"deep.{ending}", tmp_path / "plain.png", "1")], 16))
    assert np.abs(arrays.blurred.astype(int) - arrays.sharp).max() <= 1


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
