"""Give one reader new files for some time, in this process: what `dev.py fuzz` starts for each reader.

`python -m tests.fuzz.run --list` names the readers. `python -m tests.fuzz.run NAME SECONDS SEED FOLDER` reads files
made from numbers that follow from SEED, keeps in FOLDER each that gets a bad answer of a new kind, and writes how many
were read into the file “count” there. The file being read is “current”: after a crash it is the one to look at.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.fuzz.harness import MOST_BYTES, HangError, Reader, check
from tests.fuzz.readers import all_readers

_SECONDS_TO_CRASH = 60
"""Seconds after which a reader that hangs in a C library, where no alarm reaches it, ends this process."""

_MOST_KINDS = 10
"""Kinds of failures of one reader that are kept."""


def main(arguments: list[str]) -> int:
    """Carry out the command line; return the exit code, 0 also where files got bad answers."""
    readers = all_readers()
    if arguments == ["--list"]:
        sys.stdout.write("\n".join(readers) + "\n")
        return 0
    name, seconds, seed, folder = arguments
    _read_files(readers[name], float(seconds), seed, Path(folder))
    return 0


def _read_files(reader: Reader, seconds: float, seed: str, folder: Path) -> None:
    number, kinds = 0, set()
    _limit_memory()
    logging.getLogger().addHandler(logging.NullHandler())  # what is logged is not what a codec prints
    with suppress(Exception, HangError):
        check(reader, reader.make(Random(0)))  # noqa: S311 – loads libraries, which takes long and may print
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(kinds) < _MOST_KINDS:
        data = reader.make(Random(f"{seed} {number}"))  # noqa: S311 – no secret is made
        (folder / "current").write_bytes(data)
        faulthandler.dump_traceback_later(_SECONDS_TO_CRASH, exit=True)
        try:
            check(reader, data)
        except (Exception, HangError) as error:  # noqa: BLE001 – any of them is what is looked for
            kind = _kind(error)
            if kind not in kinds:
                kinds.add(kind)
                _keep(reader, data, folder, f"{seed}-{number}")
        faulthandler.cancel_dump_traceback_later()
        number += 1
        (folder / "count").write_text(str(number), encoding="ascii")
    (folder / "current").unlink(missing_ok=True)


def _kind(error: BaseException) -> str:
    """Return what failures of one cause have in common: the exception, and the place in the code."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {place} {str(error)[:20]}"


def _keep(reader: Reader, data: bytes, folder: Path, number: str) -> None:
    (folder / f"{reader.name}-{number}-{reader.file_name}").write_bytes(data)
    (folder / f"{reader.name}-{number}.txt").write_text(traceback.format_exc(), encoding="utf-8", errors="replace")


def _limit_memory() -> None:
    """Let an allocation far beyond what is allowed fail at once, before the machine has to end some process."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = 4 * MOST_BYTES if hard == resource.RLIM_INFINITY else min(hard, 4 * MOST_BYTES)
    resource.setrlimit(resource.RLIMIT_DATA, (most if soft == resource.RLIM_INFINITY else min(soft, most), hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
