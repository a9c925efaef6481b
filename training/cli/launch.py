"""The command `deblur-train launch`: train by several processes, here or on several machines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.terminal import drive, print_line
from training.fit.launch import train_here, workers
from training.runs.run import Run

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = (
        "Train by several processes that share each batch. With --workers they run here; with --hosts, the commands "
        "for each machine are printed, and RUN must be a folder that all of them see."
    )
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--workers", type=int, metavar="N", help="processes on this machine")
    where.add_argument(
        "--hosts", metavar="HOST[:PORT],…", help="machines, with commas between them; the first one writes"
    )
    parser.add_argument(
        "--threads", type=int, metavar="N", help="threads of each process; the cores, shared, if left out"
    )
    parser.add_argument("--restarts", type=int, default=3, metavar="N", help="restarts after failures (default 3)")
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="the folder of the run, new or begun")
    parser.add_argument("config", type=Path, metavar="CONFIG", help="settings in TOML, as for “deblur-train run”")
    parser.add_argument("--photos", type=Path, action="append", default=[], metavar="DIR", help="sharp photographs")


def run(arguments: argparse.Namespace) -> int:
    """Train, or print the commands, and return the exit code."""
    photos = [word for folder in arguments.photos for word in ("--photos", str(folder))]
    task = ["run", str(arguments.config), "--out", str(arguments.out), *photos]
    if arguments.hosts is not None:
        for worker in workers([host.strip() for host in arguments.hosts.split(",") if host.strip()], task):
            print_line(f"# on {worker.address}\n{worker.command}")
        return 0
    options = {"restarts": arguments.restarts, "threads": arguments.threads}
    drive(train_here(arguments.workers, task, Run(arguments.out), **options))
    return 0
