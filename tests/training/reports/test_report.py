"""The report tells what a run reached, finished or not, and what it cannot show."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import deblur_app
import training
from deblur_app.core.errors import DeblurError
from deblur_app.core.metrics import ACCURACY_EXPLAINED
from deblur_app.core.task import run_to_end
from training.config.config import PROTOCOL_EXPLAINED, write_config
from training.reports.page import render_report
from training.reports.report import write_report
from training.runs.run import Run
from training.runs.run_log import RunLog, read_run_log

if TYPE_CHECKING:
    from types import ModuleType

    from training.config.config import TrainingConfig

PICTURES = {f"figure-{number}{theme}.png" for number in (2, 3, 4) for theme in ("", "-dark")}


def test_the_page_and_its_pictures(whole_run: Run, tmp_path: Path) -> None:
    """One page with Figures 2 to 4 for a light and a dark screen, and nothing else left in the folder."""
    page = run_to_end(write_report(whole_run, tmp_path / "out"))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"report.html", *PICTURES}
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r'(?:src|srcset)="([^"]+)"', text)) == PICTURES
    for name in PICTURES:
        with Image.open(tmp_path / "out" / name) as picture:
            picture.load()
            assert min(picture.size) > 300
    for words in ("do nothing", "held-out", "float32", "CPU", ACCURACY_EXPLAINED, PROTOCOL_EXPLAINED["held-out"]):
        assert words in unescape(text)
    assert "All 4 epochs are done." in text


def test_a_run_that_is_not_finished_is_reported_as_far_as_it_went(half_done: Run) -> None:
    """Into its own folder, and it says how far that is."""
    half_done.forget_after(3)
    text = run_to_end(write_report(half_done)).read_text(encoding="utf-8")
    assert "As far as trained: 3 of 6 epochs." in text
    assert (half_done.folder / "report" / "figure-2.png").exists()


def test_only_the_checkpoint_is_needed(half_done: Run) -> None:
    """The best weights and the model may be missing."""
    for path in [half_done.folder / "best.npz", half_done.card, *half_done.folder.glob("model-*.npz")]:
        path.unlink()
    run_to_end(write_report(half_done))
    assert (half_done.folder / "report" / "figure-2.png").exists()


def test_without_photographs_the_figures_remain(half_done: Run) -> None:
    """They may have been moved since; the page says so where Figure 2 would be."""
    pairs = [[pair.name, "/gone/a_M.png", f"/gone/{pair.sharp.name}"] for pair in half_done.pairs()]
    (half_done.folder / "pairs.json").write_text(json.dumps(pairs))
    text = run_to_end(write_report(half_done)).read_text(encoding="utf-8")
    assert "There are no pictures to show:" in text
    assert "“gone/a_M.png”" in text
    assert "figure-2.png" not in text
    assert "figure-3.png" in text


def test_names_are_escaped(half_done: Run, tmp_path: Path) -> None:
    """A folder may be called anything."""
    folder = half_done.folder.rename(tmp_path / "<img src=x> & more")
    text = run_to_end(write_report(Run(folder))).read_text(encoding="utf-8")
    assert "<img src=x>" not in text
    assert "&lt;img src=x&gt; &amp; more" in text


def test_the_paper_protocol_is_named_where_it_matters(half_done: Run, tiny: TrainingConfig) -> None:
    """Nobody may take pairs that were trained on for pairs that were not."""
    write_config(replace(tiny, protocol="paper"), half_done.folder / "config.toml")
    text = render_report(read_run_log(half_done))
    assert PROTOCOL_EXPLAINED["paper"] in unescape(text)
    assert "Pairs that the network was trained on" in text
    assert "on the pairs it was trained on" in text
    assert "never saw" not in text


def epoch(number: int, loss: float) -> dict[str, float]:
    """An epoch's event."""
    names = ("loss", "accuracy", "val_accuracy", "val_psnr", "val_ssim", "learning_rate", "seconds")
    return {"epoch": number, "val_loss": loss} | dict.fromkeys(names, 0.5)


def test_table_2_has_the_papers_epochs_and_the_best(tiny: TrainingConfig) -> None:
    """10, 25, 50, 75, 100 as far as trained; of equal losses the first is the best, as while training."""
    epochs = [epoch(number, 0.1 if number in {33, 44} else 0.2) for number in range(1, 81)]
    nothing = epoch(0, 0.01) | {"val_ssim": float("nan")}
    start = {"precision": "float32", "device": "CPU", "training_pairs": 4, "validation_pairs": 2, "do_nothing": nothing}
    run_log = RunLog("run", replace(tiny, epochs=100), start, epochs, finished=True)
    assert [row["epoch"] for row in run_log.table] == [10, 25, 33, 50, 75, 80]
    rows = re.findall(r"<tr class=\"(\w*)\"><th>([^<]+)</th>(.*)</tr>", render_report(run_log))
    assert [label for _, label, _ in rows] == ["10", "25", "33, best", "50", "75", "80", "do nothing"]
    assert rows[2][0] == "best"
    assert rows[-1][2].count("–") == 3
    assert "Stopped after 80 of 100 epochs." in render_report(run_log)


def test_the_papers_figures_stand_beside_ours(tiny: TrainingConfig) -> None:
    """Accuracies of its Table 2 at its epochs, ours as far as trained, and doing nothing; nobody claims they agree."""
    epochs = [epoch(number, 0.1) | {"accuracy": 0.4, "val_accuracy": 0.3} for number in range(1, 61)]
    start = {"precision": "float32", "device": "CPU", "training_pairs": 4, "validation_pairs": 2}
    run_log = RunLog("run", tiny, start | {"do_nothing": epoch(0, 0.01) | {"val_accuracy": 0.9}}, epochs, finished=True)
    page = render_report(run_log)
    part = page[page.index("The paper's figures") :]
    for cells in (
        ("10", "60.12%", "62.25%", "61.00%", "40.0%", "30.0%", "90.0%"),
        ("50", "73.59%", "75.02%", "74.10%", "40.0%", "30.0%", "90.0%"),
        ("100", "77.29%", "79.13%", "78.50%", "–", "–", "90.0%"),
    ):
        assert f"<tr><th>{cells[0]}</th>" + "".join(f"<td>{cell}</td>" for cell in cells[1:]) in part
    assert "nothing here claims to reproduce" in " ".join(part.split())


def test_nothing_to_report_is_a_sentence(tmp_path: Path, tiny: TrainingConfig) -> None:
    """Neither a folder that is no run, nor a run without an epoch, nor a target that is a file."""
    with pytest.raises(DeblurError, match="not the folder of a training run"):
        run_to_end(write_report(Run(tmp_path)))
    run = Run(tmp_path / "new")
    run.create(tiny, [])
    with pytest.raises(DeblurError, match="first epoch is not done"):
        run_to_end(write_report(run))


def test_a_target_that_is_a_file_is_a_sentence(whole_run: Run, tmp_path: Path) -> None:
    """The folder cannot be made where a file is."""
    (tmp_path / "out").touch()
    with pytest.raises(DeblurError, match="cannot be made"):
        run_to_end(write_report(whole_run, tmp_path / "out"))


@pytest.mark.parametrize("package", [training, deblur_app])
def test_the_templates_are_part_of_the_package(package: ModuleType) -> None:
    """A file that is no module is installed only where pyproject.toml names it."""
    root = Path(package.__path__[0])
    project = tomllib.loads((root.parent / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"][package.__name__]
    by_name = {path for pattern in patterns for path in root.glob(pattern)}
    there = {path for path in root.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}}
    assert there == by_name
