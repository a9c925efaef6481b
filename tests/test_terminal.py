"""What both command lines share: the progress bar and what becomes of errors."""

from __future__ import annotations

import subprocess
import sys

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task
from deblur_app.terminal import drive, guarded, say, time_text


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
    seen: list[str] = []
    assert drive(counting([]), watch=lambda progress: seen.append(progress.stage)) == "done"
    assert seen == ["Step 0", "Step 1", "Step 2", "Step 3"]
    assert capsys.readouterr() == ("", "")


def test_the_bar_goes_to_stderr_and_results_to_stdout(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the results can be piped into a file while the bar is watched."""
    monkeypatch.setenv("TERM", "xterm")  # whatever the tests run in: a dumb terminal shows no bar
    drive(counting([]), show=True, watch=lambda progress: say(progress.stage))
    told = capsys.readouterr()
    assert told.out == "Step 0\nStep 1\nStep 2\nStep 3\n"
    assert "Step 3" in told.err


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

    assert guarded(main) == code
    assert capsys.readouterr() == ("", text)


def test_a_defect_keeps_its_traceback() -> None:
    """What the user cannot mend is not hidden."""
    with pytest.raises(ZeroDivisionError):
        guarded(lambda: 1 // 0)


def test_a_closed_pipe_is_quiet() -> None:
    """`deblur methods | head -1` must not end in a traceback."""
    code = (
        "import sys; from deblur_app.terminal import guarded, say\n"
        "def main():\n"
        "    while True: say('line')\n"
        "sys.exit(guarded(main))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().strip() == b"line"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, ""), (0.4, "0 s"), (89, "89 s"), (100, "2 min"), (4800, "80 min"), (6000, "1 h 40 min")],
)
def test_times_read_well(seconds: float | None, text: str) -> None:
    """As people say them."""
    assert time_text(seconds) == text
