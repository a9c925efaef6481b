"""The benchmark on real photos makes scenes that are the same each time, and that pairs are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.real import write_scenes
from deblur_app.engine.evaluation import layouts

if TYPE_CHECKING:
    from pathlib import Path


def test_scenes_are_pairs_and_the_same_each_time(tmp_path: Path, truth: Path) -> None:
    """Figures of two runs can be compared, and a run that was interrupted goes on with the same scenes."""
    for name in ("one", "other"):
        write_scenes([truth], 2, tmp_path / name)
    cases = layouts.list_cases(tmp_path / "one")
    assert [(case.name, case.layout) for case in cases] == [("000", "pairs"), ("001", "pairs")]
    for case in cases:
        same = tmp_path / "other" / case.photo.relative_to(tmp_path / "one")
        assert same.read_bytes() == case.photo.read_bytes()
    assert cases[0].photo.read_bytes() != cases[1].photo.read_bytes()
