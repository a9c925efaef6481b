"""Pairs made from sharp photographs fit the layout that training reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from tests.training.photos import write_parts
from training.cli import main as cli
from training.data.pairs import find_pairs
from training.synthetic.pair_files import make_pairs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Five parts of a photograph."""
    folder = tmp_path / "photos"
    folder.mkdir()
    return write_parts(folder, 5, 20, 96, (150, 270))


def test_no_photograph_is_overwritten_by_a_pair(tmp_path, photos):
    """Photographs with the names of pairs, in the folder that the sharp ones are written to: refused at once."""
    sharp = tmp_path / "out" / "sharp"
    sharp.mkdir(parents=True)
    for number, photo in enumerate(sorted(photos.iterdir())):
        (sharp / f"{number:04d}_made_S.jpg").write_bytes(photo.read_bytes())
    before = {path: path.read_bytes() for path in sharp.iterdir()}
    (tmp_path / "link").symlink_to(tmp_path / "out")
    for out in (tmp_path / "out", tmp_path / "link"):
        with pytest.raises(DeblurError, match="never overwritten"):
            run_to_end(make_pairs(sharp, out, count=3))
    assert {path: path.read_bytes() for path in sharp.iterdir()} == before


def test_a_photograph_that_cannot_be_read_costs_one_pair(tmp_path, photos, capsys):
    """It is named, the others are made, and the exit code says that not all were done."""
    (photos / "broken.jpg").write_text("no picture")
    count = len(list(photos.iterdir()))
    assert cli.main(["make-pairs", str(photos), "--out", str(tmp_path / "out"), "--count", str(count)]) == 2
    output = capsys.readouterr()
    assert output.out.startswith(f"{count - 1} pairs in ")
    assert output.err.count("\n") == 1
    assert "broken.jpg" in output.err
    assert len(list((tmp_path / "out" / "sharp").iterdir())) == count - 1


def test_synthetic_pairs_are_found_and_blurred(photos: Path, tmp_path: Path) -> None:
    """One photograph makes one pair, by turns of motion and of defocus, smoother than the sharp one."""
    assert run_to_end(make_pairs(photos, tmp_path / "out", count=4)) == 4
    with pytest.raises(DeblurError, match="exists already"):
        run_to_end(make_pairs(photos, tmp_path / "out", count=1))
    assert run_to_end(make_pairs(photos, tmp_path / "out", count=1, skip=4)) == 1
    pairs = find_pairs(tmp_path / "out")
    assert pairs.unpaired == []
    assert {pair.name.split()[1] for pair in pairs.pairs} == {"motion_blurred", "defocused_blurred"}
    for pair in pairs.pairs:
        sharp, blurred = image_io.read(pair.sharp).pixels, image_io.read(pair.blurred).pixels
        assert sharp.shape == blurred.shape
        assert np.abs(np.diff(blurred, axis=1)).mean() < np.abs(np.diff(sharp, axis=1)).mean()


def test_equal_seeds_give_equal_pairs_and_skipped_ones_are_others(photos: Path, tmp_path: Path) -> None:
    """A test set can be made that shares no photograph with the training set."""
    for name, count, skip in (("a", 3, 0), ("b", 3, 0), ("rest", 9, 3)):
        run_to_end(make_pairs(photos, tmp_path / name, count=count, skip=skip))
    content = {
        name: {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.jpg")} for name in ("a", "b", "rest")
    }
    assert content["a"] == content["b"]
    assert len(content["rest"]) == 4
    assert not set(content["a"].values()) & set(content["rest"].values())


@pytest.mark.parametrize(("count", "skip", "word"), [(1, 5, "nothing is left"), (0, 0, "At least one")])
def test_too_few_photographs_are_a_sentence(photos: Path, tmp_path: Path, count: int, skip: int, word: str) -> None:
    """Nothing is written then."""
    with pytest.raises(DeblurError, match=word):
        run_to_end(make_pairs(photos, tmp_path / "out", count=count, skip=skip))
    assert not (tmp_path / "out").exists()


def test_a_target_that_is_a_file_is_a_sentence(photos: Path, tmp_path: Path) -> None:
    """The folder cannot be made where a file is."""
    (tmp_path / "out").touch()
    with pytest.raises(DeblurError, match="cannot be made"):
        run_to_end(make_pairs(photos, tmp_path / "out", count=1))
