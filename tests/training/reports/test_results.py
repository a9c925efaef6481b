"""Results of a run, beside doing nothing and the bundled model, and what can be done with it next."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from training.config.config import write_config
from training.fit.trainer import resume
from training.reports import results
from training.reports.results import evaluate_outcome, extend, name_of, read_outcome, rename
from training.runs.run import Run
from training.runs.run_list import find_unfinished_run, list_finished_runs

if TYPE_CHECKING:
    from pathlib import Path

    from training.config.config import TrainingConfig


@pytest.fixture
def copy(whole_run: Run, tmp_path: Path) -> Run:
    """A copy of the finished run that may be changed."""
    run = Run(tmp_path / "copy")
    shutil.copytree(whole_run.folder, run.folder)
    return run


def test_the_best_epoch_stands_beside_doing_nothing(whole_run: Run):
    """Its figures are those of the log."""
    outcome = read_outcome(whole_run)
    assert outcome.best["val_loss"] == min(epoch["val_loss"] for epoch in whole_run.events("epoch"))
    assert outcome.do_nothing["val_psnr"] == whole_run.start()["do_nothing"]["val_psnr"]
    assert outcome.name == "finished"


def test_samples_are_held_out_pairs_as_the_model_restores_them(whole_run: Run):
    """Without a bundled model of that size, the reason is told."""
    outcome = run_to_end(evaluate_outcome(read_outcome(whole_run)))
    assert "squares of 128 pixels" in outcome.note
    assert outcome.bundled is None
    sample = outcome.samples[0]
    assert sample.blurred.shape == sample.predicted.shape == sample.sharp.shape == (16, 16, 3)
    assert set(sample.psnr) == {"blurred", "predicted"}


def test_the_bundled_model_is_judged_on_the_same_pictures(whole_run: Run, monkeypatch: pytest.MonkeyPatch):
    """A model that is the run's own reaches the figures of its best epoch."""
    monkeypatch.setattr(results, "_find_bundled_card", lambda _: (whole_run.card, ""))
    outcome = run_to_end(evaluate_outcome(read_outcome(whole_run)))
    assert outcome.bundled is not None
    assert outcome.bundled.psnr == pytest.approx(outcome.best["val_psnr"], abs=0.02)  # weights are stored as float16
    assert outcome.samples[0].psnr["bundled"] == pytest.approx(outcome.samples[0].psnr["predicted"])


def test_photos_that_are_gone_leave_the_figures(copy: Run):
    """The reason is told; nothing fails."""
    listed = json.loads((copy.folder / "pairs.json").read_text())
    (copy.folder / "pairs.json").write_text(json.dumps([[name, "gone", "gone"] for name, *_ in listed]))
    outcome = run_to_end(evaluate_outcome(read_outcome(copy)))
    assert "cannot be shown" in outcome.note
    assert outcome.samples == []


def test_a_model_takes_another_name(copy: Run):
    """The card has it; an empty one is refused."""
    rename(copy, "  My network ")
    assert name_of(copy) == "My network"
    with pytest.raises(DeblurError, match="needs a name"):
        rename(copy, " ")
    with pytest.raises(DeblurError, match="no model"):
        rename(Run(copy.folder.parent / "none"), "name")


def test_a_finished_run_goes_on_for_more_epochs(copy: Run, tiny: TrainingConfig):
    """Its curve is the old one with more epochs."""
    before = copy.events("epoch")
    extend(copy, 1)
    run_to_end(resume(copy))
    assert copy.events("epoch")[: len(before)] == before
    assert len(copy.events("epoch")) == tiny.epochs + 1


def test_runs_are_found_by_whether_they_came_to_an_end(copy: Run, half_done: Run, tiny: TrainingConfig):
    """One with a model is listed; one without an end is offered to go on, and a finished one is not."""
    folder = copy.folder.parent
    assert copy in list_finished_runs(folder)
    assert list_finished_runs(folder / "none") == []
    events = half_done.folder / "events.jsonl"
    remaining = [line for line in events.read_text().splitlines() if '"end"' not in line]
    events.write_text("\n".join(remaining) + "\n")
    write_config(replace(tiny, epochs=9), half_done.folder / "config.toml")
    shutil.rmtree(copy.folder)
    assert find_unfinished_run(folder) == (half_done, tiny.epochs, 9)
    events.write_text(events.read_text() + json.dumps({"kind": "end", "epoch": 4, "best_epoch": 4}) + "\n")
    assert find_unfinished_run(folder) is None


def test_a_run_without_an_epoch_has_no_results(tmp_path: Path, tiny: TrainingConfig):
    """The sentence says so."""
    run = Run(tmp_path / "new")
    run.create(tiny, [])
    with pytest.raises(DeblurError, match="first epoch is not done"):
        read_outcome(run)
