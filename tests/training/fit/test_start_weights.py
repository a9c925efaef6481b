"""A training may start from weights, which are checked to fit before anything is done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.engine.models import bundle, installed
from training.config.sections import Network
from training.data.pairs import find_pairs
from training.fit.start_weights import check_start, start_arrays
from training.fit.trainer import train
from training.runs.run import Run

if TYPE_CHECKING:
    from pathlib import Path

    from training.config.config import TrainingConfig


def starting(config: TrainingConfig, start: object) -> TrainingConfig:
    """`config` with these start weights."""
    return replace(config, network=replace(config.network, start=str(start)))


def test_a_training_goes_on_from_the_best_of_another_run(
    whole_run: Run, tiny: TrainingConfig, pairs_folder: Path, tmp_path: Path
) -> None:
    """With steps of next to nothing it stays as good as that was; the optimiser's memory is not taken over."""
    config = replace(starting(tiny, whole_run.folder), epochs=1, learning_rate=1e-9)
    run = run_to_end(train(config, find_pairs(pairs_folder).pairs, Run(tmp_path / "run")))
    best = min(epoch["val_loss"] for epoch in whole_run.events("epoch"))
    assert run.events("epoch")[0]["val_loss"] == pytest.approx(best, rel=1e-4)
    arrays, remaining = start_arrays(starting(tiny, whole_run.folder)), whole_run.load_arrays("best")
    assert remaining is not None
    assert arrays.keys() == remaining.keys()
    assert all(np.array_equal(arrays[name], remaining[name]) for name in remaining)


def test_a_card_and_an_installed_model_give_the_same_weights(
    whole_run: Run, tiny: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card by its path, an installed model by its name."""
    monkeypatch.setattr(installed, "models_folder", lambda: tmp_path / "models")
    file = run_to_end(bundle.write_bundle(whole_run.card, tmp_path / "ours.deblur"))
    run_to_end(installed.install(file))
    one, other = (start_arrays(starting(tiny, start)) for start in (whole_run.card, "ours"))
    best = whole_run.load_arrays("best")
    assert best is not None
    for name, array in best.items():
        assert np.array_equal(one[name], other[name])
        np.testing.assert_allclose(one[name], array, atol=1e-3)


def test_bundled_weights_are_found_by_what_the_settings_make(tiny: TrainingConfig) -> None:
    """The paper's network has some; a tiny one has none."""
    check_start(starting(replace(tiny, network=Network()), "bundled"))
    with pytest.raises(DeblurError, match=r"No weights come with the program for an autoencoder with side = 16"):
        check_start(starting(tiny, "bundled"))


def test_weights_that_do_not_fit_are_refused_before_a_folder_is_made(
    whole_run: Run, tiny: TrainingConfig, pairs_folder: Path, tmp_path: Path
) -> None:
    """Both are described; so is what is no model, not there, or a run without an epoch."""
    pairs = find_pairs(pairs_folder).pairs
    other = starting(replace(tiny, network=replace(tiny.network, latent=9)), whole_run.folder)
    with pytest.raises(DeblurError, match=r"latent = 8.*latent = 9.*do not fit"):
        run_to_end(train(other, pairs, Run(tmp_path / "run")))
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "empty").mkdir()
    for start, words in (
        (tmp_path / "none.json", "does not exist"),
        (tmp_path / "list.json", "not a model card"),
        (tmp_path / "empty", "neither a model nor a run"),
        ("nobody", "does not exist"),
    ):
        with pytest.raises(DeblurError, match=words):
            run_to_end(train(starting(tiny, start), pairs, Run(tmp_path / "run")))
    assert not (tmp_path / "run").exists()
