"""A watched folder: photos are taken once they are whole."""

from __future__ import annotations

import os

import pytest

from deblur_app.engine.batch.watch import FolderWatch


class Clock:
    """A clock that the test sets."""

    now = 100.0

    def __call__(self):
        """Return the time."""
        return self.now


@pytest.fixture
def watch(tmp_path):
    """A watch on a folder, of which one folder is that of the results."""
    (tmp_path / "out").mkdir()
    return FolderWatch(tmp_path, [tmp_path / "out"], settled=2.0, clock=Clock())


def _look(watch, seconds):
    watch.clock.now += seconds
    return [photo.relative for photo in watch.find_new()]


def test_a_photo_is_taken_once_it_does_not_change_any_more(watch):
    """While it is written its size changes, or its time."""
    photo = watch.folder / "sub" / "a.jpg"
    photo.parent.mkdir()
    photo.write_bytes(b"1")
    assert _look(watch, 0) == []
    photo.write_bytes(b"12")
    assert _look(watch, 1.9) == []
    os.utime(photo, (5, 5))
    assert _look(watch, 1.9) == []
    assert _look(watch, 1.9) == []
    assert _look(watch, 1.0) == ["sub/a.jpg"]
    assert _look(watch, 10) == []


def test_a_photo_that_is_written_anew_is_taken_again(watch):
    """And keeps its number."""
    photo = watch.folder / "a.jpg"
    photo.write_bytes(b"1")
    _look(watch, 0)
    assert _look(watch, 3) == ["a.jpg"]
    photo.write_bytes(b"other")
    _look(watch, 3)
    watch.clock.now += 3
    (again,) = watch.find_new()
    assert (again.relative, again.number) == ("a.jpg", 1)


def test_empty_files_other_files_and_results_are_left(watch):
    """A program that copies may begin with an empty file."""
    for name in ("empty.jpg", "notes.txt", "out/b.jpg", "c_deblurred.jpg", ".d.jpg"):
        (watch.folder / name).write_bytes(b"" if name == "empty.jpg" else b"1")
    assert _look(watch, 0) == _look(watch, 5) == _look(watch, 5) == []


def test_a_folder_that_is_gone_for_a_while_ends_nothing(watch, tmp_path):
    """As one on a network; that it is gone and there again is told once each."""
    told = []
    watch.folder, watch.tell = tmp_path / "gone", told.append
    assert _look(watch, 0) == _look(watch, 3) == []
    assert len(told) == 1
    assert told[0].endswith("It is looked at again until it is there.")
    watch.folder.mkdir()
    (watch.folder / "a.jpg").write_bytes(b"1")
    assert _look(watch, 3) == []
    assert _look(watch, 3) == ["a.jpg"]
    assert told[1:] == [f"The folder “{watch.folder}” is there again."]
