"""The convolutional autoencoder of Table 1 of the paper "Image Deblurring" (2024)."""

from __future__ import annotations

import keras
from keras import layers, ops

SIDE = 128
"""Side in pixels of the squares that the paper's network takes."""

FILTERS = (64, 128, 256)
LATENT = 256


class Convolution(layers.Conv2D):  # type: ignore[misc]
    """Keras's Conv2D, which in mixed precision adds its bias in float32.

    The gradient of a bias is a sum over every pixel of a batch. Summed in bfloat16 it is wrong (measured on the
    paper's network: cosine 0.29 with the float32 gradient), and the network stops learning.
    """

    def call(self, inputs: keras.KerasTensor) -> keras.KerasTensor:
        """Convolve; shapes as in `keras.layers.Conv2D`."""
        if self.compute_dtype == "float32":
            return super().call(inputs)
        return _biased(self, self.convolution_op(inputs, self.kernel))


class TransposedConvolution(layers.Conv2DTranspose):  # type: ignore[misc]
    """Keras's Conv2DTranspose, which in mixed precision adds its bias in float32; see `Convolution`."""

    def call(self, inputs: keras.KerasTensor) -> keras.KerasTensor:
        """Convolve; shapes as in `keras.layers.Conv2DTranspose`."""
        if self.compute_dtype == "float32":
            return super().call(inputs)
        return _biased(self, ops.conv_transpose(inputs, self.kernel, strides=list(self.strides), padding=self.padding))


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
            kernel_initializer=_glorot(next(seeds)),
        )(x)  # fmt: skip
    x = layers.Flatten(dtype=dtype, name="encoder_flatten")(x)
    x = layers.Dense(latent, dtype=dtype, name="latent_vector", kernel_initializer=_glorot(next(seeds)))(x)
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
        kernel_initializer=_glorot(next(seeds)),
    )(inputs)
    x = layers.Reshape((small, small, filters[-1]), dtype=dtype, name="decoder_reshape")(x)
    for number, channels in enumerate(reversed(filters), 1):
        x = TransposedConvolution(
            channels, 3, strides=2, padding="same", activation="relu", dtype=dtype, name=f"decoder_conv_{number}",
            kernel_initializer=_glorot(next(seeds)),
        )(x)  # fmt: skip
    outputs = layers.Conv2DTranspose(
        3, 3, padding="same", activation="sigmoid", dtype="float32", name="decoder_output",
        kernel_initializer=_glorot(next(seeds)),
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


def _biased(layer: layers.Layer, x: keras.KerasTensor) -> keras.KerasTensor:
    x = ops.add(ops.cast(x, "float32"), ops.cast(layer.bias, "float32"))
    return ops.cast(layer.activation(x), layer.compute_dtype)


def _glorot(seed: int) -> keras.Initializer:
    """Keras's default initialiser, with a seed of its own instead of the thread's."""
    return keras.initializers.GlorotUniform(seed=seed)
