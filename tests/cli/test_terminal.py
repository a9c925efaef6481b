"""Parts that both command lines share: the progress bar and what becomes of errors."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task
from deblur_app.terminal import drive, print_error, print_line, run_main


def counting(closed: list[bool]) -> Task[str]:
    """A task of four steps that tells whether it has cleaned up."""
    try:
        for number in range(4):
            yield Progress(number / 4, f"Step {number}", seconds_left=100.0)
        return "done"
    finally:
        closed.append(True)


def test_a_task_is_driven_to_its_result_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    """Stderr is no terminal here, so no bar is drawn, and the watcher sees every progress."""
    calls: list[str] = []
    assert drive(counting([]), watch=lambda progress: calls.append(progress.stage)) == "done"
    assert calls == ["Step 0", "Step 1", "Step 2", "Step 3"]
    assert capsys.readouterr() == ("", "")


def test_the_bar_goes_to_stderr_and_results_to_stdout(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the results can be piped into a file while the bar is watched."""
    monkeypatch.setenv("TERM", "xterm")  # whatever the tests run in: a dumb terminal shows no bar
    drive(counting([]), show=True, watch=lambda progress: print_line(progress.stage))
    output = capsys.readouterr()
    assert output.out == "Step 0\nStep 1\nStep 2\nStep 3\n"
    assert "Step 3" in output.err


def test_ctrl_c_closes_the_task() -> None:
    """It cleans up before the interrupt goes on."""
    closed: list[bool] = []

    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        drive(counting(closed), watch=interrupt)
    assert closed == [True]


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [(DeblurError("Choose another file."), 2, "Choose another file.\n"), (KeyboardInterrupt(), 130, "Cancelled.\n")],
)
def test_what_the_user_can_mend_is_a_sentence(
    error: BaseException, code: int, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback, and the exit code that shells expect."""

    def main() -> int:
        raise error

    assert run_main(main) == code
    assert capsys.readouterr() == ("", text)


def test_a_defect_is_a_sentence_and_its_traceback_is_in_the_log(
    log_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that it can be reported; the terminal shows one line."""
    assert run_main(lambda: 1 // 0) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("Unexpected error (ZeroDivisionError: ")
    assert output.err.endswith(f"The log has the details: {log_file}\n")
    assert output.err.count("\n") == 1
    assert "Traceback" in log_file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "error", [MemoryError(), RecursionError("deep"), struct.error("short"), KeyError("line\nline")]
)
def test_whatever_a_library_raises_is_one_line(
    error: Exception, log_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Too little memory is no defect, and is told in words."""

    def main() -> int:
        raise error

    assert run_main(main) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert ("too little memory" in err) == isinstance(error, MemoryError)
    assert log_file.exists() != isinstance(error, MemoryError)


def test_file_names_cannot_break_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Nor clear the screen: what steers a terminal is written out."""
    print_error("“a\nb\x1b[2J.jpg” does not exist.")
    assert capsys.readouterr().err == "“a\\nb\\x1b[2J.jpg” does not exist.\n"


def test_a_closed_pipe_is_quiet_and_ends_no_work(tmp_path: Path) -> None:
    """`deblur restore *.jpg | head -1` restores all photos, without a traceback."""
    code = (
        "import sys; from pathlib import Path; from deblur_app.terminal import run_main, print_line\n"
        "def main():\n"
        "    for _ in range(100_000): print_line('line')\n"
        f"    Path({str(tmp_path / 'last')!r}).touch()\n"
        "    return 0\n"
        "sys.exit(run_main(main))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().strip() == b"line"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
    assert (tmp_path / "last").exists()


def run(code: str, **streams: Any) -> subprocess.CompletedProcess[str]:
    """A process of its own that runs `code` with the names of this module."""
    text = f"import sys; from deblur_app.terminal import print_error, run_main, print_line\n{code}"
    return subprocess.run([sys.executable, "-c", text], text=True, check=False, **streams)


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full disk to write to")
def test_a_full_disk_behind_stdout_is_a_sentence_after_the_work() -> None:
    """The work is done to its end all the same; only the answer is lost."""
    with FULL.open("w") as full:
        process = run(
            "def main():\n for n in range(3): print_line('line')\n print_error('Done.')\n return 0\n"
            "sys.exit(run_main(main))",
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert process.returncode == 2
    assert process.stderr == "Done.\nThe answer could not be written: No space left on device.\n"


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full disk to write to")
def test_a_full_disk_behind_stderr_stops_nothing() -> None:
    """Nobody can be told; the work is done."""
    with FULL.open("w") as full:
        process = run(
            "sys.exit(run_main(lambda: print_error('A warning.') or print_line('line') or 0))",
            stdout=subprocess.PIPE,
            stderr=full,
        )
    assert (process.returncode, process.stdout) == (0, "line\n")


@pytest.mark.skipif(sys.platform == "win32", reason="shells cannot close a stream there")
def test_closed_streams_are_no_problem_and_no_file_takes_their_place(tmp_path: Path) -> None:
    """A file that is opened must not get the number of stderr: a library that warns would write into it."""
    code = (
        "import os, sys; from pathlib import Path; from deblur_app.terminal import print_error, run_main, print_line\n"
        "def main():\n"
        " with Path(sys.argv[1]).open('wb') as file:\n"
        "  print_line('line'); print_error('A warning.'); os.write(2, b'a library warns'); os.write(1, b'and speaks')\n"
        "  file.write(b'content')\n"
        " return 0\n"
        "sys.exit(run_main(main))"
    )
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    shell = f'exec "{sys.executable}" "{script}" "{tmp_path}/file" <&- >&- 2>&-'
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    assert subprocess.run(["sh", "-c", shell], check=False, env=environment).returncode == 0
    assert (tmp_path / "file").read_bytes() == b"content"


@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended otherwise there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_work_and_it_cleans_up(number: int) -> None:
    """By an exception, as Ctrl+C: `finally` is run, and the exit code is what shells expect."""
    code = (
        "import os, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
        "def main():\n"
        f" try:\n  os.kill(os.getpid(), {int(number)})\n  while True: pass\n"
        " finally: print_line('cleaned')\n"
        "sys.exit(run_main(main))"
    )
    process = run(code, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert (process.returncode, process.stdout, process.stderr) == (128 + number, "cleaned\n", "Cancelled.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended otherwise there")
def test_work_that_does_not_listen_is_ended_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    """A library computes for minutes without asking Python whether there was a signal: here, the main thread waits."""
    code = (
        "import ctypes, os, signal, threading; from pathlib import Path\n"
        "from deblur_app.core.files.atomic_files import replacing\n"
        "def main():\n"
        f" with replacing(Path({str(tmp_path)!r}) / 'a.png') as file:\n"
        "  threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()\n"
        "  libc = ctypes.CDLL(None)\n"
        "  while libc.sleep(60): pass\n"
        "sys.exit(run_main(main, patience=0.1))"
    )
    process = run(code, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert (process.returncode, process.stderr) == (128 + signal.SIGTERM, "Cancelled.\n")
    assert list(tmp_path.iterdir()) == []
