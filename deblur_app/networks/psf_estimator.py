"""The network that says which blur a photograph has, from the power spectrum of a crop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from keras import layers, ops

from deblur_app.blur.blur_posterior import NUMBERS
from deblur_app.blur.spectrum_features import SHAPE, WINDOW
from deblur_app.networks.layers import Convolution, glorot

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTHS = (16, 32, 64, 96)
BLOCKS = (1, 1, 2, 1)

_SUMMARY = 48
"""Channels at the end, before all places are brought together."""

_DENSE = 192
"""Units of the dense layer."""
_CONTRAST = 1.5
"""Standard deviation of the features, roughly."""

_MOST_LEVELS = 5
"""Levels at most, in parameters that are read from a file."""
_WIDEST = 512
"""Channels of a level at most, likewise."""
_MOST_BLOCKS = 8
"""Blocks of a level at most, likewise."""


class Frequencies(layers.Layer):  # type: ignore[misc]
    """Scales the features, and adds channels that say which frequency a place stands for: along y, along x, both.

    The mean of 2 × 2 frequencies is taken, which is four times as fast and tells the zeros of blurs up to 25 pixels.
    """

    def call(self, x: keras.KerasTensor) -> keras.KerasTensor:
        """(batch, 128, 64, planes) → (batch, 64, 32, planes + 3)."""
        along_y, along_x = np.mgrid[-WINDOW // 2 : WINDOW // 2 : 2, : WINDOW // 2 : 2].astype(np.float32) * (2 / WINDOW)
        planes = np.stack([along_y, along_x, np.hypot(along_y, along_x)], axis=-1)
        means = ops.average_pool(x, 2, strides=2)
        shape = (ops.shape(x)[0], *planes.shape)
        return ops.concatenate([means / _CONTRAST, ops.broadcast_to(ops.cast(planes, x.dtype), shape)], axis=-1)


def build_psf_estimator(
    *, widths: Sequence[int] = WIDTHS, blocks: Sequence[int] = BLOCKS, dtype: str = "float32", seed: int = 0
) -> keras.Model:
    """Build the network: features of a crop (128, 64, planes) → numbers that `blur_posterior` reads.

    Convolutions that halve the resolution four times with residual blocks between them (He et al., "Deep residual
    learning for image recognition", 2016), then two dense layers, because where a zero of the spectrum lies is what
    matters. The spreads are learnt with the values (Kendall and Gal, "What uncertainties do we need in Bayesian deep
    learning for computer vision?", 2017).

    Args:
        widths: Channels at 1/4, 1/8, 1/16 … of the resolution of the features.
        blocks: Residual blocks at each of them.
        dtype: Keras's dtype policy; the variables and the last layer are float32 in any.
        seed: Start of the random weights; equal seeds give equal networks, whatever the thread.
    """
    seeds = iter(range(seed, seed + 1000))

    def convolution(width: int, side: int, name: str, **settings: Any) -> Convolution:
        return Convolution(
            width, side, padding="same", dtype=dtype, name=name, kernel_initializer=glorot(next(seeds)), **settings
        )

    spectrum = keras.Input(SHAPE, name="spectrum")
    x = Frequencies(dtype="float32", name="frequencies")(spectrum)
    for level, (width, count) in enumerate(zip(widths, blocks, strict=True), 1):
        x = convolution(width, 3 if level > 1 else 5, f"down_{level}", strides=2, activation="relu")(x)
        for number in range(1, count + 1):
            label = f"level_{level}_block_{number}"
            y = convolution(width, 3, f"{label}_a", activation="relu")(x)
            y = convolution(width, 3, f"{label}_b")(y)
            x = layers.ReLU(dtype=dtype, name=f"{label}_relu")(layers.Add(dtype=dtype, name=f"{label}_sum")([x, y]))
    x = layers.Flatten(dtype=dtype, name="flatten")(convolution(_SUMMARY, 1, "summary", activation="relu")(x))
    x = layers.Dense(_DENSE, "relu", dtype=dtype, name="dense", kernel_initializer=glorot(next(seeds)))(x)
    numbers = layers.Dense(NUMBERS, dtype="float32", name="numbers", kernel_initializer=glorot(next(seeds)))(x)
    return keras.Model(spectrum, numbers, name="network")


def check_parameters(parameters: dict[str, Any]) -> None:
    """Refuse parameters, read from a file, of a network that would be too large or cannot be built.

    Raises:
        ValueError, TypeError: They are not the arguments of `build_psf_estimator`, or out of bounds.
    """
    if set(parameters) != {"widths", "blocks"}:
        raise ValueError(f"parameters = {sorted(parameters)}")
    widths, blocks = parameters["widths"], parameters["blocks"]
    for name, numbers, most in (("widths", widths, _WIDEST), ("blocks", blocks, _MOST_BLOCKS)):
        if not isinstance(numbers, (list, tuple)) or any(type(n) is not int or not 1 <= n <= most for n in numbers):
            raise ValueError(f"{name} = {numbers!r}")
    if not 1 <= len(widths) <= _MOST_LEVELS or len(widths) != len(blocks):
        raise ValueError(f"widths = {widths!r} and blocks = {blocks!r} do not fit")
