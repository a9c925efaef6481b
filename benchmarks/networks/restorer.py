"""Benchmark of the restorer's inference beside its parts: a bare convolution, and the bare network.

Large photographs are made of scikit-image's, and restored from file to file in processes of their own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.measuring import in_turn, seconds
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer, resize_pixels
from deblur_app.core.task import run_to_end
from deblur_app.core.tiling.local_tiling import plan
from deblur_app.engine import devices, local_networks

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.picture import Pixels

_TILE = 1024  # side in pixels
_CALLS = 10
"""Of the bare convolution in one measurement, so that it takes about as long as the network."""

_WHOLE = """
import json, os, resource, sys, time
from pathlib import Path
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request
begin = time.perf_counter()
request = Request("restorer-blind", {"model": sys.argv[3]})
restored, _ = run_to_end(tasks.restore_file(Path(sys.argv[1]), request, Path(sys.argv[2])))
times = os.times()
print(json.dumps({"seconds": restored.seconds, "all_seconds": time.perf_counter() - begin,
                  "cpu_seconds": times.user + times.system,
                  "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def flops(card: Path, times: int) -> tuple[float, float]:
    """Measure the GFLOP/s of the network, and of a 3 × 3 convolution of its first width, in the same precision.

    Of the network only the convolutions count, with two operations for a multiplication and addition.
    """
    network = _network(card)
    from deblur_app.networks import weights

    parameters = weights.read_card(card).parameters
    stack = _noise(_TILE, 3 * network.pictures)
    width = parameters["widths"][0]
    alone = _convolution(width, network.precision)
    work = 1e-9 * _operations(parameters["widths"], parameters["blocks"], 3 * network.pictures) * _TILE**2
    work_alone = 1e-9 * 18 * width**2 * (_TILE // 2) ** 2 * _CALLS
    network.predict(stack, 0.01)
    alone()
    return in_turn(
        lambda: work / seconds(lambda: network.predict(stack, 0.01)), lambda: work_alone / seconds(alone), times
    )


def tiling(card: Path, size: tuple[int, int], times: int) -> tuple[float, float]:
    """Measure the seconds for a photo of this size in tiles, and for as many pixels through the network alone."""
    network, device = _network(card), devices.choose("auto")[0]
    pixels = photo(*size)
    cut = plan(*size, most=local_networks.TILE_PIXELS, margin=network.margin, granularity=network.granularity)
    tile = np.ascontiguousarray(pixels[: cut.height, : cut.width])
    share = size[0] * size[1] / (cut.height * cut.width)
    network.predict(tile, 0.01)

    def restore_in_tiles() -> None:
        run_to_end(local_networks.restore([pixels], card=card, device=device, noise=0.01))

    return in_turn(
        lambda: seconds(restore_in_tiles), lambda: share * seconds(lambda: network.predict(tile, 0.01)), times
    )


def photo(height: int, width: int) -> Pixels:
    """Return a photograph of any size."""
    import skimage.data

    return resize_pixels(from_integer(np.asarray(skimage.data.coffee())), width, height)


def measure_file(card: Path, height: int, width: int) -> dict[str, float]:
    """Measure the time and memory of a new process that restores a JPEG of this size and writes a JPEG."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "photo.jpg"), Path(folder, "result.jpg")
        image_io.write(Picture(photo(height, width)), source)
        done = subprocess.run(
            [sys.executable, "-c", _WHOLE, str(source), str(target), str(card)],
            capture_output=True,
            text=True,
            check=True,
        )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _network(card: Path) -> local_networks.LocalNetwork:
    return run_to_end(local_networks.load(card, devices.choose("auto")[0]))


def _noise(side: int, channels: int) -> Pixels:
    return np.random.default_rng(0).random((side, side, channels), np.float32)


def _convolution(width: int, precision: str) -> Callable[[], Any]:
    """Return a convolution of `width` channels at half the resolution of a tile, the most frequent in the network."""
    import tensorflow as tf

    kind = tf.bfloat16 if precision == "bfloat16" else tf.float32
    x = tf.cast(tf.random.uniform((1, _TILE // 2, _TILE // 2, width)), kind)
    kernel = tf.cast(tf.random.uniform((3, 3, width, width)), kind)
    return lambda: [tf.nn.conv2d(x, kernel, 1, "SAME").numpy() for _ in range(_CALLS)]


def _operations(widths: list[int], blocks: list[int], channels: int) -> float:
    """Count the multiplications and additions of the restorer's convolutions, for one pixel of the photo."""
    total = 18 * ((4 * channels + 2) * widths[0] + 12 * widths[0]) / 4
    for level, (width, count) in enumerate(zip(widths, blocks, strict=True)):
        ways = 1 if level == len(widths) - 1 else 2
        total += ways * count * 2 * 18 * width**2 / 4 ** (level + 1)
        if level:
            total += 2 * 8 * widths[level - 1] * width / 4 ** (level + 1)
    return total
