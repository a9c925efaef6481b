"""Damaged folders of runs are one sentence each, and never hide the others."""

from __future__ import annotations

import json
import os
import shutil
import stat
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from training.cli import main as cli
from training.config.config import TrainingConfig, read_config, write_config
from training.fit.trainer import resume
from training.reports.report import write_report
from training.reports.results import read_outcome
from training.runs import array_file, logs
from training.runs.bundle import export_bundle
from training.runs.run import Run
from training.runs.run_list import list_finished_runs, runs_in, summarize_run
from training.runs.run_log import read_run_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def runs(whole_run: Run, tmp_path: Path) -> Path:
    """A folder with a sound run, and a copy of it to be damaged."""
    for name in ("sound", "damaged"):
        shutil.copytree(whole_run.folder, tmp_path / "runs" / name)
    return tmp_path / "runs"


def change_events(run: Run, change: Callable[[dict[str, Any]], object]) -> None:
    """Write the log anew with `change` done to each event."""
    path = run.folder / "events.jsonl"
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for event in events:
        change(event)
    path.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")


def test_an_epoch_without_a_validation_loss_is_skipped(runs: Path) -> None:
    """The others count as before."""
    run = Run(runs / "damaged")
    change_events(run, lambda event: event.update(val_loss=None) if event.get("epoch") == 2 else None)
    assert [epoch["epoch"] for epoch in run.events("epoch")] == [1, 3, 4]
    run_to_end(write_report(run))
    assert read_outcome(run).best["epoch"] in {1, 3, 4}


def test_a_log_without_any_validation_loss_is_a_sentence_for_that_run(
    runs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the list nor the comparison loses the other run."""
    change_events(Run(runs / "damaged"), lambda event: "val_loss" in event and event.update(val_loss=None))
    assert cli.main(["report", str(runs / "damaged")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert {summary.name: summary.state for summary in runs_in(runs)} == {"sound": "finished", "damaged": "broken"}
    assert cli.main(["compare", str(runs / "damaged"), str(runs / "sound")]) == 2
    output = capsys.readouterr()
    assert "sound" in output.out
    assert "damaged" in output.err
    assert output.err.count("\n") == 1


def test_figures_that_are_missing_are_dashes(runs: Path) -> None:
    """All but the number of the epoch and its validation loss can be done without."""
    run = Run(runs / "damaged")

    def strip(event: dict[str, Any]) -> None:
        if event["kind"] == "epoch":
            for name in ("loss", "accuracy", "val_psnr", "seconds", "learning_rate", "gains", "shares"):
                event.pop(name)
        if event["kind"] == "start":
            event["do_nothing"] = None

    change_events(run, strip)
    page = run_to_end(write_report(run)).read_text(encoding="utf-8")
    assert "–" in page
    assert "nan" not in page.lower().replace("predominan", "")
    assert summarize_run(run).state == "finished"
    logs.write_curve(run)


def test_a_start_without_numbers_is_a_sentence_in_a_report(runs: Path) -> None:
    """It names what is missing; the list still tells the best epoch."""
    run = Run(runs / "damaged")
    change_events(run, lambda event: event.pop("training_pairs", None))
    with pytest.raises(DeblurError, match="number of training pairs"):
        run_to_end(write_report(run))
    assert summarize_run(run).best
    assert read_outcome(run).best


def test_what_a_newer_version_adds_to_the_log_is_ignored(runs: Path) -> None:
    """Unknown keys and unknown kinds of events, and a last line that was cut off."""
    run = Run(runs / "damaged")
    before = run.events("start", "epoch", "batch", "end")
    change_events(run, lambda event: event.update(phase_of_the_moon={"a": [1, 2]}))
    with (run.folder / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"kind": "sunrise", "epoch": "early"}\n{"kind": ["epoch"]}\n[1]\n' + "[" * 100_000 + "\n")
        file.write('{"kind": "epoch", "epoch": 5, "val_lo')
    assert run.events("start", "epoch", "batch", "end") == before
    assert len(read_run_log(run).epochs) == 4
    run.forget_after(2)
    assert [epoch["epoch"] for epoch in run.events("epoch")] == [1, 2]
    assert "phase_of_the_moon" in (run.folder / "events.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("value", ["many", [1], {"a": 1}, True, -1, 10**400, 1e300])
def test_figures_of_the_wrong_type_stop_nothing(runs: Path, value: object) -> None:
    """Each key of each event in turn would be too slow: all but the kind at once."""
    run = Run(runs / "damaged")
    change_events(run, lambda event: event.update({key: value for key in event if key != "kind"}))
    assert summarize_run(run).state == "broken"
    change_events(run, lambda event: event.update(epoch=1, val_loss=0.5) if event["kind"] == "epoch" else None)
    assert summarize_run(run).state == "finished"
    assert read_outcome(run).best["epoch"] == 1
    with pytest.raises(DeblurError):
        run_to_end(write_report(run))


@pytest.mark.parametrize(
    "text",
    [
        "a=" + "[" * 5000 + "]" * 5000,
        ".".join(["a"] * 20_000) + " = 1",
        "[" + " . ".join(['"a"'] * 9000) + "]",
        "epochs = 0x" + "f" * 20_000,
        "'" + "long" * 30_000 + "' = 1",
        "epochs = 1979-05-27",
        '"two\\nlines" = 1',
        "network = 5",
        '[data]\nphotos = "abc"',
        "# " + "x" * 300_000,
    ],
)
def test_a_damaged_configuration_is_one_short_sentence(runs: Path, text: str) -> None:
    """Whatever it costs to parse, it is refused before; the list tells the other run."""
    (runs / "damaged" / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DeblurError) as caught:
        read_config(runs / "damaged" / "config.toml")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 600
    assert {summary.name: summary.state for summary in runs_in(runs)} == {"sound": "finished", "damaged": "broken"}


def test_a_pipe_in_place_of_a_configuration_is_not_waited_for(tmp_path: Path) -> None:
    """As for every file of others."""
    os.mkfifo(tmp_path / "config.toml")
    with pytest.raises(DeblurError, match="pipe"):
        read_config(tmp_path / "config.toml")


def test_long_keys_inside_texts_are_not_taken_for_keys(tmp_path: Path) -> None:
    """Folders may have many dots."""
    config = TrainingConfig()
    folders = ("a.b.c.d.e.f.g.h.i.j.k", "/home/x.y/1.2.3.4.5.6.7.8.9.0")
    by_name = replace(config, data=replace(config.data, photos=folders))
    write_config(by_name, tmp_path / "config.toml")
    assert read_config(tmp_path / "config.toml") == by_name


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("state/epoch", np.array(np.nan)),
        ("state/epoch", np.array(1e300)),
        ("state/best_loss", np.zeros((6, 1))),
        ("state", np.zeros(2)),  # as older versions wrote it
        ("state", np.full(6, np.nan)),
        ("state", np.zeros((6, 1))),
        ("state", np.array([1e300, 0.1, 1, 0.1, 0, 0])),
        ("first", np.zeros((3, 3), np.float32)),
        ("first", np.array(["text"])),
        ("optimizer/decoder_output_bias_momentum", np.zeros(7, np.float32)),
    ],
)
def test_a_checkpoint_that_does_not_fit_is_a_sentence(half_done: Run, name: str, array: np.ndarray) -> None:
    """Nothing is resumed from it."""
    arrays = half_done.load_arrays("checkpoint")
    assert arrays is not None
    first = next(key for key in arrays if key.startswith("model/"))
    changed = arrays | {first if name == "first" else name: array}
    np.savez(half_done.folder / "checkpoint.npz", **changed)  # type: ignore[arg-type]
    with pytest.raises(DeblurError):
        run_to_end(resume(half_done))


def test_a_checkpoint_of_other_bytes_is_a_sentence(half_done: Run) -> None:
    """Cut off, changed in the middle, compressed, or no zip at all."""
    path = half_done.folder / "checkpoint.npz"
    sound = path.read_bytes()
    arrays = half_done.load_arrays("checkpoint") or {}
    largest = max(arrays.values(), key=lambda array: array.nbytes)
    changed = bytearray(sound)
    changed[sound.index(largest.tobytes()) + largest.nbytes // 2] ^= 255
    for data in (sound[:-50], sound[: len(sound) // 2], bytes(changed), b"", b"PK\5\6" + bytes(18) + b"x"):
        path.write_bytes(data)
        with pytest.raises(DeblurError, match="damaged"):
            run_to_end(resume(half_done))
    np.savez_compressed(path, state=np.zeros(10_000_000))
    with pytest.raises(DeblurError, match="damaged"):
        half_done.load_arrays("checkpoint")


def test_missing_files_of_a_run_are_a_sentence(runs: Path) -> None:
    """Each file in turn."""
    for name in ("events.jsonl", "config.toml", "pairs.json", "model.json"):
        run = Run(runs / f"without {name}")
        shutil.copytree(runs / "sound", run.folder)
        (run.folder / name).unlink()
        readers = {
            "pairs.json": run.pairs,
            "model.json": lambda run=run: run_to_end(export_bundle(run.folder, run.folder / "x.deblur")),
        }
        with pytest.raises(DeblurError):
            readers.get(name, lambda run=run: run_to_end(write_report(run)))()
    assert "sound" in [summary.name for summary in runs_in(runs)]


@pytest.mark.parametrize(
    "content", [b"[1]", b'[["a", "b"]]', b'[["a", "b\\u0000", "c"]]', b"[" * 100_000, b"{}", b"\xff"]
)
def test_a_damaged_list_of_pairs_is_a_sentence(runs: Path, content: bytes) -> None:
    """So is that of photos."""
    run = Run(runs / "damaged")
    for name in ("pairs.json", "photos.json"):
        (run.folder / name).write_bytes(content)
    with pytest.raises(DeblurError, match="damaged"):
        run.pairs()
    if content != b'[["a", "b"]]':
        with pytest.raises(DeblurError, match="damaged"):
            run.photos()


@pytest.mark.parametrize("content", [b"\xff\xfe\0\1", b"epoch\0,loss\n", b'"' + b"x" * 200_000, b""])
def test_a_damaged_table_of_figures_is_written_anew(runs: Path, content: bytes) -> None:
    """It holds nothing that is not in the log."""
    run = Run(runs / "damaged")
    sound = logs.curve_file(run).read_bytes()
    logs.curve_file(run).write_bytes(content)
    logs.append_curve(run, run.events("epoch")[-1])
    assert logs.curve_file(run).read_bytes() == sound


def test_a_run_that_vanishes_does_not_end_the_list(runs: Path) -> None:
    """A link that leads nowhere stands for it."""
    (runs / "gone").mkdir()
    (runs / "gone" / "config.toml").symlink_to(runs / "nowhere")
    assert {summary.name for summary in runs_in(runs)} >= {"sound", "damaged"}
    assert {run.folder.name for run in list_finished_runs(runs)} == {"sound", "damaged"}


def test_a_checkpoint_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut it is the old or the new one: the file is synced, then renamed, then the folder is synced."""
    synced: list[tuple[str, bool]] = []
    real = os.fsync

    def record(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        synced.append((kind, (tmp_path / "checkpoint.npz").exists()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", record)
    Run(tmp_path).save_arrays("checkpoint", {"a/b": np.arange(6.0).reshape(2, 3)})
    assert synced == [("file", False), ("folder", True)]
    assert np.array_equal(array_file.read_arrays(tmp_path / "checkpoint.npz")["a/b"], np.arange(6.0).reshape(2, 3))
