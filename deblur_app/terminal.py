"""What both command lines share: a task under a progress bar, and errors as one sentence and an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BAD_INPUT = 2
"""Exit code where the user can mend what went wrong."""

CANCELLED = 130
"""Exit code after Ctrl-C: 128 and the number of the signal, as shells count."""

_PIPE_CLOSED = 1


def drive[T](task: Task[T], *, show: bool | None = None, watch: Callable[[Progress], None] | None = None) -> T:
    """Drive `task` to its end under a progress bar on stderr, and return its result.

    Args:
        task: What to do. After Ctrl-C it is closed, so that it cleans up, and `KeyboardInterrupt` goes on.
        show: Whether to draw the bar; None draws it where stderr is a terminal.
        watch: Called with each progress.
    """
    task = timed(task)
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


def guarded(main: Callable[[], int]) -> int:
    """Run `main` and return its exit code, or the code for what stopped it.

    What the user can mend becomes one sentence on stderr, never a traceback.
    """
    try:
        code = main()
        sys.stdout.flush()
    except DeblurError as error:
        complain(str(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        complain("Cancelled.")
        return CANCELLED
    except BrokenPipeError:  # the reader, such as `head`, has seen enough; nothing may be flushed at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    return code


def say(text: str) -> None:
    """Write a line of the result to stdout."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write a line that is not the result, such as a warning, to stderr."""
    sys.stderr.write(f"{text}\n")


@contextmanager
def _bar(shown: bool) -> Iterator[Callable[[Progress], None]]:
    """A progress bar, as the function that moves it; one that does nothing where it is not shown."""
    if not shown:
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
            left = time_text(progress.seconds_left)
            bar.update(line, completed=progress.fraction, description=progress.stage, left=left and f"{left} left")

        yield advance


def time_text(seconds: float | None) -> str:
    """A time as people say it, such as “12 s”, “3 min” or “1 h 20 min”; "" for None."""
    if seconds is None:
        return ""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
