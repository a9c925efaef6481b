"""Training the network that names blurs, from photographs to a card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import training
from deblur_app.blur import blur_posterior
from deblur_app.blur.kinds import Blur
from deblur_app.blur.spectrum_features import rotate_features
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.networks import weights
from tests.training.photos import write_parts
from training.batches import spectra
from training.batches.synthetic_pairs import photos_in
from training.config.config import TrainingConfig, read_config
from training.config.sections import Data, Learning, Network
from training.evaluation import evaluators
from training.fit.trainer import TrainingProgress, resume, train
from training.reports.report import write_report
from training.runs.run import Run
from training.synthetic.blur_crops import make_blur_crops
from training.synthetic.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = {"motion": {"length": (4.0, 20.0), "angle": (0.0, 180.0)}, "defocus": {"radius": (2.0, 6.0)}}


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four photographs of 140 × 160."""
    return write_parts(tmp_path_factory.mktemp("photos"), 4, 90, 140, (100, 260))


@pytest.fixture(scope="module")
def config(photos: Path) -> TrainingConfig:
    """Settings that take no time."""
    return TrainingConfig(
        epochs=2,
        batch_size=4,
        learning_rate=0.003,
        validation_share=0.3,
        precision="float32",
        device="cpu",
        network=Network("psf-estimator", side=128, widths=(4, 4, 4, 4), blocks=(1, 1, 1, 1)),
        learning=Learning("adamw", schedule="cosine", average=0.5, loss="blur"),
        data=Data(
            source="synthetic", photos=(str(photos),), crops=10, steps_per_epoch=3, blurs=KINDS, sharp_share=0.2,
            validation_crops=2, workers=0,
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def run(config: TrainingConfig, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[TrainingProgress]]:
    """A finished run, and what it told on the way."""
    run, calls = Run(tmp_path_factory.mktemp("run") / "names"), []
    task = train(config, [], run)
    while True:
        try:
            progress = next(task)
        except StopIteration:
            return run, calls
        if isinstance(progress, TrainingProgress):
            calls.append(progress)


def test_a_run_ends_with_a_network_and_tells_how_much_it_names_right(run: tuple[Run, list[TrainingProgress]]) -> None:
    """Each epoch tells its shares; the card names the network and can be loaded."""
    folder, sentences = run
    epochs = [progress.figures for progress in sentences if progress.figures]
    assert [figures.epoch for figures in epochs] == [1, 2]
    assert set(epochs[-1].shares) == {
        "length_within_15", "angle_within_5", "extent_within_15", "radius_within_15", "sigma_within_15"
    }  # fmt: skip
    assert all(progress.preview is None for progress in sentences)
    model, card = weights.load(folder.card)
    assert card.architecture == "psf-estimator"
    assert model(np.zeros((1, 128, 64, 2), np.float32)).shape == (1, blur_posterior.NUMBERS)
    assert "val_psnr" not in card.figures[-1]


def test_a_run_that_was_interrupted_goes_on_with_its_crops_to_the_same_losses(
    config: TrainingConfig,
    run: tuple[Run, list[TrainingProgress]],
    tmp_path: Path,
    losses: Callable[[Run], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The crops are those that the run has made, not made again; every loss is that of the run without a break."""
    broken = Run(tmp_path / "broken")
    task = train(config, [], broken)
    for progress in task:
        if isinstance(progress, TrainingProgress) and progress.figures:
            break
    task.close()
    monkeypatch.setattr(spectra.blur_crops, "make_blur_crops", None)
    run_to_end(resume(broken))
    np.testing.assert_allclose(losses(broken), losses(run[0]), rtol=0, atol=1e-6)


def test_the_report_tells_shares_and_has_no_pictures(run: tuple[Run, list[TrainingProgress]]) -> None:
    """In place of PSNR there are the shares; nothing on the page is no number."""
    text = run_to_end(write_report(run[0])).read_text(encoding="utf-8")
    assert "type recognised" in text
    assert "length within 15 %" in text
    assert "PSNR" not in text
    assert "nan" not in text


def test_crops_are_the_same_from_one_process_and_from_none(photos: Path) -> None:
    """The content of a crop depends on its number alone."""
    recipe = Recipe(side=128, blurs=KINDS, sharp_share=0.3)
    files = sorted(photos.iterdir())
    here, there = (run_to_end(make_blur_crops(files, recipe, 3, workers=workers)) for workers in (0, 1))
    np.testing.assert_array_equal(here.spectra, there.spectra)
    np.testing.assert_array_equal(here.truths, there.truths)


def test_batches_hold_crops_that_are_turned_with_their_directions(config: TrainingConfig, photos: Path) -> None:
    """A turn by 90° or a mirror changes the sign of a cosine or a sine, and no size."""
    result = run_to_end(make_blur_crops(photos_in(config), Recipe(side=128, blurs={"motion": KINDS["motion"]}), 4))
    batches = [batch for n in (1, 2, 3) for batch in spectra.BlurSource(config, result, result).epoch(n)]

    direction, seen = blur_posterior.TRUE_DIRECTION, set()
    for changed, truths in batches:
        np.testing.assert_allclose(sorted(truths[:, 1]), sorted(result.truths[:, 1]))
        for features, truth in zip(changed, truths, strict=True):
            place = int(np.flatnonzero(result.truths[:, 1] == truth[1])[0])
            signs = np.sign(truth[direction] * result.truths[place, direction])
            np.testing.assert_allclose(truth[direction], signs * result.truths[place, direction], atol=1e-6)
            turned = rotate_features(
                result.spectra[place : place + 1], int(signs[0] < 0), mirrored=bool(signs.prod() < 0)
            )
            np.testing.assert_array_equal(features, turned[0])
            seen.add(tuple(signs))
    assert len(seen) > 1


def test_sizes_and_angles_are_judged_by_their_true_type() -> None:
    """A length 10 % off is right, one 30 % off is not; an angle is the same half a turn later."""
    truths = np.stack([blur_posterior.truth(Blur("motion", {"length": 10.0, "angle": 89.0})) for _ in range(2)])
    rows = np.repeat(evaluators.fit_constant_prediction(truths), 2, axis=0)
    rows[:, blur_posterior.LOG_SIZES.start] = np.log([11.0, 13.0])
    for row, angle in zip(rows, (-89.0, 60.0), strict=True):
        row[blur_posterior.DIRECTION] = np.cos(2 * np.radians(angle)), np.sin(2 * np.radians(angle))
    shares = evaluators.within(truths, rows)
    assert shares["length_within_15"] == pytest.approx(0.5)
    assert shares["angle_within_5"] == pytest.approx(0.5)


def test_settings_that_cannot_name_blurs_are_refused(config: TrainingConfig) -> None:
    """The sentence says what the network needs."""
    make = {"network": config.network, "learning": config.learning, "data": config.data}
    with pytest.raises(DeblurError, match=r"side of 128 or more: 120\."):
        TrainingConfig(**{**make, "network": replace(config.network, side=120)})
    with pytest.raises(DeblurError, match="psf-estimator cannot learn by the loss “mse”"):
        TrainingConfig(**{**make, "learning": Learning(loss="mse")})
    with pytest.raises(DeblurError, match="not: shake-varying"):
        TrainingConfig(**{**make, "data": Data("synthetic", blurs={"shake-varying": {}})})


def test_the_shipped_settings_are_those_of_the_network() -> None:
    """They can be read, and ask for the network that names blurs."""
    shipped = read_config(Path(training.__file__).parent / "configs" / "psf_estimator.toml")
    assert shipped.network.architecture == "psf-estimator"
    assert set(shipped.data.blurs) == set(blur_posterior.SIZES)
