"""A model file that is broken or hostile is told in a sentence and leaves nothing behind."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.engine.models import bundle, installed
from tests.engine.models.hostile_bundles import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.models.bundles import Members


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_a_sentence_and_leaves_nothing(kind: str, members: Members, tmp_path: Path) -> None:
    """Whatever is in it: no folder, no file, no traceback, and the models that were there are still there."""
    path, place = tmp_path / "bad.deblur", tmp_path / "place" / "models"
    HOSTILE[kind](members, path)
    with pytest.raises(DeblurError) as raised:
        run_to_end(installed.install(path, place))
    assert len(str(raised.value)) < 400
    assert str(raised.value).isprintable()
    assert not place.exists() or list(place.iterdir()) == []
    assert {each.name for each in tmp_path.iterdir()} <= {"bad.deblur", "place"}


def test_no_byte_can_be_changed_unnoticed(packed_model: Path, members: Members, tmp_path: Path) -> None:
    """Of what is installed: each change is a sentence, or the same model comes out."""
    data, random = packed_model.read_bytes(), np.random.default_rng(0)
    path, folder = tmp_path / "bad.deblur", tmp_path / "unpacked"
    for place in random.integers(0, len(data), 60):
        folder.mkdir()
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << int(random.integers(8)))]) + data[place + 1 :])
        try:
            run_to_end(bundle.unpack(path, folder))
        except DeblurError:
            pass
        else:
            result = {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
            assert result == {name: content for name, content in members.items() if name != "manifest.json"}
        shutil.rmtree(folder)


def test_a_cancel_leaves_nothing(packed_model: Path, tmp_path: Path) -> None:
    """Installing is a task: closed half way, it takes its folder with it."""
    task = installed.install(packed_model, tmp_path)
    while next(task).fraction < 0.2:
        pass
    assert len(list(tmp_path.iterdir())) == 1
    task.close()
    assert list(tmp_path.iterdir()) == []
