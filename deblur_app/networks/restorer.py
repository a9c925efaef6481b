"""The restorer: a residual U-net at half resolution that predicts a correction to the picture it is given.

A U-shaped network (Ronneberger et al., "U-Net", 2015) of plain residual blocks without normalisation (Lim et al.,
"Enhanced deep residual networks for single image super-resolution", 2017; Nah et al., "Deep multi-scale convolutional
neural network for dynamic scene deblurring", 2017) on pixels that are first folded 2 × 2 into channels (Shi et al.,
"Real-time single image and video super-resolution using an efficient sub-pixel convolutional neural network", 2016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
from keras import layers, ops

from deblur_app.networks.layers import Convolution, TransposedConvolution, glorot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTHS = (32, 64, 128)
BLOCKS = (2, 2, 4)

BLIND, GUIDED = 1, 3
"""Pictures that the network is given: the photograph alone, or two deconvolved ones before it."""

NOISE_SCALE = 0.02
"""Noise level that fills the network's noise plane with ones."""

_DEEPEST = 5
"""Levels at most, in parameters that are read from a file."""
_WIDEST = 512
"""Channels of a level at most, likewise."""
_MOST_BLOCKS = 16
"""Blocks of a level at most, likewise."""
_LARGEST = 20_000_000
"""Weights of all residual blocks at most, likewise."""


class NoisePlane(layers.Layer):  # type: ignore[misc]
    """Layer that adds a channel that holds the noise level everywhere, and one that holds ones.

    The ones let the network know where the picture ends, because convolutions see zeros beyond.
    """

    def call(self, x: keras.KerasTensor, noise: keras.KerasTensor) -> keras.KerasTensor:
        """(batch, height, width, channels) and (batch,) → (batch, height, width, channels + 2)."""
        ones = ops.ones_like(x[..., :1])
        level = ops.reshape(ops.cast(noise, x.dtype), (-1, 1, 1, 1)) / NOISE_SCALE
        return ops.concatenate([x, ones * level, ones], axis=-1)


class FirstPicture(layers.Layer):  # type: ignore[misc]
    """The first three channels."""

    def call(self, x: keras.KerasTensor) -> keras.KerasTensor:
        """(batch, height, width, channels) → (batch, height, width, 3)."""
        return x[..., :3]


class Folding(layers.Layer):  # type: ignore[misc]
    """Layer that folds each square of 2 × 2 pixels into the channels of one; with `unfold`, the other way round."""

    def __init__(self, *, unfold: bool = False, **settings: Any) -> None:
        super().__init__(**settings)
        self.unfold = unfold

    def call(self, x: keras.KerasTensor) -> keras.KerasTensor:
        """(batch, height, width, channels) → (batch, height / 2, width / 2, channels · 4), or back."""
        return ops.depth_to_space(x, 2) if self.unfold else ops.space_to_depth(x, 2)

    def get_config(self) -> dict[str, Any]:
        """Return the settings of the layer, for Keras."""
        return {**super().get_config(), "unfold": self.unfold}


def build_restorer(
    *,
    widths: Sequence[int] = WIDTHS,
    blocks: Sequence[int] = BLOCKS,
    pictures: int = BLIND,
    dtype: str = "float32",
    seed: int = 0,
) -> keras.Model:
    """Build the restorer: a picture (height, width, 3), sRGB in [0, 1], and its noise level → the restored picture.

    Alone, the picture is a blurred photograph, whose blur the network has to see for itself (`BLIND`). Where the blur
    is known, it is given three (`GUIDED`): what `network_inputs` made of the photograph, and
    the photograph last. What it predicts is always a correction to the first.

    The last layer starts at zero, so that the network returns its input before it has learnt anything. The output is
    not clipped. Only the layers that change the resolution have biases: a bias in each block would cost as much time
    as a third of its convolutions, because it has to be added in float32 (see `Convolution`).

    Args:
        widths: Channels at 1/2, 1/4, 1/8 … of the resolution. Heights and widths of pictures must be multiples of
            `granularity(widths)`.
        blocks: Residual blocks at each resolution, on the way down and again on the way up (at the lowest, once).
        pictures: How many pictures of a scene it is given, one behind the other in the channels.
        dtype: Keras's dtype policy, such as "float32" or "mixed_bfloat16"; the variables, the first and the last
            layer are float32 in both.
        seed: Start of the random weights; equal seeds give equal networks, whatever the thread.

    Returns:
        A model of two inputs: pictures of shape (batch, height, width, 3 · pictures), and for each the standard
        deviation of its noise in linear light, shape (batch,): 0.01 for 1 % of the brightest light. A larger level
        than the true one gives a smoother picture, a smaller one a crisper and noisier picture.
    """
    seeds = iter(range(seed, seed + 1000))
    picture = keras.Input((None, None, 3 * pictures), name="picture")
    noise = keras.Input((), name="noise")
    x = NoisePlane(dtype="float32", name="noise_plane")(Folding(dtype="float32", name="fold")(picture), noise)
    x = _convolution(widths[0], "first", dtype, seeds)(x)
    skipped = []
    for level, (width, count) in enumerate(zip(widths, blocks, strict=True)):
        if level:
            skipped.append(x)
            x = Convolution(
                width, 2, strides=2, dtype=dtype, name=f"down_{level}", kernel_initializer=glorot(next(seeds))
            )(x)
        x = _blocks(x, f"down_{level}", count=count, width=width, dtype=dtype, seeds=seeds)
    for level in reversed(range(len(widths) - 1)):
        up = TransposedConvolution(
            widths[level], 2, strides=2, dtype=dtype, name=f"up_{level}", kernel_initializer=glorot(next(seeds))
        )(x)
        x = layers.Add(dtype=dtype, name=f"join_{level}")([up, skipped[level]])
        x = _blocks(x, f"up_{level}", count=blocks[level], width=widths[level], dtype=dtype, seeds=seeds)
    x = layers.Conv2D(12, 3, padding="same", dtype="float32", name="last", kernel_initializer="zeros")(x)
    correction = Folding(unfold=True, dtype="float32", name="unfold")(x)
    first = picture if pictures == BLIND else FirstPicture(dtype="float32", name="first_picture")(picture)
    restored = layers.Add(dtype="float32", name="restored")([first, correction])
    return keras.Model([picture, noise], restored, name="restorer")


def granularity(widths: Sequence[int]) -> int:
    """Return the number that heights and widths of pictures must be multiples of."""
    return int(2 ** len(widths))


def receptive_field(widths: Sequence[int] = WIDTHS, blocks: Sequence[int] = BLOCKS) -> int:
    """Return the side in pixels of the square around a pixel that decides its restored value.

    Of a tile that begins at multiples of `granularity(widths)`, what lies half of this from its edges is exactly as in
    the untiled picture. Most of the influence comes from a much smaller square.
    """
    deepest = len(widths) - 1
    reach = 2 * 2  # the first and the last convolution
    for level, count in enumerate(blocks):
        convolutions = 2 * count * (1 if level == deepest else 2)
        reach += convolutions * 2 ** (level + 1)
    return int(2 * (reach + 2 ** (deepest + 1) - 1) + 1)


def check_parameters(parameters: dict[str, Any]) -> None:
    """Refuse parameters, read from a file, of a network that would be too large or cannot be built.

    Raises:
        ValueError, TypeError: They are not the arguments of `build_restorer`, or out of bounds.
    """
    if not {"widths", "blocks"} <= set(parameters) <= {"widths", "blocks", "pictures"}:
        raise ValueError(f"parameters = {sorted(parameters)}")
    if (pictures := parameters.get("pictures", BLIND)) not in (BLIND, GUIDED) or type(pictures) is not int:
        raise ValueError(f"pictures = {pictures!r}")
    widths, blocks = parameters["widths"], parameters["blocks"]
    for name, numbers, most in (("widths", widths, _WIDEST), ("blocks", blocks, _MOST_BLOCKS)):
        if not isinstance(numbers, (list, tuple)) or any(type(n) is not int or not 1 <= n <= most for n in numbers):
            raise ValueError(f"{name} = {numbers!r}")
    if not 1 <= len(widths) <= _DEEPEST or len(widths) != len(blocks):
        raise ValueError(f"widths = {widths!r} and blocks = {blocks!r} do not fit")
    if sum(2 * count * 18 * width**2 for width, count in zip(widths, blocks, strict=True)) > _LARGEST:
        raise ValueError("it is too large")


def _convolution(width: int, name: str, dtype: str, seeds: Iterator[int], **settings: Any) -> Convolution:
    return Convolution(
        width, 3, padding="same", dtype=dtype, name=name, kernel_initializer=glorot(next(seeds)), **settings
    )


def _blocks(
    x: keras.KerasTensor, name: str, *, count: int, width: int, dtype: str, seeds: Iterator[int]
) -> keras.KerasTensor:
    """Return residual blocks in a row: two convolutions with a ReLU between them, added to their input."""
    for number in range(1, count + 1):
        label = f"{name}_block_{number}"
        y = _convolution(width, f"{label}_a", dtype, seeds, activation="relu", use_bias=False)(x)
        y = _convolution(width, f"{label}_b", dtype, seeds, use_bias=False)(y)
        x = layers.Add(dtype=dtype, name=f"{label}_sum")([x, y])
    return x
