"""One training by several processes, on this machine or on several: starting them, and starting again after a failure.

Each process is told by the environment variable `TF_CONFIG` who the others are (TensorFlow's tutorial “Multi-worker
training with Keras”). When one of them fails, the others wait for it for ever; so all are ended, and started again from
the last checkpoint.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.program.frozen import is_frozen, program_beside
from deblur_app.core.task import Progress
from deblur_app.terminal import BAD_INPUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.core.task import Task
    from training.runs.run import Run

PORT = 12345
"""Port at which the processes of a training talk to each other, if nothing else is said."""

REFUSED = BAD_INPUT
"""After that code, another try would end the same way."""

_PAUSE = 0.2
"""Seconds between two looks at the processes."""

_GRACE = 10.0
"""Seconds that a process is given to end."""


@dataclass(frozen=True)
class Worker:
    """A process of a distributed training.

    Attributes:
        address: Host and port at which the others find it.
        settings: What the environment tells it.
        arguments: What follows `deblur-train`.
    """

    address: str
    settings: dict[str, str]
    arguments: tuple[str, ...]

    @property
    def command(self) -> str:
        """The command line to type on its machine."""
        variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in self.settings.items())
        return f"{variables} deblur-train {shlex.join(self.arguments)}"


def workers(addresses: Sequence[str], arguments: Sequence[str]) -> list[Worker]:
    """Return the processes of a training.

    Args:
        addresses: Host and port of each; the first one writes the run.
        arguments: What follows `deblur-train`, such as “run”, the settings and “--out” with a folder that all machines
            see.

    Raises:
        DeblurError: Two have the same address, or there is none.
    """
    if not addresses:
        raise DeblurError("Name at least one host.")
    places = [address if ":" in address else f"{address}:{PORT}" for address in addresses]
    if len(set(places)) < len(places):
        raise DeblurError(f"Two processes would have one address: {', '.join(places)}. Give each a port of its own.")
    return [
        Worker(
            address,
            {"TF_CONFIG": json.dumps({"cluster": {"worker": places}, "task": {"type": "worker", "index": index}})},
            tuple(arguments),
        )
        for index, address in enumerate(places)
    ]


def local_addresses(count: int) -> list[str]:
    """Return free addresses on this machine.

    Raises:
        DeblurError: There must be one process at least.
    """
    if count < 1:
        raise DeblurError(f"There must be one process at least: {count}.")
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [f"127.0.0.1:{each.getsockname()[1]}" for each in sockets]
    finally:
        for each in sockets:
            each.close()


def train_here(
    count: int, arguments: Sequence[str], run: Run, *, restarts: int = 3, threads: int | None = None
) -> Task[Run]:
    """Train by several processes of this machine, which share its cores.

    Args:
        count: How many processes.
        arguments: What follows `deblur-train`.
        run: What they train; after a failure they go on with it.
        restarts: How many failures are borne.
        threads: Threads of each process; None shares the cores among them.

    Raises:
        DeblurError: They failed once more than that, or one met something that only the user can mend.
    """
    failures = 0
    is_new = not run.folder.exists()
    threads = threads or max((os.cpu_count() or 1) // max(count, 1), 1)
    while True:
        how = ["resume", str(run.folder)] if run.load_arrays("checkpoint") is not None else list(arguments)
        title = "Training" if not failures else f"Training, started again {failures} times"
        group = workers(local_addresses(count), how)
        code = yield from _run_together(group, threads, f"{title}, in {count} processes")
        if code == 0:
            return run
        failures += 1
        if failures > restarts or code == REFUSED:
            raise DeblurError(f"A process of the training ended with code {code}. Its messages are above.")
        if is_new:
            _clear_beginning(run)


def _run_together(group: list[Worker], threads: int, stage: str) -> Task[int]:
    """Run processes until all have ended, or one has failed; returns 0 or the code of that one."""
    shared = dict.fromkeys(("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"), str(threads))
    running: list[subprocess.Popen[bytes]] = []
    try:
        for worker in group:
            environment = {**os.environ, **shared, **worker.settings}
            command = [*_training_program(), *worker.arguments]
            # The first one tells how it goes; of the others only complaints are of interest.
            out = None if worker is group[0] else subprocess.DEVNULL
            running.append(subprocess.Popen(command, env=environment, stdout=out))
        while True:
            codes = [process.poll() for process in running]
            failed = [code for code in codes if code]
            if failed or all(code == 0 for code in codes):
                return failed[0] if failed else 0
            yield Progress(0.0, stage)
            time.sleep(_PAUSE)
    finally:
        _end(running)


def _training_program() -> list[str]:
    """Return the command that starts another process of `deblur-train`."""
    return [str(program_beside("deblur-train"))] if is_frozen() else [sys.executable, "-m", "training.cli.main"]


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _clear_beginning(run: Run) -> None:
    """Remove what the start of a run wrote, where no epoch is done, so that it can begin anew."""
    if run.folder.is_dir() and run.load_arrays("checkpoint") is None and not run.card.exists():
        shutil.rmtree(run.folder)
