"""The place where a training computes: one device, all of a machine, or several machines that `TF_CONFIG` names.

Follows TensorFlow's guide “Distributed training” and its tutorial “Custom training loop with Keras and
MultiWorkerMirroredStrategy”: every replica has the same weights, learns from its part of each batch, and all add up
their gradients before the weights change. So the batch of the settings is the whole one, and a training on several
devices ends where one device would, but for rounding.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.engine import devices
from training.batches.part import WHOLE, Part
from training.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    import tensorflow as tf

ALL = "all"
"""The device name that means: all graphics cards that work, or else the processor."""

_VARIABLE = "TF_CONFIG"
_WANTED = (
    "The environment's TF_CONFIG does not name this process among workers. It looks like this: "
    '{"cluster": {"worker": ["host1:12345", "host2:12345"]}, "task": {"type": "worker", "index": 0}}.'
)


@dataclass(frozen=True)
class Place:
    """The place where a process computes.

    Attributes:
        strategy: How its devices, and those of other processes, work together.
        device: The device, or the first of them.
        label: What people call all of them.
        note: A sentence for the user where it is not what was wished for, else "".
        part: Its part of each batch.
    """

    strategy: tf.distribute.Strategy
    device: devices.Device
    label: str
    note: str
    part: Part


def find(wish: str) -> Place:
    """Return the place to compute.

    Args:
        wish: “auto”, the name of a device, several names with commas between them, or “all”. Where the environment
            has `TF_CONFIG`, the process is one of several and uses all its graphics cards.

    Raises:
        DeblurError: `TF_CONFIG` is not as TensorFlow wants it.
    """
    devices.load_engine()
    import tensorflow as tf

    if (part := part_of_this_process()).count > 1:
        cpu = devices.processor()
        label = f"{part.count} processes, number {part.index + 1} on {cpu.label}"
        return Place(_join_processes(), cpu, label, "", part)
    if wish != ALL and "," not in wish:
        device, note = devices.choose(wish)
        return Place(tf.distribute.OneDeviceStrategy(device.tf_name), device, device.label, note, WHOLE)
    names = _all_names() if wish == ALL else [name.strip() for name in wish.split(",")]
    devices_found = [_exactly(name) for name in names]
    strategy = tf.distribute.MirroredStrategy([device.tf_name for device in devices_found])
    return Place(strategy, devices_found[0], " and ".join(device.label for device in devices_found), "", WHOLE)


def part_of_this_process() -> Part:
    """Return the part of the work that is this process's; all of it, unless the environment has `TF_CONFIG`.

    Raises:
        DeblurError: `TF_CONFIG` is not as TensorFlow wants it.
    """
    text = os.environ.get(_VARIABLE)
    return WHOLE if text is None else cluster(text)


@contextmanager
def worker_run_folder(run: Run, *, is_new: bool) -> Iterator[Run]:
    """Yield the folder this process writes into: that of the run, or for all but the first process, a temporary one.

    Each process comes to the same weights and figures, and one of them is enough to keep them. The others read the
    folder when a training is resumed, so it has to be one that all machines see.

    Args:
        run: The run as all processes know it.
        is_new: Whether it begins now; else what it has come to is copied.

    Raises:
        DeblurError: The folder to go on with cannot be read.
    """
    if part_of_this_process().is_chief:
        yield run
        return
    with tempfile.TemporaryDirectory(prefix="deblur-worker-") as folder:
        own = Run(Path(folder) / run.folder.name)
        if not is_new:
            try:
                shutil.copytree(run.folder, own.folder, ignore=shutil.ignore_patterns(".*.part", "*.png", "model*"))
            except OSError as error:  # `shutil.Error` is one
                raise DeblurError(f"“{run.folder}” cannot be read by every process: {error}.") from error
        yield own


def cluster(text: str) -> Part:
    """Return the part of this process that `TF_CONFIG` tells.

    Args:
        text: JSON: {"cluster": {"worker": ["host:port", …]}, "task": {"type": "worker", "index": 0}}.

    Raises:
        DeblurError: It is not that.
    """
    try:
        content: dict[str, Any] = json.loads(text)
        workers, task = content["cluster"]["worker"], content["task"]
        part = Part(int(task["index"]), len(workers))
        is_worker = task["type"] == "worker" and set(content["cluster"]) == {"worker"}
    except (ValueError, KeyError, TypeError) as error:
        raise DeblurError(_WANTED) from error
    if not is_worker or not 0 <= part.index < part.count:
        raise DeblurError(_WANTED)
    return part


@functools.cache
def _join_processes() -> tf.distribute.Strategy:
    """Return the strategy of all processes together; it can be made once in a process, before anything is computed."""
    import tensorflow as tf

    options = tf.distribute.experimental.CommunicationOptions(
        implementation=tf.distribute.experimental.CommunicationImplementation.AUTO
    )
    return tf.distribute.MultiWorkerMirroredStrategy(communication_options=options)


def _all_names() -> list[str]:
    cards = [device.name for device in devices.list_devices() if device.is_gpu and devices.works(device)]
    return cards or ["cpu"]


def _exactly(name: str) -> devices.Device:
    """Return a device that must be there: of several, none can be replaced."""
    if name.startswith("cpu:"):  # parts of the processor, which a program can set up before it computes
        return devices.Device(name, f"CPU {name.removeprefix('cpu:')}", f"/{name.upper()}")
    device, note = devices.choose(name)
    if note:
        raise DeblurError(note)
    return device
