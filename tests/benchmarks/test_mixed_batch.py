"""Photos of every kind go through a batch that is killed on the way, and come out whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("imagecodecs")

from benchmarks.mixed.check import find_faults
from benchmarks.mixed.folder import make_photos
from benchmarks.mixed_batch import EXACT, restore_all

if TYPE_CHECKING:
    from pathlib import Path


def test_photos_of_all_kinds_survive_a_kill_with_their_colours_and_metadata(tmp_path: Path) -> None:
    """None is lost, done twice or half, and broken ones are told in a sentence each; `mixed_batch` does all of them."""
    faults, count = restore_all(tmp_path, EXACT, is_exact=True, most=2, kills=1, jobs=1)
    assert faults == []
    assert count >= 12  # formats whose libraries are missing are left out


def test_faults_of_results_are_found(tmp_path: Path) -> None:
    """The check of the batch sees what is missing."""
    photos = make_photos(tmp_path / "in", most=2)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "deblur-batch.jsonl").touch()
    (tmp_path / "out" / "plain_deblurred.png").write_bytes(b"half")
    faults = find_faults(tmp_path / "out", photos)
    assert f"{photos[0].name} is not in the journal" in faults
    assert "plain_deblurred.png belongs to no photo" in faults
    assert len(faults) == len(photos) + 1
