"""Neural methods: a model is loaded once for each device and run over whole pictures or tiles."""

from __future__ import annotations

import functools
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core import metrics
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import resize_pixels
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.core.tiling import blended_tiling
from deblur_app.engine import devices
from deblur_app.engine.method import BUNDLED
from deblur_app.engine.models.installed import card_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from deblur_app.engine.devices import Device

log = logging.getLogger(__name__)

BATCH = 16
"""Tiles in one call: large enough to keep a processor busy, small enough for any memory."""

_PRECISION_DB = 50.0
"""PSNR in dB between outputs in bfloat16 and float32 above which bfloat16 is taken: the difference is invisible."""


@dataclass(frozen=True)
class Predictor:
    """A loaded model on a device.

    Attributes:
        side: Side in pixels of the squares it takes.
        predict: Float32 (n, side, side, 3) → the same shape.
    """

    side: int
    predict: Callable[[Pixels], Pixels]


def restore_whole(pixels: Pixels, *, model: str, device: Device) -> Task[Pixels]:
    """Restore the whole picture at the network's own size, as the paper does.

    Returns:
        An array of shape (side, side, 3).
    """
    predictor = yield from load_model(model, device)
    yield Progress(0.5, tr("Deblurring"))
    small = resize_pixels(pixels, predictor.side, predictor.side)
    restored: Pixels = predict_in_halves(predictor.predict, small[np.newaxis])[0]
    return restored


def restore_tiles(pixels: Pixels, *, model: str, device: Device, overlap: int) -> Task[Pixels]:
    """Restore the picture in its own size, in overlapping tiles of the network's size.

    Args:
        pixels: Float32 array of shape (height, width, 3).
        model: `BUNDLED`, the name of an installed model, or the path of a card.
        device: Where to compute.
        overlap: Pixels that neighbouring tiles share; at most three quarters of the network's side are taken.
    """
    predictor = yield from load_model(model, device)
    side = predictor.side
    function = functools.partial(predict_in_halves, predictor.predict)
    return (
        yield from blended_tiling.map_tiles(
            pixels, function, tile=side, overlap=min(overlap, side * 3 // 4), batch=BATCH
        )
    )


def load_model(model: str, device: Device) -> Task[Predictor]:
    """Return a model, ready on `device`; kept, so that the second call returns at once.

    Raises:
        DeblurError: There is no such model, or its files are broken.
    """
    yield Progress(0.0, tr("Loading the model"))
    path = resource("weights", "autoencoder.json") if model == BUNDLED else card_of(model)
    try:
        version = path.stat().st_mtime_ns
    except OSError as error:
        raise DeblurError(
            tr("The model “{path}” cannot be read: {reason}. Choose another model.", path=path, reason=error.strerror)
        ) from error
    return _load(path, version, device)


def predict_in_halves(predict: Callable[[Pixels], Pixels], batch: Pixels) -> Pixels:
    """Run `predict(batch)`, in halves of halves where the device has no memory for the whole.

    Raises:
        DeblurError: Not even one square fits.
    """
    from tensorflow.errors import ResourceExhaustedError

    try:
        return predict(batch)
    except ResourceExhaustedError as error:
        if len(batch) == 1:
            raise DeblurError(
                tr("The device has too little memory for a single tile. Choose the CPU, or close other programs.")
            ) from error
        log.warning("Out of memory with %d tiles in one call; trying half", len(batch))
    # Outside the `except`: the exception holds on to the tensors of the failed call.
    middle = len(batch) // 2
    return np.concatenate([predict_in_halves(predict, part) for part in (batch[:middle], batch[middle:])])


def forget_loaded() -> None:
    """Load models anew when they are next needed."""
    _load.cache_clear()


@functools.lru_cache(maxsize=4)
def _load(path: Path, _version: int, device: Device) -> Predictor:
    """Load a model; `_version` is in the key so that a file that was replaced is loaded anew."""
    devices.load_engine()
    from deblur_app.networks import weights

    card = weights.read_card(path)
    if card.architecture != "autoencoder":
        raise DeblurError(
            tr(
                "“{name}” is a model of the kind “{architecture}”: choose another method for it.",
                name=path.name,
                architecture=card.architecture,
            )
        )
    model, side = weights.load(path)[0], int(card.parameters["side"])
    predict = _compile(model, side, device)
    if devices.bfloat16_pays(device.tf_name):
        fast = _compile(weights.load(path, dtype="mixed_bfloat16")[0], side, device)
        sample = np.random.default_rng(0).random((1, side, side, 3), np.float32)
        if metrics.psnr(predict(sample), fast(sample)) > _PRECISION_DB:
            predict = fast
    return Predictor(side, predict)


def _compile(model: Any, side: int, device: Device) -> Callable[[Pixels], Pixels]:
    import tensorflow as tf

    signature = tf.TensorSpec((None, side, side, 3), tf.float32)

    @tf.function(input_signature=[signature], autograph=False)  # type: ignore[untyped-decorator]
    def function(batch: tf.Tensor) -> tf.Tensor:
        return model(batch, training=False)

    def predict(batch: Pixels) -> Pixels:
        with tf.device(device.tf_name):
            return np.asarray(function(tf.constant(batch)))

    return predict
