"""Readers of training: configurations, logs, lists of files and weights in the folders of runs."""

from __future__ import annotations

import dataclasses
import functools
import io
import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import tomli_w

from tests.fuzz import mutations
from tests.fuzz.harness import Reader
from training.config.config import TrainingConfig, read_config
from training.reports import page
from training.reports.comparison import compare, measures_of
from training.runs.run import Run
from training.runs.run_list import find_unfinished_run, runs_in
from training.runs.run_log import read_run_log

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

_DOTTED = (b"a." * 20_000 + b"a = 1\n", b"[" + b"a." * 3000 + b"a]\n", b"a = " + b"[" * 5000 + b"]" * 5000 + b"\n",
           b"a = " + b"{a=" * 3000 + b"1" + b"}" * 3000 + b"\n")  # fmt: skip
_TOKENS = (b"\n", b"=", b"[network]\n", b"[data]\n", b'"""', b"'''", b"inf", b"nan", b"1979-05-27", b"0x", *_DOTTED)
_FIGURES = {"loss": 0.5, "accuracy": 0.5, "val_loss": 0.4, "val_accuracy": 0.6, "val_psnr": 21.5, "val_ssim": 0.7,
            "learning_rate": 0.001, "seconds": 2.5, "gains": {"motion": 0.25}, "sharp_psnr": None,
            "shares": {"motion": 0.5}}  # fmt: skip


@functools.cache
def _settings() -> dict[str, Any]:
    return dataclasses.asdict(TrainingConfig())


def _events() -> list[dict[str, Any]]:
    start = {"kind": "start", "precision": "float32", "device": "CPU", "note": "", "training_pairs": 12,
             "validation_pairs": 3, "do_nothing": _FIGURES}  # fmt: skip
    epochs = [{"kind": "epoch", "epoch": number, **_FIGURES} for number in (1, 2)]
    batch = {"kind": "batch", "epoch": 1, "step": 1, "loss": 0.5}
    end = {"kind": "end", "epoch": 2, "best_epoch": 2, "reason": "done"}
    return [start, batch, *epochs, {"kind": "rollback", "epoch": 2}, end]


def _toml(random: Random) -> bytes:
    """A configuration with values of other kinds, which TOML can hold, or with its text damaged."""
    content = _settings()
    for _ in range(random.randint(0, 2)):
        content = mutations.with_odd_value(content, random)
    try:
        text = tomli_w.dumps(_plain(content)).encode()
    except (TypeError, ValueError, AttributeError):  # it cannot hold them
        text = tomli_w.dumps(_settings()).encode()
    if random.randint(0, 1):
        text = mutations.damage(text, random, _TOKENS)
    return random.choice(_DOTTED) + text if random.randint(0, 9) == 0 else text


def _plain(value: Any) -> Any:
    """A value without what TOML does not have."""
    if isinstance(value, dict):
        return {str(key).encode(errors="replace").decode(): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    return "" if value is None else value


def _log(random: Random) -> bytes:
    """A log in which one or two events are not as they should be, or whose text is damaged."""
    lines = [json.dumps(event).encode() for event in _events()]
    for _ in range(random.randint(0, 2)):
        number = random.randint(0, len(lines) - 1)
        lines[number] = mutations.damage_json(_events()[number], random)
    for _ in range(random.randint(0, 1)):
        del lines[random.randint(0, len(lines) - 1)]
    text = b"\n".join(lines) + b"\n"
    return mutations.damage(text, random) if random.randint(0, 3) == 0 else text


def _files(random: Random) -> bytes:
    return mutations.damage_json([["a", "/photos/a.jpg", "/photos/b.jpg"], ["b", "/c.jpg", "/d.jpg"]], random)


def _checkpoint(random: Random) -> bytes:
    members = {}
    for name in ("weight/0", "optimiser/0", "epoch"):
        array = np.arange(6, dtype=np.float32).reshape(2, 3)
        members[f"{name}.npy"] = mutations.npy(random, "<f4", (2, 3), array.tobytes())
    if random.randint(0, 1):
        file = io.BytesIO()
        np.savez(file, **{"weight/0": np.ones((2, 3), np.float32), "epoch": np.array(3)})
        return mutations.damage(file.getvalue(), random, (b"PK\5\6", b"PK\3\4"))
    return mutations.zip_members(members, random)


def _in_run(path: Path, name: str) -> Run:
    """A run, sound but for one file, beside another run."""
    folder = path.parent / "runs"
    for run in ("sound", "damaged"):
        (folder / run).mkdir(parents=True)
        (folder / run / "config.toml").write_text(tomli_w.dumps(_settings()), encoding="utf-8")
        lines = "".join(json.dumps(event) + "\n" for event in _events())
        (folder / run / "events.jsonl").write_text(lines, encoding="utf-8")
    (folder / "damaged" / name).write_bytes(path.read_bytes())
    return Run(folder / "damaged")


def _read_config(path: Path) -> None:
    """Alone, and as that of one of two runs that are listed."""
    run = _in_run(path, "config.toml")
    assert {result.name for result in runs_in(run.folder.parent)} == {"sound", "damaged"}
    read_config(path)


def _read_log(path: Path) -> None:
    """In a list, a comparison and a report."""
    run = _in_run(path, "events.jsonl")
    listed = runs_in(run.folder.parent)
    assert {result.name for result in listed} == {"sound", "damaged"}
    json.dumps([result.as_json() for result in listed], allow_nan=False)
    find_unfinished_run(run.folder.parent)
    compared = compare([run, Run(run.folder.with_name("sound"))], lambda _: None)
    assert compared
    for measure in measures_of(compared):
        for each in compared:
            measure.text(each.best)
    best = run.best_epoch()
    assert best is None or math.isfinite(best["val_loss"])
    page.render_report(read_run_log(run))


def _read_files(path: Path) -> None:
    for name, read in (("pairs.json", Run.pairs), ("photos.json", Run.photos)):
        (path.parent / name).write_bytes(path.read_bytes())
        read(Run(path.parent))


def _read_checkpoint(path: Path) -> None:
    Run(path.parent).load_arrays("checkpoint")


READERS = (
    Reader("training-config", "config.toml", _toml, _read_config),
    Reader("training-log", "events.jsonl", _log, _read_log),
    Reader("training-files", "files.json", _files, _read_files, cases=40),
    Reader("checkpoint", "checkpoint.npz", _checkpoint, _read_checkpoint, cases=60),
)
