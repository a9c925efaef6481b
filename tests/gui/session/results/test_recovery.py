"""Results of a program that ended unexpectedly are saved whatever became of what was written beside them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine.method import Request
from deblur_app.engine.recipes import storage
from deblur_app.engine.tasks import Restored
from deblur_app.gui.session.results import recovery
from deblur_app.gui.session.results.kept_result import PhotoKey
from deblur_app.gui.session.results.result_store import ResultStore

if TYPE_CHECKING:
    from pathlib import Path


def test_a_result_with_a_damaged_recipe_is_saved_without_it(tmp_path: Path) -> None:
    """The pixels count more than the words on them."""
    folder = recovery.results_folder() / "1-1-crashed"
    store = ResultStore(folder, least_free=0)
    restored = Restored(Picture(np.full((9, 9, 3), 0.5, np.float32)), Request("denoise"), "CPU", "", 1.0)
    kept, _ = store.keep(PhotoKey("a.png", tmp_path / "a.png"), Request("denoise"), restored, is_changed=True)
    store.show(kept)
    (facts,) = folder.glob("*.json")
    facts.write_text(json.dumps(json.loads(facts.read_text()) | {"recipe": "{"}))
    (path,) = run_to_end(recovery.save_leftovers(recovery.find_leftovers()))
    assert storage.find_recipe(image_io.read(path)) is None
    assert recovery.find_leftovers() == []
