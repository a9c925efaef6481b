"""Names of picture files, and writing that leaves nothing half done."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import atomic_files, file_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB; only the administrator of a Linux system can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    if not sys.platform.startswith("linux") or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("name", ["a.jpg", "A.JPEG", "b.Tif", "c.heic", "d.NEF", "e f ü.png"])
def test_pictures_are_known_by_their_ending(name, tmp_path):
    """Endings count in any case."""
    assert file_names.is_picture(tmp_path / name)


@pytest.mark.parametrize("name", ["a.txt", "jpg", "a.jpg.part", ".jpg", "a"])
def test_other_files_are_no_pictures(name, tmp_path):
    """Neither a text nor half a download is opened."""
    assert not file_names.is_picture(tmp_path / name)


def test_a_folder_gives_its_pictures_by_name(tmp_path):
    """Sorted whatever the case; hidden files, other files and deeper folders are left out."""
    for name in ("b.png", "A.jpg", ".hidden.jpg", "notes.txt", "c.JPG"):
        (tmp_path / name).touch()
    (tmp_path / "deeper").mkdir()
    assert [path.name for path in file_names.pictures_in(tmp_path)] == ["A.jpg", "b.png", "c.JPG"]


def test_a_folder_that_is_none_is_an_answer(tmp_path):
    """A missing folder is told by its name."""
    with pytest.raises(DeblurError, match="missing” cannot be read"):
        file_names.pictures_in(tmp_path / "missing")


def test_results_stand_beside_the_photo_and_count_up(tmp_path):
    """No result replaces another one, unless that is wished."""
    photo = tmp_path / "my holiday.JPG"
    names = []
    for _ in range(3):
        names.append(file_names.result_path(photo).name)
        file_names.result_path(photo).touch()
    assert names == ["my holiday_deblurred.JPG", "my holiday_deblurred-2.JPG", "my holiday_deblurred-3.JPG"]


@pytest.mark.parametrize("letter", ["x", "ü", "写"])
def test_a_long_name_is_shortened_so_that_its_result_has_one(tmp_path, letter):
    """File systems take 255 bytes: no letter is cut in two, and results still count up."""
    count = 251 // len(letter.encode())
    photo = tmp_path / f"{letter * count}.jpg"
    photo.touch()
    first = file_names.result_path(photo)
    first.touch()
    second = file_names.result_path(photo)
    second.touch()
    assert first.name.endswith(f"{letter}_deblurred.jpg")
    assert second.name.endswith(f"{letter}_deblurred-2.jpg")
    assert file_names.is_result(first)
    assert file_names.is_result(second)


@pytest.mark.parametrize(("depth", "ending"), [(8, ".png"), (16, ".tif")])
def test_results_of_photos_that_cannot_be_written_lose_nothing(tmp_path, depth, ending):
    """A camera raw file becomes a TIFF of 16 bits, a GIF a PNG; both in the folder that was asked for."""
    result = file_names.result_path(tmp_path / "photo.nef", bit_depth=depth, folder=tmp_path / "out")
    assert result == tmp_path / "out" / f"photo_deblurred{ending}"


def test_results_are_told_from_photos(tmp_path):
    """The names that `result_path` gives, and no others."""
    photo = tmp_path / "photo.png"
    first = file_names.result_path(photo)
    first.touch()
    assert file_names.is_result(first)
    assert file_names.is_result(file_names.result_path(photo))
    assert not file_names.is_result(photo)
    assert not file_names.is_result(tmp_path / "photo_deblurred_by_hand.png")


def test_blurred_photos_have_a_name_of_their_own(tmp_path):
    """They are results of blurring, and photos to deblurring."""
    blurred = file_names.result_path(tmp_path / "photo.png", mark=file_names.BLURRED)
    assert blurred.name == "photo_blurred.png"
    assert file_names.is_result(blurred, file_names.BLURRED)
    assert not file_names.is_result(blurred)
    assert not file_names.is_result(tmp_path / "photo_deblurred.png", file_names.BLURRED)


def test_new_files_have_the_mode_of_new_files(tmp_path):
    """Other people may read a result as they may read any new file, although it began as a temporary one."""
    plain, atomic = tmp_path / "plain", tmp_path / "atomic"
    plain.write_bytes(b"x")
    atomic_files.write_atomic(atomic, b"x")
    assert stat.S_IMODE(atomic.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


@pytest.mark.parametrize("name", ["with space ü 写真.bin", "x" * 250])
def test_any_name_of_the_file_system_works(tmp_path, name):
    """Spaces, umlauts, other scripts, and names of nearly the longest length."""
    atomic_files.write_atomic(tmp_path / name, b"content")
    assert (tmp_path / name).read_bytes() == b"content"


def test_a_full_disk_leaves_the_old_file_and_nothing_else(small_disk):
    """The old file is still whole when the disk is full, and no part of the new file remains."""
    target = small_disk / "photo.png"
    atomic_files.write_atomic(target, b"old")
    with pytest.raises(DeblurError, match="No space left"):
        atomic_files.write_atomic(target, b"x" * 200_000)
    assert [path.name for path in small_disk.iterdir()] == ["photo.png"]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_whatever_interrupts_the_writing_no_temporary_file_stays(tmp_path, monkeypatch, error):
    """A full disk and Ctrl-C in the last moment leave the folder as it was."""

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(file_names.os, "fsync", fail)
    with pytest.raises((DeblurError, KeyboardInterrupt)):
        atomic_files.write_atomic(tmp_path / "photo.png", b"content")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["missing folder", "file as folder", "folder as file"])
def test_places_where_nothing_can_be_written(tmp_path, kind):
    """Each is a sentence that names the place, and leaves nothing behind."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    target = {
        "missing folder": tmp_path / "missing" / "a.png",
        "file as folder": tmp_path / "file" / "a.png",
        "folder as file": tmp_path / "folder",
    }[kind]
    with pytest.raises(DeblurError, match="cannot be written"):
        atomic_files.write_atomic(target, b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_one_file_under_two_names_is_recognised(tmp_path):
    """Links and detours lead to one file; a name without a file leads to none."""
    photo, link = tmp_path / "photo.png", tmp_path / "link.png"
    photo.touch()
    link.symlink_to(photo)
    assert file_names.same_file(photo, link)
    assert not file_names.same_file(photo, tmp_path / "missing.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_refused_without_waiting(tmp_path):
    """Nobody may ever write to it: it is not opened."""
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(DeblurError, match="not an ordinary file"):
        file_names.content(tmp_path / "pipe.png")


def test_a_film_is_refused_before_it_is_read(tmp_path):
    """Several gigabytes are no picture; the file here has a length and no content."""
    with (tmp_path / "film.png").open("wb") as film:
        film.truncate(3_000_000_000)
    with pytest.raises(DeblurError, match=r"3\.0 GB"):
        file_names.content(tmp_path / "film.png")
