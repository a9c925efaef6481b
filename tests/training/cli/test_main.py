"""The command `deblur-train`, run for real."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from training.cli import main as cli
from training.cli import paper, shared
from training.config.config import TrainingConfig, write_config
from training.runs.run import Run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def config(tiny: TrainingConfig, tmp_path: Path) -> Path:
    """The tiny network's settings as a file."""
    write_config(tiny, tmp_path / "tiny.toml")
    return tmp_path / "tiny.toml"


def run(*arguments: object) -> int:
    """The command with these arguments."""
    return cli.main([str(argument) for argument in arguments])


def test_train_report_and_evaluate(
    config: Path, pairs_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole story: a run is trained, reported and judged, each with its figures beside doing nothing."""
    out = tmp_path / "run"
    assert run("paper", "--data", pairs_folder, "--config", config, "--epochs", 2, "--seed", 7, "--out", out) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("8 pairs; protocol held-out")
    assert [line.split("loss")[0].strip() for line in lines[1:4]] == ["do nothing", "epoch 1", "epoch 2"]
    assert "Doing nothing: PSNR" in lines[4]
    assert lines[5] == f"Model: {out / 'model.json'}"
    assert (Run(out).config.epochs, Run(out).config.seed, Run(out).config.network.side) == (2, 7, 16)

    assert run("report", out, "--out", tmp_path / "page") == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "page" / "report.html")
    assert (tmp_path / "page" / "report.html").exists()

    assert run("evaluate", out / "model.json", "--data", pairs_folder, "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["pairs"] == 8
    assert result["do_nothing"]["psnr"] > result["model"]["psnr"] > 0
    assert set(result["model"]) == {"loss", "accuracy", "psnr", "ssim"}

    assert run("evaluate", out, "--sharp", pairs_folder / "sharp", "--blurred", pairs_folder / "sharp") == 0
    assert "do nothing  loss 0.0000  accuracy 100.0%" in capsys.readouterr().out


def test_ctrl_c_says_how_to_go_on(
    config: Path,
    pairs_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 130, one sentence, and the run goes on to its end."""
    messages: list[str] = []

    def interrupt(text: str) -> None:
        messages.append(text)
        if "epoch 2" in text:
            raise KeyboardInterrupt

    for module in (paper, shared):
        monkeypatch.setattr(module, "print_line", interrupt)
    out = tmp_path / "run"
    assert run("paper", "--data", pairs_folder, "--config", config, "--protocol", "paper", "--out", out) == 130
    assert f"deblur-train resume {out}" in capsys.readouterr().err
    assert messages[0].endswith("as the paper's script does")
    monkeypatch.undo()
    assert run("resume", out) == 0
    output = capsys.readouterr().out
    assert "epoch 2" not in output
    assert "epoch 4" in output


def test_unpaired_files_are_listed(tmp_path: Path, pairs_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The number and the first of them; all of them on request; on stderr, out of the way of the figures."""
    for folder, names in (("sharp", "abcdefghi"), ("blurred", "a")):
        (tmp_path / folder).mkdir()
        for name in names:
            picture = next((pairs_folder / "sharp").iterdir())
            (tmp_path / folder / f"{name}.png").write_bytes(picture.read_bytes())
    arguments = ("paper", "--data", tmp_path, "--out", tmp_path / "run")
    assert run(*arguments) == 2
    few = capsys.readouterr().err
    assert run(*arguments, "--verbose") == 2
    every = capsys.readouterr().err
    assert "8 of the files have no counterpart" in few
    assert few.count(".png") == 5
    assert "3 more" in few
    assert every.count(".png") == 8
    assert every.splitlines()[-1] == "There is only one scene, and one must be held out for validation. Add pairs."


def test_pairs_are_made_and_trained_on(tmp_path: Path, pairs_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`make-pairs` writes what `paper --data` reads."""
    assert run("make-pairs", pairs_folder / "sharp", "--out", tmp_path / "made", "--count", 3, "--skip", 2) == 0
    assert capsys.readouterr().out == f"3 pairs in {tmp_path / 'made'}\n"
    assert len(list((tmp_path / "made" / "sharp").iterdir())) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("paper", "--data", "none", "--out", "x"), "none” is not a folder"),
        (("paper", "--out", "x"), "either by --data DIR"),
        (("paper", "--sharp", "a", "--out", "x"), "either by --data DIR"),
        (("paper", "--data", "d", "--sharp", "a", "--blurred", "b", "--out", "x"), "either by --data DIR"),
        (("paper", "--data", "none", "--epochs", "0", "--out", "x"), "Epochs must be a whole number between"),
        (("paper", "--data", "none", "--config", "none.toml", "--out", "x"), "“none.toml” does not exist"),
        (("resume", "none"), "not the folder of a training run"),
        (("report", "none"), "not the folder of a training run"),
        (("make-pairs", "none", "--out", "x", "--count", "1"), "cannot be read"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: tuple[str, ...],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On stderr, with exit code 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 2
    output = capsys.readouterr()
    assert words in output.err
    assert output.err.count("\n") == 1
    assert output.out == ""
    assert list(tmp_path.iterdir()) == []


def test_the_command_starts_fast_and_without_tensorflow() -> None:
    """Help and mistakes are answered before anything heavy is loaded."""
    code = (
        "import sys; from training.cli import main as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'tensorflow', 'keras', 'skimage'} & set(sys.modules)))"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert process.returncode == 0
    assert "make-pairs" in process.stdout
    assert process.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["fly"], "Argument COMMAND: invalid choice: 'fly'"),
        (["run", "c.toml", "--out", "run", "--minutes", "soon"], "Argument --minutes: invalid float value: 'soon'"),
        (["resume", "run", "--epo", "3"], "Unrecognized arguments: --epo 3. See “deblur-train --help”."),
    ],
)
def test_what_is_mistyped_is_told_in_one_sentence(arguments, sentence, capsys):
    """As `deblur` tells it: no lines of usage, and options are never guessed from their beginning."""
    assert run(*arguments) == 2
    output = capsys.readouterr().err
    assert output.startswith(sentence)
    assert output.count("\n") == 1
