"""Run the samples through every bundled method on every device.

A method that undoes a given blur is given the true one, so that its gain tells whether it computes right; for others
the blur is estimated, which may go wrong where nothing is broken.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core import image_io, metrics
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine import devices, tasks
from deblur_app.engine.method import PsfUse, Request
from deblur_app.engine.methods import registry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.core.picture import Picture
    from deblur_app.engine.deblurring import Restored
    from deblur_app.engine.devices import Device
    from deblur_app.engine.method import Method

log = logging.getLogger(__name__)

BLURS = {
    "coffee": Blur("motion", {"length": 11.0, "angle": 25.0}),
    "cat": Blur("defocus", {"radius": 3.0}),
    "rocket": Blur("shake", {"extent": 13.0, "seed": 4}),
}
"""The blur of each bundled photo, see `packaging/make_sample.py`; each has a sharp version."""

SAMPLES = tuple(BLURS)
"""The names of the bundled photos."""

LEAST_GAIN = 1.0
"""PSNR in dB above the photo itself that the true blur gives by any method that undoes a given one; the least seen of
three samples is 1.4 dB, by Tikhonov of “coffee”."""

WORST_GAIN = -3.0
"""PSNR in dB above the photo itself below which a result without a given blur counts as wrong. A method that estimates
the blur of a shaken photo wrongly loses some (the worst seen of three samples: blind deconvolution of “rocket”,
−1.2 dB); one that is broken loses far more."""

LEAST_AGREEMENT = 40.0
"""PSNR in dB between the results of two devices below which one of them computes wrongly; float32 gives 60 and more,
bfloat16 some 45."""


@dataclass(frozen=True)
class SampleRun:
    """One sample by one method on one device.

    Attributes:
        sample: The name of the sample.
        method: The name of the method.
        device: The name of the device.
        seconds: The time it took.
        gain: PSNR in dB of the result above that of the photo itself; None where there is no result.
        problem: What is wrong; "" where nothing is.
    """

    sample: str
    method: str
    device: str
    seconds: float
    gain: float | None
    problem: str = ""


@dataclass(frozen=True)
class SampleDone(Progress):
    """The progress that brings one run."""

    run: SampleRun | None = None


def list_methods() -> list[Method]:
    """Return the methods that are tested: those that need no model of others."""
    return [method for method in registry.list_offered() if not method.is_neural or method.find_bundled_card]


def run_self_test(
    methods: Sequence[Method] | None = None, samples: Sequence[str] = SAMPLES, among: Sequence[Device] | None = None
) -> Task[list[SampleRun]]:
    """Run every sample by every method on every device that the method can use.

    Args:
        methods: The methods; None for all that are bundled.
        samples: The names of the samples.
        among: The devices; None for all there are.

    Returns:
        The runs. What fails is one of them, and ends nothing.
    """
    methods = list_methods() if methods is None else methods
    yield Progress(0.0, tr("Looking for devices"))
    all_devices = devices.list_devices() if among is None else list(among)
    plan = [
        (sample, method, device)
        for method in methods
        for device in (all_devices if method.is_neural else all_devices[:1])
        for sample in samples
    ]
    runs: list[SampleRun] = []
    first: dict[tuple[str, str], Picture] = {}
    for number, (sample, method, device) in enumerate(plan):
        share = number / len(plan), (number + 1) / len(plan)
        run, picture = yield from subtask(_run_sample(sample, method, device), *share)
        if picture is not None:
            run = _compare_devices(run, first.setdefault((sample, method.name), picture), picture)
        runs.append(run)
        yield SampleDone(share[1], f"{method.label}: {sample}", None, run)
    return runs


def _run_sample(sample: str, method: Method, device: Device) -> Task[tuple[SampleRun, Picture | None]]:
    """Run one sample, with its true blur where the method takes one; return the run, and the result if there is one."""
    run = SampleRun(sample, method.name, device.name, 0.0, None)
    yield Progress(0.0, f"{method.label}: {sample}")
    try:
        blurred, sharp = (image_io.read(resource("samples", f"{sample}_{end}.jpg")) for end in ("blurred", "sharp"))
        psf = Psf.of_model(BLURS[sample]) if method.psf is PsfUse.GIVEN else None
        request = Request(method.name, method.complete_values({}), device.name, psf=psf)
        restored = yield from subtask(tasks.deblur(blurred, request), 0.0, 0.95)
        comparison = yield from subtask(tasks.compare(blurred, sharp, restored.picture), 0.95, 1.0)
    except Exception as error:  # whatever fails is what the test is for
        log.exception("Self-test of %s with %s", method.name, sample)
        return replace(run, problem=f"{type(error).__name__}: {error}"), None
    gain = comparison.result.psnr - comparison.do_nothing.psnr
    run = replace(run, seconds=restored.seconds, gain=gain)
    return replace(run, problem=_find_problem(restored, method, device, gain)), restored.picture


def _find_problem(restored: Restored, method: Method, device: Device, gain: float) -> str:
    if not np.isfinite(restored.picture.pixels).all():
        return tr("The result holds values that are no numbers.")
    if method.is_faithful and restored.rejected is not None:
        return tr("The result failed its check: {note}", note=restored.note)
    if method.is_faithful and gain < WORST_GAIN:
        return tr("The result is {gain:.1f} dB worse than the photo.", gain=-gain)
    if method.psf is PsfUse.GIVEN and gain < LEAST_GAIN:
        return tr("Undoing the true blur gains only {gain:.1f} dB.", gain=gain)
    if method.is_neural and restored.device != device.label:
        return tr("It ran on {device} in place of {label}.", device=restored.device, label=device.label)
    return ""


def _compare_devices(run: SampleRun, first: Picture, picture: Picture) -> SampleRun:
    """Return a run that says where its result is another than that of the first device."""
    if run.problem or first is picture:
        return run
    agreement = metrics.psnr(first.pixels, picture.pixels)
    if agreement >= LEAST_AGREEMENT:
        return run
    return replace(run, problem=f"The result differs from that of the first device ({agreement:.0f} dB).")
