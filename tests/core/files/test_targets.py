"""Results go not over what is read, not over each other."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from deblur_app.core.files.file_names import result_names
from deblur_app.core.files.targets import ProtectedFiles, Target

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file that is read."""
    path = tmp_path / "photo.png"
    path.write_bytes(b"photo")
    return path


def test_a_protected_file_is_known_under_every_name(photo, tmp_path):
    """By a detour, a symbolic link, a link to its folder, and a hard link."""
    (tmp_path / "soft.png").symlink_to(photo)
    (tmp_path / "folder").symlink_to(tmp_path)
    (tmp_path / "sub").mkdir()
    os.link(photo, tmp_path / "hard.png")
    protected = ProtectedFiles([photo])
    for name in ("photo.png", "sub/../photo.png", "soft.png", "folder/photo.png", "hard.png"):
        assert tmp_path / name in protected, name
    assert tmp_path / "other.png" not in protected


def test_a_name_is_protected_before_there_is_a_file(tmp_path):
    """The file may be missing now; whether the file system tells letter cases apart is not known then."""
    protected = ProtectedFiles([tmp_path / "later.png"])
    assert tmp_path / "later.png" in protected
    assert tmp_path / "LATER.png" in protected
    (tmp_path / "later.png").touch()
    assert tmp_path / "later.png" in protected


def test_a_file_that_is_saved_anew_stays_protected(photo, tmp_path):
    """Another program replaces the photo while it is being restored."""
    protected = ProtectedFiles([photo])
    (tmp_path / "new.png").write_bytes(b"new")
    (tmp_path / "new.png").replace(photo)
    assert photo in protected


def test_results_pass_over_protected_files_even_when_they_may_replace(photo, tmp_path):
    """The second photo of a run is the first one's earlier result: it is read, and never written."""
    earlier = tmp_path / "photo_deblurred.png"
    earlier.write_bytes(b"earlier")
    target = Target(lambda: result_names(photo), may_replace=True, protected=ProtectedFiles([photo, earlier]))
    assert target.path() == target.write(b"new") == tmp_path / "photo_deblurred-2.png"
    assert earlier.read_bytes() == b"earlier"
    assert target.write(b"newer") == tmp_path / "photo_deblurred-2.png"


def test_a_target_that_was_taken_meanwhile_gets_a_number(tmp_path):
    """Another process wrote the file between the check and the end of the work: both stay."""
    target = Target.at(tmp_path / "out.png")
    (tmp_path / "out.png").write_bytes(b"of another process")
    assert target.write(b"new") == tmp_path / "out-2.png"
    assert (tmp_path / "out.png").read_bytes() == b"of another process"
    assert Target.at(tmp_path / "out.png", may_replace=True).write(b"newer") == tmp_path / "out.png"
