"""Scenes restored in every way, for the fit of expected gains."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import skimage.data

from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer
from deblur_app.engine.choice.expected_gain import CANDIDATES
from training.fit.expected_gain import scene_rows
from training.fit.expected_gain.scene_rows import add_rows, read_rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_scenes_are_added_to_a_file_and_only_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each tells what a photo showed and what each way gained; a photograph that is too small is passed over."""
    sharp = from_integer(np.ascontiguousarray(skimage.data.astronaut()[:300, 100:400]))
    photos = [tmp_path / "large.png", tmp_path / "small.png"]
    for photo, side in zip(photos, (300, 40), strict=True):
        image_io.write(Picture(sharp[:side, :side]), photo)
    path, passed = tmp_path / "rows.jsonl", []
    for attribute, value in (("_CLEAN_SHARE", 1.0), ("_CLEAN", {"defocus": 1.0}), ("_LARGE_SHARE", 0.0)):
        monkeypatch.setattr(scene_rows, attribute, value)

    def add(count: int) -> None:
        list(add_rows(path, photos, count=count, seed=2, pass_over=lambda photo, _: passed.append(photo.name)))

    add(3)
    first = path.read_text(encoding="utf-8")
    rows = read_rows(path)
    assert len(rows) == 2
    assert passed == ["small.png"]
    assert all(
        row.photo == "large.png" and {"blind"} <= set(row.gains) <= {way.name for way in CANDIDATES} for row in rows
    )
    assert all(np.isfinite(list(row.facts.values())).all() for row in rows)
    add(3)
    assert path.read_text(encoding="utf-8") == first
    assert json.loads(first.splitlines()[0])["type"] == rows[0].type
