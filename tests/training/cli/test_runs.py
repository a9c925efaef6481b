"""`deblur-train list`, `compare` and `export`: runs that are there, side by side, and as one file."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.engine.models import installed
from deblur_app.networks import weights
from training.cli import main as cli
from training.reports.comparison import compare
from training.runs.bundle import export_bundle
from training.runs.run import Run
from training.runs.run_list import runs_in, summarize_run
from training.runs.run_lock import exclusive_run

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object) -> int:
    """The command with these arguments."""
    return cli.main([str(argument) for argument in arguments])


@pytest.fixture
def folder(whole_run: Run, half_done: Run, tmp_path: Path) -> Path:
    """A folder with a finished run, an unfinished one, one that has not begun, and a broken one."""
    place = tmp_path / "runs"
    shutil.copytree(whole_run.folder, place / "done")
    shutil.copytree(half_done.folder, place / "half")
    Run(place / "half").forget_after(3)
    shutil.copytree(whole_run.folder, place / "fresh")
    (place / "fresh" / "events.jsonl").unlink()
    shutil.copytree(whole_run.folder, place / "torn")
    (place / "torn" / "config.toml").write_text("epochs = 'many'")
    (place / "no run").mkdir()
    return place


def test_each_run_is_listed_with_its_state(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its figures as well, for people and for programs; what is broken says what is wrong."""
    assert run("list", folder, "--json") == 0
    output = {r["name"]: r for r in map(json.loads, capsys.readouterr().out.splitlines())}
    assert {name: each["state"] for name, each in output.items()} == {
        "done": "finished", "half": "unfinished", "fresh": "not begun", "torn": "broken",
    }  # fmt: skip
    assert (output["half"]["epochs"], output["half"]["planned"]) == (3, 6)
    assert output["done"]["gain"] == pytest.approx(
        output["done"]["best"]["val_psnr"] - output["done"]["do_nothing"]["val_psnr"]
    )
    assert "Epochs must be" in output["torn"]["problem"]
    assert run("list", folder) == 0
    lines = capsys.readouterr().out
    assert f"{folder / 'half'}: autoencoder, unfinished, 3 of 6 epochs" in lines
    assert "over doing nothing)" in lines
    assert f"{folder / 'torn'}: broken. " in lines


def test_a_run_in_training_is_told(folder: Path) -> None:
    """So that nobody resumes or removes it."""
    with exclusive_run(folder / "half"):
        assert summarize_run(Run(folder / "half")).state == "training"
    assert summarize_run(Run(folder / "half")).state == "unfinished"


def test_a_folder_without_runs_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The window's own folder need not be there; one that was named must be."""
    assert run("list", tmp_path) == 0
    assert "no runs" in capsys.readouterr().out
    assert runs_in(tmp_path / "none") == []
    assert run("list", tmp_path / "none") == 2
    assert "is not a folder" in capsys.readouterr().err


def test_runs_are_compared_in_a_table_and_a_drawing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Equal names are told apart; the drawing shows a curve of each run in a colour of its own."""
    shutil.copytree(folder / "half", tmp_path / "other" / "done")
    runs = [folder / "done", folder / "half", tmp_path / "other" / "done"]
    assert run("compare", *runs, "--png", tmp_path / "curves.png") == 0
    output = capsys.readouterr().out
    assert all(word in output for word in ("done (2)", "half", "PSNR, dB", "SSIM", "validation loss"))
    pixels = np.asarray(Image.open(tmp_path / "curves.png").convert("RGB")).reshape(-1, 3)
    for colour in ((0x3F, 0x74, 0xB5), (0x2E, 0x8B, 0x57)):
        assert (np.abs(pixels.astype(int) - colour).max(axis=1) < 8).sum() > 50
    assert run("compare", *runs, "--png", tmp_path / "curves.png") == 2
    assert "exists already" in capsys.readouterr().err
    assert run("compare", *runs[:2], "--png", tmp_path / "curves.png", "--overwrite", "--json") == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["epochs"], second["epochs"]) == (4, 3)
    assert first["best"]["val_psnr"] == pytest.approx(summarize_run(Run(runs[0])).best["val_psnr"])
    assert [each.name for each in compare(map(Run, runs), pytest.fail)] == ["done", "half", "done (2)"]


def test_what_cannot_be_compared_is_a_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No run, or one without an epoch."""
    for name, words in (("no run", "not the folder of a training run"), ("fresh", "no results yet")):
        assert run("compare", folder / "done", folder / name) == 2
        assert words in capsys.readouterr().err


def test_a_run_becomes_one_file_that_can_be_installed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its curve and pictures of its best epoch, under the name that was given; its weights are the run's."""
    monkeypatch.chdir(tmp_path)
    assert run("export", folder / "done", "--name", "My model") == 0
    assert capsys.readouterr().out == "My model.deblur\n"
    model = run_to_end(installed.install(tmp_path / "My model.deblur", tmp_path / "models")).model
    assert model.name == "My model"
    curve = json.loads(model.curve.read_bytes())
    assert [epoch["val_loss"] for epoch in curve] == [e["val_loss"] for e in Run(folder / "done").events("epoch")]
    assert {path.stem for path in model.thumbnails} >= {"input-1", "truth-1", "predicted-1"}
    own, result = (weights.load(card)[0].get_weights() for card in (Run(folder / "done").card, model.card))
    assert all(np.array_equal(one, other) for one, other in zip(own, result, strict=True))


def test_no_file_is_replaced_unless_that_is_asked_for(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export gets a number or a sentence, and a report does not go over a picture that the run was trained on."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.deblur", "a-2.deblur"):
        assert run("export", folder / "done", "--name", "a") == 0
        assert capsys.readouterr().out == f"{name}\n"
    assert run("export", folder / "done", "--out", "a.deblur") == 2
    assert "exists already" in capsys.readouterr().err
    assert run("export", folder / "done", "--out", "a.deblur", "--overwrite") == 0
    pair = Run(folder / "done").pairs()[0]
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "figure-1.png").hardlink_to(pair.sharp)
    assert run("report", folder / "done", "--out", "report") == 2
    assert "never overwritten" in capsys.readouterr().err


def test_a_card_alone_can_be_exported(tiny_card: Path, tmp_path: Path) -> None:
    """It has neither a curve nor pictures; the ending is added where it is missing."""
    target = run_to_end(export_bundle(tiny_card, tmp_path / "card"))
    assert target == tmp_path / "card.deblur"
    assert run_to_end(installed.install(target, tmp_path / "models")).model.thumbnails == []


def test_a_run_without_a_model_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    """It says how to get one."""
    (folder / "half" / "model.json").unlink()
    with pytest.raises(DeblurError, match=r"has no model yet.*deblur-train resume"):
        run_to_end(export_bundle(folder / "half", tmp_path / "a.deblur"))
