"""Report of a self-test, to read and to copy."""

from __future__ import annotations

import platform
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from deblur_app import __version__
from deblur_app.engine import devices
from deblur_app.engine.methods import registry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.engine.self_test.self_test import SampleRun


def describe_run(run: SampleRun) -> tuple[str, str, str, str, str]:
    """Return method, sample, device, seconds and outcome in words."""
    gain = "" if run.gain is None else f"{run.gain:+.1f} dB"
    outcome = f"failed: {run.problem}" if run.problem else gain
    return registry.find(run.method).label, run.sample, run.device, f"{run.seconds:.1f} s", outcome


def write_report(runs: Sequence[SampleRun]) -> str:
    """Return a plain text with the program, the machine, and a line for each run."""
    labels = ", ".join(device.label for device in devices.list_devices())
    failed = sum(bool(run.problem) for run in runs)
    verdict = f"{failed} of {len(runs)} failed" if failed else f"all {len(runs)} passed"
    rows = [describe_run(run) for run in runs]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    lines = ["  ".join([*(row[n].ljust(widths[n]) for n in range(4)), row[4]]) for row in rows]
    return "\n".join(
        [
            f"Deblur {__version__}, self-test: {verdict}",
            f"Python {platform.python_version()} on {platform.platform()}",
            f"Devices: {labels}",
            "Gain is PSNR above that of the photo, against its sharp version. Methods that undo a given blur get the",
            "true one; others estimate it, and may make a photo somewhat worse without being broken.",
            "",
            *lines,
        ]
    )


def as_json(run: SampleRun) -> dict[str, Any]:
    """Return a run as JSON has it."""
    gain = None if run.gain is None else round(run.gain, 3)
    return {**asdict(run), "seconds": round(run.seconds, 3), "gain": gain, "passed": not run.problem}
