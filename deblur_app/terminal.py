"""Common parts of both command lines: progress bar, output, errors as one sentence and exit code."""

from __future__ import annotations

import io
import os
import re
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from deblur_app.core.amounts import describe_duration
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.log_file import warnings_in_log
from deblur_app.core.files.unexpected_errors import explain
from deblur_app.core.task import Progress, Task, with_time_left
from deblur_app.signals import Terminated, ending_by_signals
from deblur_app.streams import prepare_streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.table import Table

BAD_INPUT = 2
"""Exit code where something was not done; a sentence on stderr says what and why."""

CANCELLED = 130
"""Exit code after Ctrl-C: 128 and the number of the signal, as shells count."""

_PIPE_CLOSED = 1
"""Exit code where the reader of a picture that goes to stdout has closed the pipe."""

_WIDTH = 160
"""Columns of a table that goes into a file or another program."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_lost: list[OSError] = []
"""Errors of output that did not arrive, such as a full disk behind stdout."""


def drive[T](task: Task[T], *, show: bool | None = None, watch: Callable[[Progress], None] | None = None) -> T:
    """Drive `task` to its end under a progress bar on stderr, and return its result.

    Args:
        task: What to do. After Ctrl-C it is closed, so that it cleans up, and `KeyboardInterrupt` goes on.
        show: Whether to draw the bar; None draws it where stderr is a terminal.
        watch: Called with each progress.
    """
    task = with_time_left(task)
    try:
        with _bar(sys.stderr.isatty() if show is None else show) as advance:
            while True:
                try:
                    progress = next(task)
                except StopIteration as end:
                    result: T = end.value
                    return result
                advance(progress)
                if watch is not None:
                    watch(progress)
    finally:
        task.close()


def run_main(main: Callable[[], int], *, patience: float = 1.0) -> int:
    """Run `main` and return its exit code, or the code for what stopped it.

    What stops it becomes one sentence on stderr, never a traceback: that of a defect goes to the log file.

    Args:
        main: The work.
        patience: Seconds that it may take to end after Ctrl+C or SIGTERM before it is ended.
    """
    prepare_streams()
    _lost.clear()
    with ending_by_signals(patience, lambda: print_error("Cancelled.")), warnings_in_log():
        try:
            code = _code_of(main)
        except SystemExit as end:  # of --help and --version
            _flush()
            if not _lost:
                raise
            code = int(end.code or 0)
        _flush()
    if _lost:
        print_error(f"The answer could not be written: {_lost[0].strerror or _lost[0]}.")
        return code or BAD_INPUT
    return code


def _code_of(main: Callable[[], int]) -> int:
    try:
        return main()
    except DeblurError as error:
        print_error(str(error))
    except Terminated as end:
        print_error("Cancelled.")
        return end.code
    except KeyboardInterrupt:
        print_error("Cancelled.")
        return CANCELLED
    except BrokenPipeError:  # the reader of a picture has gone; nothing may be flushed at exit either
        _abandon(sys.stdout)
        return _PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 – `explain` logs it
        print_error(explain(error))
    return BAD_INPUT


def print_line(text: str) -> None:
    """Write a line of the result to stdout.

    Where it does not arrive, work goes on, as the files that it writes are what was asked for: without a word where the
    reader of a pipe, such as `head`, has seen enough; where the disk is full, `run_main` tells in the end.
    """
    with _noting_losses():
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def say_table(table: Table) -> None:
    """Write a table to stdout, as wide as the terminal."""
    from rich.console import Console

    is_terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout if is_terminal else io.StringIO(), width=None if is_terminal else _WIDTH)
    with console.capture() as text:
        console.print(table)
    print_line(text.get().rstrip("\n"))


def print_error(text: str) -> None:
    """Write a line that is not the result, such as a warning, to stderr."""
    try:
        sys.stderr.write(f"{one_line(text)}\n")
        sys.stderr.flush()
    except OSError:
        _abandon(sys.stderr)


def one_line(text: object) -> str:
    r"""Return a text with what begins a line or steers the terminal written out, such as \n in a file name."""
    return _CONTROL.sub(lambda letter: letter[0].encode("unicode_escape").decode("ascii"), str(text))


def _flush() -> None:
    with _noting_losses():
        sys.stdout.flush()


@contextmanager
def _noting_losses() -> Iterator[None]:
    """Note what does not arrive at stdout, and write nothing to it any more from then on."""
    try:
        yield
    except BrokenPipeError:
        _abandon(sys.stdout)
    except OSError as error:
        _lost.append(error)
        _abandon(sys.stdout)


def _abandon(stream: TextIO) -> None:
    """Let what is still to be written to `stream` go nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


@contextmanager
def _bar(is_shown: bool) -> Iterator[Callable[[Progress], None]]:
    """Show a progress bar and yield the function that moves it; one that does nothing where it is not shown."""
    if not is_shown:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[left]}", markup=False),
    )
    # Rich would send stdout through its own console, that is to stderr: only where both are the terminal.
    with Bar(
        *columns, console=Console(stderr=True, force_terminal=True), redirect_stdout=sys.stdout.isatty(), transient=True
    ) as bar:
        line = bar.add_task("", total=1.0, left="")

        def advance(progress: Progress) -> None:
            time_left = describe_duration(progress.seconds_left)
            bar.update(
                line, completed=progress.fraction, description=progress.stage, left=time_left and f"{time_left} left"
            )

        yield advance
