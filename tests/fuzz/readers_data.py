"""Readers of data sets and of what batches and evaluations write down: pairs of Levin et al., journals, records."""

from __future__ import annotations

import dataclasses
import functools
import io
import json
from typing import TYPE_CHECKING

import numpy as np
import scipy.io

from deblur_app.core.task import run_to_end
from deblur_app.engine.batch import journal
from deblur_app.engine.evaluation import cases, records
from deblur_app.engine.evaluation.layouts import LEVIN
from tests.fuzz import mutations
from tests.fuzz.harness import Reader

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

_TOKENS = (b"\x0e\0\0\0", b"\x0f\0\0\0", b"\x05\0\0\0\x08\0\0\0", b"\x09\0\0\0\xff\xff\xff\x7f", b"MI", b"\0\1IM")
"""Parts of a .mat file: an array, a packed one, its sides, its numbers, and the order of its bytes."""

_START = {"deblur_batch": 1, "settings": "0a", "keeps_older": True, "plan": {"photos": ["a.jpg"], "values": [1, None]}}
_RECORD = dataclasses.asdict(journal.Record("a.jpg", "done", "0a", journal.FileMark(5, 9, "ff"), "a.tif", seconds=1.5))


@functools.cache
def _pairs() -> tuple[bytes, ...]:
    """Return a pair plain and packed, a large one of zeros, and one of other kinds of numbers and other arrays."""
    scene = np.linspace(0, 1, 35).reshape(5, 7)
    pair = {"x": scene, "y": scene, "f": np.ones((3, 3)) / 9}
    other = {
        "x": scene.astype(np.float32),
        "y": scene > 0.5,
        "f": np.eye(3, dtype=np.int16),
        "s": "text",
        "c": [1, "a"],
    }
    large = {"x": np.zeros((5000, 5000), np.uint8), "y": np.zeros((1, 1)), "f": np.ones((3, 3))}
    files = []
    for arrays, is_packed in ((pair, False), (pair, True), (other, False), (large, True)):
        file = io.BytesIO()
        scipy.io.savemat(file, arrays, do_compression=is_packed)
        files.append(file.getvalue())
    return tuple(files)


def _pair(random: Random) -> bytes:
    data = random.choice(_pairs())
    return mutations.damage(data, random, _TOKENS) if random.randint(0, 9) else data


def _read_pair(path: Path) -> None:
    case = run_to_end(cases.load(cases.Case("im01_ker01", path, (path,), LEVIN)))
    assert case.photo.pixels.shape == case.truths[0].shape
    assert np.isfinite(case.photo.pixels).all()


def _journal(random: Random) -> bytes:
    lines = [json.dumps(_START).encode()]
    lines += [mutations.damage_json(random.choice((_START, _RECORD)), random) for _ in range(random.randint(1, 4))]
    content = b"\n".join(lines) + b"\n"
    return mutations.damage(content, random) if random.randint(0, 2) == 0 else content


def _record(random: Random) -> bytes:
    record = records.Record("im01", "restorer", 30.0, 0.9, 1.0, 1.2, records.encode_crop(b"\xff\xd8"))
    return mutations.damage_json(dataclasses.asdict(record), random)


def _read_record(path: Path) -> None:
    record = records.read_record(path)
    assert record is None or record.as_json()


READERS = (
    Reader("batch-journal", "deblur-batch.jsonl", _journal, journal.read_journal),
    Reader("data-pair", "im01_ker01.mat", _pair, _read_pair),
    Reader("evaluation-record", "record.json", _record, _read_record, cases=60),
)
