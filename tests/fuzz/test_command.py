"""`dev.py fuzz`: long runs, in which a crash of a reader is survived and its file kept."""

from __future__ import annotations

import re

from tests.fuzz import command


def test_a_reader_reads_files_and_its_folder_is_removed(tmp_path, capsys):
    """The count is told; nothing is kept where nothing failed."""
    folder = tmp_path / "kept"
    arguments = ["--minutes", "0.005", "--reader", "settings", "--keep", str(folder)]
    assert command.main(arguments) == 0
    assert "no failures" in capsys.readouterr().out
    assert not folder.exists()


def test_an_unknown_reader_is_a_sentence(capsys):
    """With those that there are."""
    assert command.main(["--reader", "nobody"]) == 2
    assert re.search(r"no reader nobody\. There are: .*settings", capsys.readouterr().out)


FAILING = """
import os, sys
from pathlib import Path
from tests.fuzz import harness, run
def read(path):
    if path.read_bytes() == b"5": os.abort()
    if path.read_bytes() == b"2": raise KeyError("two")
made = iter(range(100))
reader = harness.Reader("failing", "x.bin", lambda _: str(next(made)).encode(), read)
run.all_readers = lambda: {"failing": reader}
sys.exit(run.main(sys.argv[1:]))
"""


def test_failures_and_crashes_are_kept(tmp_path, monkeypatch):
    """A file with a wrong exception and one that ended the process, each with what was printed."""
    monkeypatch.setattr(command, "RUN", ("-c", FAILING))
    count, failures = command.run_reader("failing", 60, tmp_path, most_crashes=1)
    assert (count, failures) == (4, 2)
    (crash,) = tmp_path.glob("failing-*-crash.bin")
    assert crash.read_bytes() == b"5"
    (failure,) = tmp_path.glob("failing-*-x.bin")
    assert failure.read_bytes() == b"2"
    assert "KeyError" in failure.with_name(failure.name.replace("-x.bin", ".txt")).read_text()
