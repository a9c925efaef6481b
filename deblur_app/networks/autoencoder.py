"""The convolutional autoencoder of Table 1 of the paper "Image Deblurring" (2024)."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

from deblur_app.networks.layers import Convolution, TransposedConvolution, glorot

SIDE = 128
"""Side in pixels of the squares that the paper's network takes."""

FILTERS = (64, 128, 256)
LATENT = 256
"""Values between encoder and decoder, by default."""

_LIMITS = {"side": (8, 1024), "latent": (1, 4096)}
_LARGEST = 500_000_000
"""Weights of both dense layers at most, in parameters that are read from a file."""


def build_encoder(
    *,
    side: int = SIDE,
    filters: tuple[int, ...] = FILTERS,
    latent: int = LATENT,
    dtype: str = "float32",
    seed: int = 0,
) -> keras.Model:
    """Build the encoder: (side, side, 3) → `latent` values.

    One 3×3 convolution with stride 2 and ReLU for each entry of `filters`, flattened into a dense layer
    named `latent_vector`.

    Args:
        side: Side of the input in pixels, a multiple of 2 ** len(filters).
        filters: Channels of each convolution.
        latent: Length of the latent vector.
        dtype: Keras's dtype policy, such as "float32" or "mixed_bfloat16"; the variables are float32 in both.
        seed: Start of the random weights; equal seeds give equal networks, whatever the thread.
    """
    seeds = iter(range(seed, seed + 100))
    inputs = keras.Input((side, side, 3), name="encoder_input")
    x = inputs
    for number, channels in enumerate(filters, 1):
        x = Convolution(
            channels, 3, strides=2, padding="same", activation="relu", dtype=dtype, name=f"encoder_conv_{number}",
            kernel_initializer=glorot(next(seeds)),
        )(x)  # fmt: skip
    x = layers.Flatten(dtype=dtype, name="encoder_flatten")(x)
    x = layers.Dense(latent, dtype=dtype, name="latent_vector", kernel_initializer=glorot(next(seeds)))(x)
    return keras.Model(inputs, x, name="encoder")


def build_decoder(
    *,
    side: int = SIDE,
    filters: tuple[int, ...] = FILTERS,
    latent: int = LATENT,
    dtype: str = "float32",
    seed: int = 0,
) -> keras.Model:
    """Build the decoder: `latent` values → (side, side, 3) in [0, 1], the encoder mirrored.

    The output layer `decoder_output` computes in float32 under any dtype policy. For the arguments see
    `build_encoder`.
    """
    seeds = iter(range(seed + 100, seed + 200))
    small = side // 2 ** len(filters)
    inputs = keras.Input((latent,), name="decoder_input")
    x = layers.Dense(
        small * small * filters[-1],
        dtype=dtype,
        name="decoder_dense",
        kernel_initializer=glorot(next(seeds)),
    )(inputs)
    x = layers.Reshape((small, small, filters[-1]), dtype=dtype, name="decoder_reshape")(x)
    for number, channels in enumerate(reversed(filters), 1):
        x = TransposedConvolution(
            channels, 3, strides=2, padding="same", activation="relu", dtype=dtype, name=f"decoder_conv_{number}",
            kernel_initializer=glorot(next(seeds)),
        )(x)  # fmt: skip
    outputs = layers.Conv2DTranspose(
        3, 3, padding="same", activation="sigmoid", dtype="float32", name="decoder_output",
        kernel_initializer=glorot(next(seeds)),
    )(x)  # fmt: skip
    return keras.Model(inputs, outputs, name="decoder")


def build_autoencoder(
    *,
    side: int = SIDE,
    filters: tuple[int, ...] = FILTERS,
    latent: int = LATENT,
    dtype: str = "float32",
    seed: int = 0,
) -> keras.Model:
    """Build encoder and decoder in a row: (side, side, 3) → (side, side, 3), values in [0, 1].

    With the default arguments it has the paper's 34,951,683 parameters. For the arguments see `build_encoder`.
    """
    encoder = build_encoder(side=side, filters=filters, latent=latent, dtype=dtype, seed=seed)
    decoder = build_decoder(side=side, filters=filters, latent=latent, dtype=dtype, seed=seed)
    inputs = keras.Input((side, side, 3), name="autoencoder_input")
    return keras.Model(inputs, decoder(encoder(inputs)), name="autoencoder")


def check_parameters(parameters: dict[str, Any]) -> None:
    """Refuse parameters, read from a file, of a network that would be too large or cannot be built.

    Raises:
        ValueError, TypeError: They are not the arguments of `build_autoencoder`, or out of bounds.
    """
    if set(parameters) != {"side", "latent", "filters"}:
        raise ValueError(f"parameters = {sorted(parameters)}")
    for name, (low, high) in _LIMITS.items():
        value = parameters[name]
        if type(value) is not int or not low <= value <= high:
            raise ValueError(f"{name} = {value!r} is outside {low}…{high}")
    side, latent, filters = parameters["side"], parameters["latent"], parameters["filters"]
    if not isinstance(filters, (list, tuple)) or not 1 <= len(filters) <= 6:
        raise TypeError(f"filters = {filters!r}")
    if any(type(f) is not int or not 1 <= f <= 1024 for f in filters):
        raise ValueError(f"filters = {filters!r}")
    if side % 2 ** len(filters):
        raise ValueError(f"side = {side} is no multiple of {2 ** len(filters)}")
    if 2 * (side // 2 ** len(filters)) ** 2 * filters[-1] * latent > _LARGEST:
        raise ValueError("it is too large")
