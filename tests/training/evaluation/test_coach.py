"""The coach names what it saw in the events of a training, and nothing that is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from training.config.config import TrainingConfig
from training.evaluation.coach import events_of, remarks
from training.runs.run import Run

START = {"kind": "start", "training_pairs": 500, "do_nothing": {"val_psnr": 24.0}}


def epochs(losses: list[float], val_losses: list[float], psnr: float = 25.0, rate: float = 1e-3) -> list[dict]:
    """Events of epochs, from 1."""
    return [
        {"kind": "epoch", "epoch": n, "loss": loss, "val_loss": val, "val_psnr": psnr, "learning_rate": rate}
        for n, (loss, val) in enumerate(zip(losses, val_losses, strict=True), 1)
    ]


def topics(events: list[dict], config: TrainingConfig | None = None) -> set[str]:
    """Return what the coach speaks of."""
    return {remark.topic for remark in remarks(config or TrainingConfig(), events)}


def test_before_the_first_epoch_there_is_nothing_to_say_of_enough_pairs():
    """A start with many pairs is no reason for a remark."""
    assert remarks(TrainingConfig(), [START]) == []
    assert remarks(TrainingConfig(), []) == []


def test_few_pairs_are_named_with_their_number():
    """A dozen pairs of files teach little; synthetic pairs are endless, so that few photographs are no such case."""
    few = [{**START, "training_pairs": 12}]
    (remark,) = remarks(TrainingConfig(), few)
    assert remark.topic == "few-pairs"
    assert "12 pairs" in remark.sentence
    result = replace(TrainingConfig(), data=replace(TrainingConfig().data, source="synthetic"))
    assert "few-pairs" not in topics(few, result)


def test_a_rising_validation_loss_is_dated():
    """It is told since when the validation loss rises while the training loss falls, and which epoch is the best."""
    falling = [0.1 / n for n in range(1, 10)]
    rising = [0.05, 0.04, 0.03, 0.032, 0.034, 0.036, 0.038, 0.040, 0.042]
    remark = [r for r in remarks(TrainingConfig(), [START, *epochs(falling, rising)]) if r.topic == "overfitting"]
    assert "since epoch 4" in remark[0].sentence
    assert "Epoch 3 is the best" in remark[0].sentence


@pytest.mark.parametrize(
    "val_losses",
    [
        [0.05, 0.04, 0.03, 0.02, 0.01, 0.009, 0.008, 0.007],
        [0.05, 0.04, 0.03, 0.0301, 0.0302, 0.0301, 0.03, 0.0302],
        [0.05, 0.04, 0.03, 0.032, 0.029, 0.032, 0.029, 0.0285],
    ],
)
def test_a_validation_loss_that_falls_rests_or_jumps_is_no_overfitting(val_losses: list[float]):
    """Only a rise that lasts is one."""
    assert "overfitting" not in topics([START, *epochs([0.1 / n for n in range(1, 9)], val_losses)])


def test_a_rollback_is_told_with_its_learning_rate():
    """The sentence says what went wrong, where it went back to, and that nothing needs to be done."""
    events = [START, {"kind": "rollback", "epoch": 7, "learning_rate": 3.3e-4}]
    (remark,) = remarks(TrainingConfig(), events)
    assert remark.topic == "rollback"
    assert "epoch 7" in remark.sentence
    assert "0.00033" in remark.sentence
    assert not remark.is_warning


def test_a_loss_that_does_not_move_is_told_with_the_learning_rate():
    """With a rate that has fallen the end is near; else a higher one is named."""
    still = [0.05] * 8
    (remark,) = remarks(TrainingConfig(), [START, *epochs(still, still)])
    assert "0.001 may be too low" in remark.sentence
    assert "0.003" in remark.sentence
    (remark,) = remarks(TrainingConfig(), [START, *epochs(still, still, rate=1e-6)])
    assert "has fallen" in remark.sentence
    moving = [0.1 / n for n in range(1, 9)]
    assert "slow" not in topics([START, *epochs(moving, moving)])


def test_worse_than_doing_nothing_is_said_after_some_epochs():
    """The best result so far counts, and a network is given three epochs."""
    falling = [0.1 / n for n in range(1, 5)]
    worse = epochs(falling, falling, psnr=16.8)
    assert "worse-than-nothing" in topics([START, *worse])
    assert "worse-than-nothing" not in topics([START, *worse[:2]])
    assert topics([START, *epochs(falling, falling, psnr=26.0)]) == {"going-well"}


@pytest.mark.parametrize("rising", ["loss", "val_loss"])
def test_a_training_whose_loss_rises_is_not_praised(rising):
    """Better than doing nothing, but worse than an epoch ago: nothing is said until it is known where it goes."""
    losses = {"loss": [0.10, 0.09], "val_loss": [0.10, 0.09]} | {rising: [0.09, 0.10]}
    assert topics([START, *epochs(losses["loss"], losses["val_loss"], psnr=26.0)]) == set()


def test_a_tenth_of_a_decibel_is_no_reason_for_praise():
    """Nobody sees such a gain, and the next epoch may take it back."""
    falling = [0.1, 0.09]
    assert topics([START, *epochs(falling, falling, psnr=24.1)]) == set()
    assert topics([START, *epochs(falling, falling, psnr=24.3)]) == {"going-well"}


def test_figures_that_are_no_numbers_lead_to_no_remark():
    """A network that names blurs has no PSNR."""
    falling = [0.1 / n for n in range(1, 9)]
    assert topics([START, *epochs(falling, falling, psnr=float("nan"))]) == set()


def test_the_events_of_batches_and_cut_lines_are_passed_over(tmp_path):
    """A log with many batches and a last line that was cut off is read for what the coach needs."""
    run = Run(tmp_path)
    run.append([START, {"kind": "batch", "epoch": 1, "step": 1, "loss": 0.1}, *epochs([0.1], [0.1])])
    with (tmp_path / "events.jsonl").open("a") as file:
        file.write('{"kind": "epoch", "epo')
    assert [event["kind"] for event in events_of(run)] == ["start", "epoch"]
    assert events_of(Run(tmp_path / "none")) == []
