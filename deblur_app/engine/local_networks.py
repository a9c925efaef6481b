"""Networks that restore photos in their own size: loaded once, tried out, run part by part and watched."""

from __future__ import annotations

import functools
import logging
import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core import metrics
from deblur_app.core.amounts import describe_bytes, describe_duration
from deblur_app.core.errors import DeblurError
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress, Task, run_to_end
from deblur_app.core.texts import tr
from deblur_app.core.tiling.local_tiling import map_local, plan
from deblur_app.engine import devices, output_check
from deblur_app.engine.method import MethodResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from deblur_app.core.tiling.local_tiling import Region
    from deblur_app.engine.devices import Device

log = logging.getLogger(__name__)

MARGIN = 64
"""Pixels from the edge of a tile from where on it is as the whole picture: to 1/255 in 99.9 % of the pixels of a photo.

The receptive field reaches twice as far, with hardly any influence; measured in docs/adr/0009-tiles-of-the-restorer.md.
"""

TILE_PIXELS = 2_300_000
"""Pixels of a tile at most: so many that its margins cost about a tenth, so few that any computer has the memory."""

_BYTES_PER_TILE_PIXEL = 200
"""Bytes that the network holds while it computes, in float32; measured."""

_MOST_LOST_DB = 0.05
"""Loss of PSNR that bfloat16 may cost against the truth."""

_SAMPLE = 256
"""Side in pixels of the picture that a network is tried out and timed on."""


@dataclass(frozen=True)
class LocalNetwork:
    """A network that is ready on a device.

    Attributes:
        pictures: How many pictures of a scene it is given; the last is the photo.
        margin: Pixels from the edge of a tile that are not to be trusted.
        granularity: What sides of tiles must be multiples of.
        predict: Float32 (height, width, 3 · pictures) and noise level → (height, width, 3).
        exact: The same in float32 on the processor; loaded when it is first called.
        precision: “float32” or “bfloat16”.
        pace: Seconds for a megapixel, measured on a small sample.
    """

    pictures: int
    margin: int
    granularity: int
    predict: Callable[[Pixels, float], Pixels]
    exact: Callable[[Pixels, float], Pixels]
    precision: str
    pace: float


@dataclass(frozen=True)
class Forecast:
    """The expected cost of a restoration: seconds, and megabytes besides the program and the photo."""

    seconds: float
    megabytes: float

    @property
    def label(self) -> str:
        """In words, such as “about 12 s and 740 MB”."""
        return tr(
            "about {duration} and {bytes}",
            duration=describe_duration(self.seconds),
            bytes=describe_bytes(math.ceil(self.megabytes / 10) * 1e7),
        )


def forecast(network: LocalNetwork, height: int, width: int) -> Forecast:
    """Return the expected cost of restoring a photo of this size."""
    cut = plan(height, width, most=TILE_PIXELS, margin=network.margin, granularity=network.granularity)
    needed = height * width * 12 + cut.height * cut.width * _BYTES_PER_TILE_PIXEL
    return Forecast(cut.computed_pixels * network.pace / 1e6, needed / 1e6)


def restore(
    pictures: Sequence[Pixels], *, card: Path, device: Device, noise: float, region: Region | None = None
) -> Task[Pixels | MethodResult]:
    """Restore a photo of any size with the network of a card.

    Args:
        pictures: What the network is given, each of shape (height, width, 3), sRGB-encoded, the photo last.
        card: The network's card.
        device: Where to compute.
        noise: Standard deviation of the photo's noise in linear light.
        region: What the user looks at: it is restored first, and shown by a `PartDone`.

    Returns:
        The restored photo in [0, 1]; with a sentence for the user where something went otherwise than asked for.

    Raises:
        DeblurError: There is no such model, it takes another number of pictures, or there is too little memory.
    """
    network = yield from load(card, device)
    check_pictures(network, len(pictures), card)
    height, width = pictures[0].shape[:2]
    expected = forecast(network, height, width)
    yield Progress(0.0, tr("Deblurring: {label}", label=expected.label), expected.seconds)
    cut = plan(height, width, most=TILE_PIXELS, margin=network.margin, granularity=network.granularity)
    watched = WatchedNetwork(network, noise, device)
    pace = network.pace * cut.height * cut.width / 1e6
    pixels = yield from map_local(pictures, watched.restore, cut, region=region, pace=pace)
    return MethodResult(pixels, watched.note) if watched.note else pixels


def check_pictures(network: LocalNetwork, count: int, card: Path) -> None:
    """Refuse a network that takes another number of pictures.

    Raises:
        DeblurError: It does.
    """
    if network.pictures != count:
        raise DeblurError(
            tr("“{name}” is a model for another method. Choose a model that fits this one.", name=card.name)
        )


class WatchedNetwork:
    """A network whose failures are found and mended while it works.

    Where memory does not suffice, tiles become smaller. Where what comes out cannot be true, it is computed again by
    the processor in float32, as is all that follows.

    Attributes:
        note: A sentence for the user where something happened, else "".
    """

    def __init__(self, network: LocalNetwork, noise: float, device: Device) -> None:
        self._network, self._noise, self._device = network, noise, device
        self._predict = network.predict
        self._most = TILE_PIXELS
        self.note = ""

    def restore(self, stack: Pixels) -> Pixels:
        """Return the restored pixels, in [0, 1], of a tile of any size: float32 (height, width, 3 · pictures).

        Raises:
            DeblurError: The device has no memory even for a small tile.
        """
        from tensorflow.errors import ResourceExhaustedError

        while stack.shape[0] * stack.shape[1] <= self._most:
            try:
                return self._predict_plausible(stack)
            except ResourceExhaustedError:
                log.warning("Out of memory with a tile of %d × %d pixels; trying smaller ones", *stack.shape[1::-1])
            self._shrink(stack)  # outside the `except`: the exception holds on to the tensors of the failed call
        network = self._network
        cut = plan(*stack.shape[:2], most=self._most, margin=network.margin, granularity=network.granularity)
        return run_to_end(map_local([stack], self.restore, cut))

    def _shrink(self, stack: Pixels) -> None:
        margin, step = self._network.margin, self._network.granularity
        least = (4 * -(-margin // step) * step + step) ** 2
        size = stack.shape[0] * stack.shape[1]
        if size <= least:
            raise DeblurError(
                tr("The device has too little memory for a single tile. Choose the CPU, or close other programs.")
            )
        self._most = max(size // 2, least)

    def _predict_plausible(self, stack: Pixels) -> Pixels:
        pictures = np.split(stack, self._network.pictures, axis=2)
        restored = self._predict(stack, self._noise)
        if wrong := output_check.defect(pictures, restored):
            log.warning("%s gave %s in %s", self._device.label, wrong, self._network.precision)
            self._predict = self._network.exact
            restored = self._predict(stack, self._noise)
            self.note = tr(
                "{label} gave {wrong} in {precision}, so the CPU computed it in float32.",
                label=self._device.label,
                wrong=wrong,
                precision=self._network.precision,
            )
            if again := output_check.defect(pictures, restored):
                self.note = tr("The result has {again}. Check it closely, or choose another model.", again=again)
        return np.clip(restored, 0.0, 1.0)


def load(card: Path, device: Device) -> Task[LocalNetwork]:
    """Return a network, ready on `device`; kept, so that the second call returns at once.

    Raises:
        DeblurError: There is no such model, it is none for photos of any size, or its files are broken.
    """
    yield Progress(0.0, tr("Loading the model"))
    try:
        version = card.stat().st_mtime_ns
    except OSError as error:
        raise DeblurError(
            tr("The model “{card}” cannot be read: {reason}. Choose another model.", card=card, reason=error.strerror)
        ) from error
    return _load(card, version, device)


def forget_loaded() -> None:
    """Load models anew when they are next needed."""
    _load.cache_clear()


@functools.lru_cache(maxsize=4)
def _load(path: Path, version: int, device: Device) -> LocalNetwork:
    """Load a network; `version` is in the key so that a file that was replaced is loaded anew."""
    devices.load_engine()
    from deblur_app.networks import restorer, weights

    card = weights.read_card(path)
    if "widths" not in card.parameters:
        raise DeblurError(
            tr(
                "“{name}” is a model of the kind “{architecture}”: choose another method for it.",
                name=path.name,
                architecture=card.architecture,
            )
        )
    widths, blocks = card.parameters["widths"], card.parameters["blocks"]
    pictures = int(card.parameters.get("pictures", 1))
    field = restorer.receptive_field(widths, blocks)
    plain = _compile(path, version, device.tf_name, "float32")
    network = LocalNetwork(
        pictures=pictures,
        margin=min(MARGIN, field // 2),
        granularity=restorer.granularity(widths),
        predict=plain,
        exact=lambda stack, noise: _compile(path, version, "/CPU:0", "float32")(stack, noise),
        precision="float32",
        pace=0.0,
    )
    if devices.bfloat16_pays(device.tf_name):
        fast = _compile(path, version, device.tf_name, "mixed_bfloat16")
        if _precision_loss(plain, fast, pictures) < _MOST_LOST_DB:
            network = replace(network, predict=fast, precision="bfloat16")
    return replace(network, pace=_pace(network))


@functools.lru_cache(maxsize=8)
def _compile(path: Path, _version: int, place: str, dtype: str) -> Callable[[Pixels, float], Pixels]:
    """Return the network as a function that is traced once for pictures of any size."""
    devices.load_engine()
    import tensorflow as tf

    from deblur_app.networks import weights

    model: Any = weights.load(path, dtype=dtype)[0]
    signature = [tf.TensorSpec((1, None, None, model.inputs[0].shape[-1])), tf.TensorSpec((1,))]

    @tf.function(input_signature=signature, autograph=False)  # type: ignore[untyped-decorator]
    def function(stack: tf.Tensor, noise: tf.Tensor) -> tf.Tensor:
        return model([stack, noise], training=False)

    def predict(stack: Pixels, noise: float) -> Pixels:
        with tf.device(place):
            restored: Pixels = function(tf.constant(stack[np.newaxis]), tf.constant([noise], tf.float32)).numpy()[0]
        return restored

    return predict


def _precision_loss(
    exact: Callable[[Pixels, float], Pixels], fast: Callable[[Pixels, float], Pixels], pictures: int
) -> float:
    """Return the change by the faster precision, in dB of PSNR against the truth of the bundled sample."""
    truth = _sample("coffee_sharp.jpg")
    stack = np.concatenate([_sample("coffee_blurred.jpg")] * pictures, axis=2)
    return abs(metrics.psnr(truth, exact(stack, 0.01)) - metrics.psnr(truth, fast(stack, 0.01)))


def _sample(name: str) -> Pixels:
    from deblur_app.core import image_io

    pixels = image_io.read(resource("samples", name)).pixels
    top, left = (side // 2 - _SAMPLE // 2 for side in pixels.shape[:2])
    return np.ascontiguousarray(pixels[top : top + _SAMPLE, left : left + _SAMPLE])


def _pace(network: LocalNetwork) -> float:
    """Measure the seconds for a megapixel in the second call, because the first one also sets things up."""
    stack = np.full((_SAMPLE, _SAMPLE, 3 * network.pictures), 0.5, np.float32)
    network.predict(stack, 0.01)
    begin = time.perf_counter()
    network.predict(stack, 0.01)
    return (time.perf_counter() - begin) * 1e6 / _SAMPLE**2
