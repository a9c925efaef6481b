"""The devices that compute: the processor and each graphics card, by name.

Everything that TensorFlow says of GPUs follows its guide “Use a GPU”: memory growth is set before the first
operation, and a card is tried out in a process of its own, because one that the build does not know can end the
process it runs in.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import logging
import os
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.program.frozen import is_frozen
from deblur_app.core.program.processor import has_avx
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

AUTO = "auto"
"""The device name that means: the first graphics card that works, else the processor."""

_PROBE = (
    "import sys, tensorflow as tf\n"
    "tf.config.set_soft_device_placement(False)\n"  # else what the card cannot do is done by the processor in silence
    "[tf.config.experimental.set_memory_growth(g, True) for g in tf.config.list_physical_devices('GPU')]\n"
    "with tf.device(sys.argv[1]):\n"
    "    y = tf.nn.conv2d(tf.ones([1, 16, 16, 3]), tf.ones([3, 3, 3, 8]), 1, 'VALID')\n"
    "assert abs(float(y[0, 0, 0, 0]) - 27) < 1e-3\n"
)
_PROBE_SECONDS = 120
"""Seconds after which a device that is tried out counts as failed."""


@dataclass(frozen=True)
class Device:
    """A device that computes.

    Attributes:
        name: What settings and the command line call it: “cpu”, “gpu:0”, “gpu:1”.
        label: What people call it, such as “CPU (AMD EPYC, 2 cores)” or “NVIDIA GeForce RTX 4070”.
        tf_name: TensorFlow's name, such as “/GPU:0”.
    """

    name: str
    label: str
    tf_name: str

    @property
    def is_gpu(self) -> bool:
        """True if it is a graphics card."""
        return self.name.startswith("gpu")


_LIBRARIES = ("libtensorflow_framework", "libtensorflow_cc")
"""TensorFlow's shared libraries, in the order in which they are loaded: without the ending, which differs by system."""

_loading = threading.Lock()


def load_engine() -> None:
    """Import TensorFlow and set it up; takes seconds the first time, nothing afterwards. Safe from any thread.

    TensorFlow and CUDA print to file descriptor 2 before their logging can be set, so that descriptor points to
    nowhere meanwhile.

    Raises:
        DeblurError: The processor lacks the instructions that TensorFlow is built with: it would end the process.
    """
    if not has_avx():
        raise DeblurError(
            tr("This processor is too old for networks: it lacks AVX. The methods without a network work.")
        )
    with _loading:
        _load_engine_once()


@functools.cache
def _load_engine_once() -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("ENABLE_RUNTIME_UPTIME_TELEMETRY", "0")  # TensorFlow switches it on where nobody did so
    with _silent_stderr():
        load_libraries()
        import tensorflow as tf

        for gpu in tf.config.list_physical_devices("GPU"):
            try:
                tf.config.experimental.set_memory_growth(gpu, enable=True)
            except (RuntimeError, ValueError) as error:  # too late, or virtual devices: works without
                log.warning("No memory growth on %s: %s", gpu.name, error)


def load_libraries() -> list[Path]:
    """Load TensorFlow's shared libraries without Python's lock, so that the window goes on meanwhile; return which.

    `import` holds the lock while the system loads a library of 1 GB and runs its initialisers, which froze the window
    for 0.3 to 0.7 s. A function that is called through ctypes runs without the lock, also the system's `dlopen`; what
    it has loaded, the import finds there. Where this cannot be done, as on Windows, nothing happens.
    """
    package = importlib.util.find_spec("tensorflow")
    if os.name != "posix" or package is None or package.origin is None:
        return []
    load = ctypes.CDLL(None).dlopen
    load.restype, load.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
    files = [file for name in _LIBRARIES for file in sorted(Path(package.origin).parent.glob(f"{name}.*"))]
    return [file for file in files if load(os.fsencode(file), os.RTLD_NOW)]


@contextmanager
def _silent_stderr() -> Iterator[None]:
    if sys.stderr is None:  # a windowed build has none
        yield
        return
    try:
        saved = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)


def list_devices() -> list[Device]:
    """Return all devices that TensorFlow sees, the processor first."""
    load_engine()
    import tensorflow as tf

    gpus = []
    for index, gpu in enumerate(tf.config.list_physical_devices("GPU")):
        label = tf.config.experimental.get_device_details(gpu).get("device_name", f"GPU {index}")
        gpus.append(Device(f"gpu:{index}", str(label), f"/GPU:{index}"))
    return [processor(), *gpus]


def processor() -> Device:
    """Return the processor; known without TensorFlow."""
    return Device("cpu", _cpu_label(), "/CPU:0")


def choose(name: str, devices: list[Device] | None = None) -> tuple[Device, str]:
    """Return the device to compute on for the wish `name`, which falls back to the processor.

    Args:
        name: `AUTO`, or the name of a device.
        devices: What there is to choose from; None asks TensorFlow.

    Returns:
        The device, and a sentence for the user where it is not the one that was wished for, else "".
    """
    devices = list_devices() if devices is None else devices
    cpu = devices[0]
    if name == AUTO:
        working = (device for device in devices if device.is_gpu and works(device))
        return next(working, cpu), ""
    device_of_name = next((device for device in devices if device.name == name), None)
    if device_of_name is None:
        return cpu, tr("There is no device “{name}” here, so the CPU computes instead.", name=name)
    if device_of_name.is_gpu and not works(device_of_name):
        return cpu, tr(
            "{label} does not work with this TensorFlow, so the CPU computes instead.", label=device_of_name.label
        )
    return device_of_name, ""


@functools.cache
def works(device: Device) -> bool:
    """Return whether a small convolution on `device` is right, tried once in a process of its own.

    The installed program is built for the processor, and has no interpreter for that process: False.
    """
    if is_frozen():
        return False
    import subprocess

    try:
        process = subprocess.run(
            [sys.executable, "-c", _PROBE, device.tf_name],
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("The probe of %s did not end: %s", device.label, error)
        return False
    if process.returncode != 0:
        log.warning("The probe of %s failed: %s", device.label, process.stderr.decode(errors="replace")[-2000:])
    return process.returncode == 0


_precision = "auto"


def set_precision(precision: str) -> None:
    """Let networks that are loaded from now on compute so: “auto”, or “float32” in any case."""
    global _precision  # noqa: PLW0603 -- one program, one precision
    _precision = precision


def bfloat16_pays(tf_name: str) -> bool:
    """Return whether networks are to compute in bfloat16 on a device: it is clearly faster, and the user allows it."""
    return _precision == "auto" and is_faster_in_bfloat16(tf_name)


@functools.cache
def is_faster_in_bfloat16(tf_name: str) -> bool:
    """Return whether convolution on a device is clearly faster in bfloat16 than in float32; measured in about 0.2 s.

    It is on processors with avx512_bf16 or AMX and on recent GPUs, and it is slower everywhere else.
    """
    import time

    import tensorflow as tf

    def best_seconds(dtype: tf.DType) -> float:
        with tf.device(tf_name):
            picture, kernel = tf.ones([4, 64, 64, 64], dtype), tf.ones([3, 3, 64, 64], dtype)
            times = []
            for _ in range(6):
                begin = time.perf_counter()
                tf.nn.conv2d(picture, kernel, 1, "SAME").numpy()
                times.append(time.perf_counter() - begin)
        return min(times[1:])

    return best_seconds(tf.bfloat16) < 0.75 * best_seconds(tf.float32)


@functools.cache
def _cpu_label() -> str:
    import psutil

    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    return f"CPU ({_cpu_model()}, {cores} core{'s' if cores > 1 else ''})"


def _cpu_model() -> str:
    """Return the processor's name; on Linux `platform` only knows the architecture."""
    import platform

    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 – not a file of the user's
            model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    except OSError:
        model = ""
    return model or platform.processor() or platform.machine()
