"""Training on synthetic pairs: from photographs to a model that says by how much it is better than doing nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import training
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.networks import weights
from tests.training.photos import write_parts
from training.batches import synthetic_pairs
from training.batches.part import WHOLE
from training.cli import main as cli
from training.config.config import TrainingConfig, read_config, write_config
from training.config.sections import Data, Learning
from training.evaluation import evaluate
from training.fit.trainer import TrainingProgress, resume, train
from training.reports.report import write_report
from training.runs.run import Run
from training.synthetic.recipe import draw_pair

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = {"motion": {"length": (3.0, 5.0)}, "defocus": {"radius": (1.0, 2.0)}}


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six parts of a photograph."""
    return write_parts(tmp_path_factory.mktemp("photos"), 6, 64, 72, (150, 240))


@pytest.fixture(scope="module")
def config(photos: Path, tiny_restorer: TrainingConfig) -> TrainingConfig:
    """Settings of a restorer that takes no time."""
    return replace(
        tiny_restorer,
        epochs=3,
        learning_rate=0.01,
        validation_share=0.34,
        learning=Learning(
            "adamw", weight_decay=1e-3, schedule="cosine", warmup_steps=2, clip_norm=1.0, average=0.5,
            loss="charbonnier", frequency_weight=0.2,
        ),
        data=Data(
            source="synthetic", photos=(str(photos),), steps_per_epoch=5, blurs=KINDS, sharp_share=0.2,
            validation_crops=3, workers=0,
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def run_on_synthetic_pairs(tmp_path_factory: pytest.TempPathFactory, config: TrainingConfig) -> Run:
    """A run on synthetic pairs that went to its end; not to be changed."""
    return run_to_end(train(config, [], Run(tmp_path_factory.mktemp("runs") / "made")))


def test_a_run_tells_its_gain_for_each_blur_and_what_becomes_of_sharp_pictures(run_on_synthetic_pairs: Run) -> None:
    """In every epoch; the restorer starts at doing nothing and may not have gone far from it."""
    epochs = run_on_synthetic_pairs.events("epoch")
    assert len(epochs) == 3
    for epoch in epochs:
        assert set(epoch["gains"]) == set(KINDS)
        assert all(-3 < gain < 10 for gain in epoch["gains"].values())
        assert epoch["sharp_psnr"] > 20
    assert epochs[-1]["learning_rate"] == pytest.approx(0, abs=1e-9)
    start = run_on_synthetic_pairs.start()
    assert (start["training_pairs"], start["validation_pairs"]) == (20, 6)
    assert epochs[-1]["val_psnr"] - start["do_nothing"]["val_psnr"] == pytest.approx(
        np.mean(list(epochs[-1]["gains"].values())), abs=1e-6
    )


def test_the_model_is_the_running_mean_of_the_best_epoch(run_on_synthetic_pairs: Run) -> None:
    """Its card names the architecture; the checkpoint goes on from the weights themselves."""
    model, card = weights.load(run_on_synthetic_pairs.card)
    best, checkpoint = run_on_synthetic_pairs.load_arrays("best"), run_on_synthetic_pairs.load_arrays("checkpoint")
    assert best is not None
    assert checkpoint is not None
    assert (card.architecture, card.parameters) == ("restorer", {"widths": [4, 6], "blocks": [1, 1], "pictures": 1})
    for variable in model.weights:
        np.testing.assert_allclose(variable.numpy(), best[f"model/{variable.path}"], atol=1e-3)
    assert any(not np.array_equal(best[name], checkpoint[name]) for name in best)


@pytest.mark.parametrize("moment", ["loss", "validation"])
def test_an_interrupted_run_goes_on_to_the_same_losses(
    run_on_synthetic_pairs: Run, config: TrainingConfig, tmp_path: Path, losses: Callable[[Run], object], moment: str
) -> None:
    """Weights, their running mean, the learning rate and the pairs go on where they were."""
    run = Run(tmp_path / "run")
    task = train(config, [], run)
    for progress in task:
        if isinstance(progress, TrainingProgress) and progress.epoch == 2:
            stopped = progress.step == 7 if moment == "loss" else "validation" in progress.stage
            if stopped:
                break
    task.close()
    assert len(run.events("epoch")) == 1
    run_to_end(resume(run))
    np.testing.assert_allclose(losses(run), losses(run_on_synthetic_pairs), rtol=0, atol=1e-6)
    assert [e["gains"] for e in run.events("epoch")] == [
        pytest.approx(e["gains"], abs=1e-4) for e in run_on_synthetic_pairs.events("epoch")
    ]


def test_no_photograph_is_both_trained_on_and_judged_by(config: TrainingConfig) -> None:
    """And equal seeds give equal splits."""
    result = synthetic_pairs.photos_in(config)
    training_photos, held_out = synthetic_pairs.divide_photos(result, config)
    assert sorted(training_photos + held_out) == result
    assert len(held_out) == 2
    assert synthetic_pairs.divide_photos(result, config) == (training_photos, held_out)


def test_epochs_follow_one_another_also_after_a_resume(config: TrainingConfig) -> None:
    """Pairs are not repeated, and the second epoch is the same whether the first was made or not."""
    result = synthetic_pairs.photos_in(config)
    whole = run_to_end(synthetic_pairs.open_synthetic_source(config, result, 0, WHOLE))
    later = run_to_end(synthetic_pairs.open_synthetic_source(config, result, 1, WHOLE))
    first, second, again = (list(s.epoch(n)) for s, n in ((whole, 1), (whole, 2), (later, 2)))
    whole.close()
    later.close()
    assert len(first) == len(second) == 5
    assert all(all(map(np.array_equal, one, other)) for one, other in zip(second, again, strict=True))
    assert not any(np.array_equal(one[0], other[0]) for one, other in zip(first, second, strict=True))


def test_the_network_is_told_roughly_how_noisy_each_crop_is(config: TrainingConfig) -> None:
    """The deviation that was drawn, a little wrong; nothing where there is no noise."""
    recipe = replace(synthetic_pairs.recipe_of(config), batch_size=200, photons_share=0.0)
    crops = np.zeros((200, 4, 4, 3), np.uint8)
    levels = synthetic_pairs.noise_levels(recipe, 3 * recipe.batch_size, crops, crops)
    picture = np.array([draw_pair(recipe, 600 + index).noise for index in range(200)])
    assert np.array_equal(levels == 0, picture == 0)
    errors = np.log(levels[picture > 0] / picture[picture > 0])
    assert 0.12 < errors.std() < 0.18
    assert levels.dtype == np.float32


def test_validation_pairs_are_of_each_kind_and_sharp_ones_are_sharp(config: TrainingConfig) -> None:
    """Equally many; the sharp crops come as they are."""
    pairs, sharp = run_to_end(synthetic_pairs.validation_pairs(config, synthetic_pairs.photos_in(config)))
    assert pairs.kinds == ["motion"] * 3 + ["defocus"] * 3
    assert sharp is not None
    assert np.array_equal(sharp.blurred, sharp.sharp)
    assert sharp.kinds == ["none"] * 3
    assert not any(map(np.array_equal, pairs.blurred, pairs.sharp))


def test_the_command_trains_and_the_report_shows_it(
    config: TrainingConfig, photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`deblur-train run CONFIG`; the photographs and the length may be named beside it."""
    write_config(replace(config, data=replace(config.data, photos=())), tmp_path / "config.toml")
    out = tmp_path / "run"
    options = ["--photos", photos, "--epochs", 1, "--steps-per-epoch", 2, "--minutes", 5, "--out", out]
    assert cli.main([str(word) for word in ("run", tmp_path / "config.toml", *options)]) == 0
    output = capsys.readouterr().out
    assert "gain over doing nothing in dB: motion " in output
    assert "sharp pictures come back at " in output
    assert (Run(out).config.epochs, Run(out).config.data.steps_per_epoch, Run(out).config.learning.minutes) == (1, 2, 5)
    text = run_to_end(write_report(Run(out))).read_text(encoding="utf-8")
    for words in ("restorer, widths 4, 6", "Charbonnier", "Gain in the best epoch", "figure-2.png", "cosine to 0"):
        assert words in text


def test_a_restorer_is_not_judged_on_files(
    run_on_synthetic_pairs: Run, pairs_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their noise is not known; the sentence says what to look at instead."""
    for model in (run_on_synthetic_pairs.folder, run_on_synthetic_pairs.card):
        with pytest.raises(DeblurError, match="see its report"):
            run_to_end(evaluate.evaluate(model, []))


def test_photographs_that_are_missing_or_too_few_are_a_sentence(
    config: TrainingConfig, tmp_path: Path, run_on_synthetic_pairs: Run
) -> None:
    """At the start, before a folder is made; and when a run is resumed, long after."""
    (tmp_path / "empty").mkdir()
    for folders, words in (((), "--photos"), ((str(tmp_path / "empty"),), "two photographs")):
        with pytest.raises(DeblurError, match=words):
            run_to_end(train(replace(config, data=replace(config.data, photos=folders)), [], Run(tmp_path / "run")))
    assert not (tmp_path / "run").exists()
    run = Run(tmp_path / "copy")
    shutil.copytree(run_on_synthetic_pairs.folder, run.folder)
    (run.folder / "photos.json").write_text('["/gone/1.png", "/gone/2.png"]')
    with pytest.raises(DeblurError, match=r"/gone/[12]\.png"):
        run_to_end(resume(run))
    (run.folder / "photos.json").write_text("{")
    with pytest.raises(DeblurError, match="is damaged"):
        run_to_end(resume(run))


def test_the_bundled_settings_of_the_restorer_can_be_trained() -> None:
    """The file names everything that decides how it is made, for each of the four blurs."""
    config = read_config(Path(training.__path__[0]) / "configs" / "restorer.toml")
    assert config.network.architecture == "restorer"
    recipe = synthetic_pairs.recipe_of(config)
    assert set(recipe.blurs) == {"motion", "shake", "defocus", "turbulence"}
    assert config.data.sharp_share > 0
