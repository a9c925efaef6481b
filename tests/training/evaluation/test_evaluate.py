"""Figures of models on pairs, beside doing nothing."""

from __future__ import annotations

import math
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from training.data.dataset import PairArrays
from training.data.pairs import find_pairs
from training.evaluation import evaluate
from training.evaluation.evaluate import Figures
from training.runs.run import Run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_run_and_its_card_are_equally_good(whole_run: Run, pairs_folder: Path) -> None:
    """The card's weights are those of the run, in half the bits."""
    pairs = find_pairs(pairs_folder).pairs
    of_run, of_card = (run_to_end(evaluate.evaluate(model, pairs)) for model in (whole_run.folder, whole_run.card))
    assert of_run.pairs == 8
    assert of_run.do_nothing == of_card.do_nothing
    assert of_run.model.loss == pytest.approx(of_card.model.loss, abs=1e-3)
    assert of_run.model.psnr == pytest.approx(of_card.model.psnr, abs=0.05)
    assert of_run.do_nothing.psnr > of_run.model.psnr


def test_a_run_without_training_weights_is_judged_by_its_card(
    whole_run: Run, pairs_folder: Path, tmp_path: Path
) -> None:
    """Someone may have passed on the small files only."""
    run = Run(tmp_path / "run")
    shutil.copytree(whole_run.folder, run.folder, ignore=shutil.ignore_patterns("best.npz", "checkpoint.npz"))
    pairs = find_pairs(pairs_folder).pairs
    of_card = run_to_end(evaluate.evaluate(whole_run.card, pairs))
    assert run_to_end(evaluate.evaluate(run.folder, pairs)) == of_card


def test_no_model_is_a_sentence(tmp_path: Path, half_done: Run, pairs_folder: Path) -> None:
    """Neither a missing card, nor a folder that is no run, nor weights of another network are tracebacks."""
    pairs = find_pairs(pairs_folder).pairs
    with pytest.raises(DeblurError, match="does not exist"):
        run_to_end(evaluate.evaluate(tmp_path / "none.json", pairs))
    (tmp_path / "empty").mkdir()
    with pytest.raises(DeblurError, match="not the folder of a training run"):
        run_to_end(evaluate.evaluate(tmp_path / "empty", pairs))
    config = half_done.folder / "config.toml"
    config.write_text(config.read_text().replace("latent = 8", "latent = 9"))
    with pytest.raises(DeblurError, match="do not fit"):
        run_to_end(evaluate.evaluate(half_done.folder, pairs))


def test_equal_pictures_do_not_spoil_a_mean() -> None:
    """Their PSNR is infinite; it is left out, and JSON gets no infinity."""
    sharp = np.random.default_rng(0).integers(0, 256, (3, 12, 12, 3), np.uint8)
    blurred = sharp.copy()
    blurred[1:] //= 2
    arrays = PairArrays(blurred, sharp, list("abc"), list("abc"))
    each = [figures for batch in evaluate.judge_batches(arrays, from_integer, 2) for figures in batch]
    assert each[0].psnr == math.inf
    assert each[0].as_json() == {"loss": 0.0, "accuracy": 1.0, "psnr": None, "ssim": 1.0}
    assert evaluate.mean(each).psnr == pytest.approx((each[1].psnr + each[2].psnr) / 2)
    assert evaluate.mean(each) == evaluate.do_nothing(arrays)
    assert evaluate.mean([Figures(10, math.nan, 1, 0)]).as_json()["ssim"] is None
