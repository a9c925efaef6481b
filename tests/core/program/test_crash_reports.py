"""Reports of a program that ended unexpectedly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deblur_app.core.program import crash_reports
from deblur_app.core.program.anonymous import make_anonymous
from deblur_app.core.program.crash_reports import CrashReporter, take_reports

_CRASH = """
import ctypes
from deblur_app.core.program.crash_reports import REPORTER
REPORTER.start()
REPORTER.add_action("deblur")
{end}
"""


@pytest.fixture(autouse=True)
def own_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the reports of a test in a folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))


def run_to_its_end(end: str) -> int:
    """Run a program that begins a report and ends by these lines; return its exit code."""
    code = _CRASH.format(end=end)
    root = Path(__file__).parents[3]
    return subprocess.run([sys.executable, "-c", code], cwd=root, stderr=subprocess.DEVNULL, check=False).returncode


def test_a_fault_in_a_library_is_told_at_the_next_start_with_versions_stack_and_last_action() -> None:
    """The report has the line of Python at which the process ended; it is told once, and kept."""
    assert run_to_its_end("ctypes.string_at(0)") != 0
    (report,) = take_reports()
    assert report.text.startswith("Deblur ")
    assert "Segmentation fault" in report.text or "access violation" in report.text
    assert "string_at" in report.text
    assert "deblur\n" in report.text
    assert report.file.read_text(encoding="utf-8") == report.text
    assert take_reports() == []


@pytest.mark.parametrize("end", ["REPORTER.close()", "import os; os._exit(1)"])
def test_an_ordered_end_and_one_from_outside_leave_no_report(end: str) -> None:
    """What ended without a fault is not told, and leaves no file."""
    run_to_its_end(end)
    assert take_reports() == []
    assert not [*crash_reports.reports_folder().iterdir()]


def test_the_report_of_a_program_that_runs_is_not_told() -> None:
    """Another window may be open."""
    reporter = CrashReporter()
    reporter.start()
    reporter.add_exception(ValueError("x"))
    assert take_reports() == []
    reporter.close()


def test_an_exception_is_kept_without_names_of_files() -> None:
    """What was opened is no business of a report."""
    reporter = CrashReporter()
    reporter.start()
    try:
        Path("/home/anna/Pictures/our wedding.jpg").read_bytes()
    except OSError as error:
        reporter.add_exception(error)
    reporter.close()
    (file,) = crash_reports.reports_folder().iterdir()
    text = file.read_text(encoding="utf-8")
    assert "FileNotFoundError" in text
    assert "anna" not in text
    assert "wedding" not in text


def test_long_sessions_keep_only_the_last_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file does not grow without end."""
    monkeypatch.setattr(crash_reports, "_LARGEST", 2000)
    reporter = CrashReporter()
    reporter.start()
    for number in range(500):
        reporter.add_action(f"action {number}")
    assert reporter.path is not None
    text = reporter.path.read_text(encoding="utf-8")
    reporter.close()
    assert len(text) < 3000
    assert "action 499" in text
    assert text.startswith("Deblur ")


def test_without_a_place_for_reports_the_program_runs(tmp_path: Path) -> None:
    """A home that cannot be written to is no reason to fail."""
    (tmp_path / "data").write_text("a file where the folder should be")
    reporter = CrashReporter()
    reporter.start()
    reporter.add_action("open")
    reporter.add_exception(ValueError())
    reporter.close()
    assert take_reports() == []


@pytest.mark.parametrize(
    "secret",
    [
        "No such file or directory: '/home/anna/a b/me.jpg'",
        'File "/home/anna/me.py", line 1, in main',
        r"cannot read C:\Users\Anna\me.jpg now",
        "“me at Anna's.jpg” is damaged",
        "~/anna/me.png failed",
        "me-and-anna.JPEG has no pixels",
        "file:///home/anna/me",
        r"\\anna\share\me.tif",
    ],
)
def test_paths_and_names_of_files_are_left_out(secret: str) -> None:
    """Whatever the system, and whatever the marks around them."""
    text = make_anonymous(secret).lower()
    assert "anna" not in text
    assert "me." not in text


def test_lines_of_the_program_stay_readable() -> None:
    """A stack without files and lines would be of no use; where the program lies is left out."""
    home = f"{os.sep}home{os.sep}anna"
    text = make_anonymous(f'  File "{home}/Deblur/deblur_app/app.py", line 7 in run\n  File "{home}/x.py", line 2 in f')
    assert 'File "…/deblur_app/app.py", line 7 in run' in text
    assert 'File "…", line 2 in f' in text
    assert "anna" not in text
