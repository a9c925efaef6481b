"""A resumed run tells of each edited setting whether it takes it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from deblur_app.core.task import run_to_end
from training.cli import main as cli
from training.config.config import write_config
from training.fit.resumed_settings import compare_settings
from training.fit.trainer import resume

if TYPE_CHECKING:
    import pytest

    from training.config.config import TrainingConfig
    from training.runs.run import Run


def test_settings_that_say_how_long_are_taken_and_others_stay(
    half_done: Run, tiny: TrainingConfig, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence each; config.toml says again what the run does."""
    learning = replace(tiny.learning, patience=50, weight_decay=0.5)
    edited = replace(tiny, epochs=5, network=replace(tiny.network, latent=16), seed=7, learning=learning)
    write_config(edited, half_done.folder / "config.toml")
    sentences = compare_settings(half_done)
    assert sentences.config == replace(tiny, epochs=5, learning=replace(tiny.learning, patience=50))
    assert [(sentence.split("”")[0][1:], "stays" in sentence) for sentence in sentences.sentences] == [
        ("epochs", False),
        ("seed", True),
        ("network.latent", True),
        ("learning.weight_decay", True),
        ("learning.patience", False),
    ]
    assert cli.main(["resume", str(half_done.folder)]) == 0
    output = capsys.readouterr()
    assert all(sentence in output.out + output.err for sentence in sentences.sentences)
    assert half_done.config == sentences.config
    assert len(half_done.events("epoch")) == 5
    assert compare_settings(half_done).sentences == ()


def test_a_run_of_an_older_version_takes_its_settings_as_they_are(half_done: Run) -> None:
    """Its log does not say what it began with."""
    path = half_done.folder / "events.jsonl"
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for event in events:
        event.pop("config", None)
    path.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    assert compare_settings(half_done).sentences == ()
    run_to_end(resume(half_done))
    assert len(half_done.events("epoch")) == 6
