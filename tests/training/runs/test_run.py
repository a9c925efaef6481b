"""A run on disk survives being killed at any moment."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from training.config.config import TrainingConfig
from training.data.pairs import Pair
from training.runs.run import Run


def test_a_last_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    """A kill in the middle of a write leaves half a line; the events before it count."""
    run = Run(tmp_path)
    run.append([{"kind": "epoch", "epoch": 1, "val_loss": 0.1}, {"kind": "epoch", "epoch": 2, "val_loss": 0.1}])
    with (tmp_path / "events.jsonl").open("a") as file:
        file.write('{"kind": "epoch", "ep')
    assert [event["epoch"] for event in run.events("epoch")] == [1, 2]
    run.forget_after(1)
    run.append([{"kind": "epoch", "epoch": 2, "val_loss": 0.1}])
    assert [event["epoch"] for event in run.events()] == [1, 2]


def test_forgetting_everything_takes_the_start_as_well(tmp_path: Path) -> None:
    """A run that is resumed before its first epoch was done starts once, not twice."""
    run = Run(tmp_path)
    run.append([{"kind": "start"}, {"kind": "epoch", "epoch": 1, "val_loss": 0.1}, {"kind": "end", "epoch": 1}])
    run.forget_after(1)
    assert [event["kind"] for event in run.events()] == ["start", "epoch"]
    run.forget_after(0)
    assert run.events() == []
    with pytest.raises(DeblurError, match="no record of a start"):
        run.start()


def test_arrays_come_back_and_leave_no_other_files(tmp_path: Path) -> None:
    """Also after a kill left half of them behind, which is swept away."""
    run = Run(tmp_path)
    (tmp_path / ".checkpoint.part").write_bytes(b"half")
    run.sweep()
    run.save_arrays("checkpoint", {"a/b": np.arange(3)})
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.npz"]
    arrays = run.load_arrays("checkpoint")
    assert arrays is not None
    assert arrays["a/b"].tolist() == [0, 1, 2]
    assert run.load_arrays("best") is None


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_a_broken_checkpoint_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    """A disk may fail; the user reads which file."""
    (tmp_path / "checkpoint.npz").write_bytes(content)
    with pytest.raises(DeblurError, match=r"checkpoint\.npz” is damaged"):
        Run(tmp_path).load_arrays("checkpoint")


def test_arrays_that_cannot_be_written_are_a_sentence(tmp_path: Path) -> None:
    """The folder may be gone, or the disk full."""
    with pytest.raises(DeblurError, match="cannot be written"):
        Run(tmp_path / "gone").save_arrays("best", {"a": np.zeros(1)})


def test_pairs_keep_their_paths_and_a_run_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths become absolute, but links are kept: the split goes by the names, so they must sort as at the start."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "z.png").touch()
    (tmp_path / "a.png").symlink_to(tmp_path / "z.png")
    run = Run(tmp_path / "run")
    run.create(TrainingConfig(), [Pair(Path("a.png"), Path("a.png"), "a")])
    assert run.pairs() == [Pair(tmp_path / "a.png", tmp_path / "a.png", "a")]
    with pytest.raises(DeblurError, match="holds a run already"):
        run.create(TrainingConfig(), [])


def test_a_folder_that_is_no_run_is_a_sentence(tmp_path: Path) -> None:
    """Both for the settings and for the pairs."""
    with pytest.raises(DeblurError, match="not the folder of a training run"):
        _ = Run(tmp_path).config
    with pytest.raises(DeblurError, match="does not exist"):
        Run(tmp_path).pairs()
    (tmp_path / "pairs.json").write_text('[["one"]]')
    with pytest.raises(DeblurError, match="is damaged"):
        Run(tmp_path).pairs()
