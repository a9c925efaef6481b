"""Which photos a batch takes, what they are called, and how it is divided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine.batch.inputs import Shard, list_photos

if TYPE_CHECKING:
    from pathlib import Path


def _touch(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def test_a_folder_gives_all_photos_below_it_with_their_folders(tmp_path):
    """Not hidden ones, earlier results, other files, or what lies in the folder of the results."""
    _touch(
        tmp_path,
        "b.jpg",
        "a.PNG",
        "trip/day 1/c.tif",
        ".hidden/d.jpg",
        ".e.jpg",
        "f_deblurred.jpg",
        "notes.txt",
        "out/g.jpg",
    )
    photos = list_photos([tmp_path], skipped=[tmp_path / "out"])
    assert [photo.relative for photo in photos] == ["a.PNG", "b.jpg", "trip/day 1/c.tif"]
    assert [photo.number for photo in photos] == [1, 2, 3]
    assert photos[2].folder == "trip/day 1"


def test_a_pattern_keeps_the_folders_behind_its_first_wildcard(tmp_path):
    """As shells of Windows leave it to the program."""
    _touch(tmp_path, "one/a.jpg", "two/b.jpg", "two/c.png")
    assert [photo.relative for photo in list_photos([tmp_path / "*" / "*.jpg"])] == ["one/a.jpg", "two/b.jpg"]


def test_photos_that_are_named_twice_are_taken_once(tmp_path):
    """By a file and by its folder."""
    _touch(tmp_path, "a.jpg", "b.jpg")
    photos = list_photos([tmp_path / "b.jpg", tmp_path])
    assert [photo.relative for photo in photos] == ["b.jpg", "a.jpg"]


def test_photos_of_two_folders_with_one_name_are_told_apart_by_the_folder(tmp_path):
    """None takes the place of another."""
    _touch(tmp_path, "one/a.jpg", "two/a.jpg", "two/b.jpg")
    photos = list_photos([tmp_path / "one", tmp_path / "two"])
    assert [photo.relative for photo in photos] == ["a.jpg", "two/a.jpg", "b.jpg"]


def test_two_photos_whose_results_would_have_one_name_get_names_with_their_endings(tmp_path):
    """A raw file and its JPEG do not need that, as their results have other endings."""
    _touch(tmp_path, "a.jpg", "a.png", "b.jpg", "c.jpg", "c.nef")
    kept = {photo.relative: photo.stem for photo in list_photos([tmp_path])}
    assert set(kept.values()) == {"a", "b", "c"}
    as_png = {photo.relative: photo.stem for photo in list_photos([tmp_path], ".png")}
    assert as_png == {"a.jpg": "a_jpg", "a.png": "a_png", "b.jpg": "b", "c.jpg": "c_jpg", "c.nef": "c_nef"}


def test_parts_of_a_batch_are_disjoint_and_complete_and_always_the_same(tmp_path):
    """Machines that know nothing of each other do each photo once; numbers in names are those of the whole."""
    _touch(tmp_path, *(f"{number}.jpg" for number in range(60)))
    parts = [list_photos([tmp_path], shard=Shard(index, 4)) for index in (1, 2, 3, 4)]
    assert parts[1] == list_photos([tmp_path], shard=Shard(2, 4))
    names = [photo.relative for part in parts for photo in part]
    assert sorted(names) == sorted(photo.relative for photo in list_photos([tmp_path]))
    assert all(5 <= len(part) <= 25 for part in parts)
    assert sorted(photo.number for part in parts for photo in part) == list(range(1, 61))


def test_missing_names_and_empty_folders_are_told(tmp_path):
    """One sentence, before any work."""
    with pytest.raises(DeblurError, match="does not exist"):
        list_photos([tmp_path / "missing.jpg"])
    with pytest.raises(DeblurError, match="no photos in"):
        list_photos([tmp_path])
