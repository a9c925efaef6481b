"""The reliability benchmark sees what it looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.reliability import Batch, Findings

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_lost_or_in_part_is_counted(tmp_path: Path) -> None:
    """A photo that changed, a result that is not there, one that was cut off, and a temporary file that stays."""
    findings, batch = Findings(tmp_path), Batch(tmp_path / "photos")
    batch.out.mkdir()
    whole = (batch.photos / "1.png").read_bytes()
    (batch.out / "whole.png").write_bytes(whole)
    batch.check(findings, [batch.out / "whole.png"], "at first")
    assert findings.counts.total() == 0
    (batch.photos / "0.png").write_bytes(whole)
    (batch.photos / "2.png").unlink()
    (batch.out / "half.png").write_bytes(whole[: len(whole) // 2])
    (batch.out / ".deblur-abcdefgh.part").touch()
    batch.check(findings, [batch.out / "whole.png", batch.out / "gone.png"], "after it")
    assert findings.counts == {"lost": 3, "partial": 2}
