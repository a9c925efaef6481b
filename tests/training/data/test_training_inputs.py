"""Folders are recognised by what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from deblur_app.core.errors import DeblurError
from training.data.pairs import Pair, PairList
from training.data.training_inputs import recognize_folders, swap_sides, without

if TYPE_CHECKING:
    from pathlib import Path


def write(*paths: Path) -> None:
    """Write small pictures."""
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(path)


def test_the_layout_of_the_paper_is_pairs(pairs_folder: Path):
    """The folder, and its three folders named one by one, are the same pairs."""
    whole = recognize_folders([pairs_folder])
    parts = recognize_folders([pairs_folder / name for name in ("motion_blurred", "defocused_blurred", "sharp")])
    assert (whole.source, whole.count) == ("pairs", 8)
    assert parts.pairs == whole.pairs
    assert parts.folders == whole.folders == (pairs_folder,)
    assert "4 motion blur" in whole.sentence


def test_two_folders_with_equal_names_are_pairs(tmp_path: Path):
    """Files that are left over are counted."""
    write(tmp_path / "b" / "1.png", tmp_path / "s" / "1.png", tmp_path / "s" / "2.png")
    inputs = recognize_folders([tmp_path / "b", tmp_path / "s"])
    assert [pair.sharp.parent.name for pair in inputs.pairs.pairs] == ["s"]
    assert inputs.sentence == "“b” has 1 pair. 1 photo has no counterpart and will not be used."


def test_the_names_of_two_folders_tell_which_is_sharp(tmp_path: Path):
    """Whichever was named first."""
    write(tmp_path / "GT" / "1.png", tmp_path / "lq" / "1.png")
    inputs = recognize_folders([tmp_path / "GT", tmp_path / "lq"])
    assert [pair.sharp.parent.name for pair in inputs.pairs.pairs] == ["GT"]
    assert inputs.folders == (tmp_path / "lq", tmp_path / "GT")


def test_a_folder_of_photos_makes_pairs(tmp_path: Path):
    """Photos without counterparts are what pairs are made of, also those of several folders."""
    write(tmp_path / "one" / "1.png", tmp_path / "one" / "2.png", tmp_path / "two" / "3.png")
    assert recognize_folders([tmp_path / "one"]).source == "synthetic"
    inputs = recognize_folders([tmp_path / "one", tmp_path / "two"])
    assert [path.name for path in inputs.photos] == ["1.png", "2.png", "3.png"]
    assert "3 sharp photos" in inputs.sentence


def test_what_holds_nothing_is_refused_with_what_there_could_be(tmp_path: Path):
    """An empty folder, one that is not there, and one whose pairs do not fit."""
    (tmp_path / "empty").mkdir()
    for folder, words in ((tmp_path / "empty", "holds no pairs and no photos"), (tmp_path / "no", "is not a folder")):
        with pytest.raises(DeblurError, match=words):
            recognize_folders([folder])
    write(tmp_path / "odd" / "sharp" / "1_A_S.png", tmp_path / "odd" / "motion_blurred" / "2_A_M.png")
    with pytest.raises(DeblurError, match="no pair"):
        recognize_folders([tmp_path / "odd"])


def test_pairs_are_left_out_and_turned_by_their_files(tmp_path: Path):
    """The others stay as they are."""
    pairs = [Pair(tmp_path / f"{n}b", tmp_path / f"{n}s", str(n)) for n in range(3)]
    listed = PairList(pairs, [tmp_path / "alone"])
    assert without(listed, {tmp_path / "1b", tmp_path / "alone"}) == PairList([pairs[0], pairs[2]], [])
    turned = swap_sides(listed, {tmp_path / "1b", tmp_path / "1s"})
    assert turned.pairs == [pairs[0], Pair(pairs[1].sharp, pairs[1].blurred, "1"), pairs[2]]
