"""The benchmark on real photos makes scenes that are the same each time, and that pairs are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.real import measure_regrets, write_scenes
from deblur_app.engine.evaluation import layouts
from deblur_app.engine.evaluation.records import Record

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


def test_regret_is_what_the_best_choice_would_have_gained() -> None:
    """A method that is best on each photo has none; doing nothing counts as a choice."""
    psnr = {"do_nothing": (30.0, 28.0), "restorer": (31.0, 27.5), "restorer-blind": (30.5, 27.0)}
    records = [
        Record(name, candidate, value, 0.9, 1.0)
        for candidate, values in psnr.items()
        for name, value in zip("ab", values, strict=True)
    ]
    expected = {"do_nothing": 0.5, "restorer": 0.25, "restorer-blind": 0.75}
    assert measure_regrets(records) == pytest.approx(expected)
