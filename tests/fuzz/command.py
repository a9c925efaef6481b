"""Give the readers of files of others new damaged files for as long as wanted: what `dev.py fuzz` starts."""

from __future__ import annotations

import argparse
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
RUN = ("-W", "default", "-m", "tests.fuzz.run")
SECONDS_TO_START = 120
"""Seconds beyond the time asked for after which a process is ended: it loads TensorFlow first."""


def main(arguments: Sequence[str]) -> int:
    """Let each reader read files for some minutes; return 0 if all of them got an answer, 2 for an unknown reader."""
    parser = argparse.ArgumentParser("dev.py fuzz", description="Give damaged files to what reads files of others.")
    parser.add_argument("--minutes", type=float, default=1.0, help="for each reader (1)")
    parser.add_argument("--reader", action="append", metavar="NAME", help="only this one; may be given several times")
    parser.add_argument("--keep", type=Path, help="folder for the files that fail; a new one by default")
    options = parser.parse_args(arguments)
    is_known = list_readers()
    names = options.reader or is_known
    if unknown := sorted(set(names) - set(is_known)):
        say(f"There is no reader {unknown[0]}. There are: {', '.join(is_known)}.")
        return 2
    folder = options.keep or Path(tempfile.mkdtemp(prefix="deblur-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    failures = 0
    for name in names:
        count, failed = run_reader(name, options.minutes * 60, folder)
        failures += failed
        say(f"{name:<20} {count:>8} files  {failed or 'no'} failures")
    if failures:
        say(f"The files that failed, each with its traceback, are in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


def say(sentence: str) -> None:
    """Print one sentence at once, so that it stands before what a child process prints."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def list_readers() -> list[str]:
    """Return the names of the readers, which are imported in a process of their own."""
    process = subprocess.run(
        [sys.executable, *RUN, "--list"], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True
    )
    return process.stdout.split()


def run_reader(name: str, seconds: float, folder: Path, *, most_crashes: int = 10) -> tuple[int, int]:
    """Let one reader read files in processes of its own: one that hangs or crashes is followed by another.

    Returns:
        How many files it has read, and how many of them failed.
    """
    end, count, crashes, before = time.monotonic() + seconds, 0, 0, set(folder.glob(f"{name}-*.txt"))
    while (left := end - time.monotonic()) > 0 and crashes < most_crashes:
        seed = secrets.token_hex(4)
        command = [sys.executable, *RUN, name, f"{left:.2f}", seed, str(folder)]
        with tempfile.TemporaryFile() as printed:
            try:
                code = subprocess.run(command, cwd=ROOT, stderr=printed, check=False,
                                      timeout=left + SECONDS_TO_START).returncode  # fmt: skip
            except subprocess.TimeoutExpired:
                code = -1
            printed.seek(0)
            text = printed.read()[-20_000:]
        count += take_count(folder)
        if code == 0:
            break
        crashes += 1
        keep_crash(folder, f"{name}-{seed}-crash", code, text)
    return count, len(set(folder.glob(f"{name}-*.txt")) - before)


def take_count(folder: Path) -> int:
    """Return the number of files that the last process has read, and delete its record."""
    file = folder / "count"
    if not file.exists():
        return 0
    count = int(file.read_text(encoding="ascii") or 0)
    file.unlink()
    return count


def keep_crash(folder: Path, stem: str, code: int, printed: bytes) -> None:
    """Keep the file that a process was reading when it ended, and what it printed."""
    current = folder / "current"
    if current.exists():
        current.replace(folder / f"{stem}.bin")
    (folder / f"{stem}.txt").write_bytes(f"The process ended with code {code}.\n".encode() + printed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
