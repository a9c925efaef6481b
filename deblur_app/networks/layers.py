"""Convolutions that train in mixed precision as they do in float32."""

from __future__ import annotations

import keras
from keras import layers, ops


class Convolution(layers.Conv2D):  # type: ignore[misc]
    """Keras's Conv2D, which in mixed precision adds its bias in float32.

    The gradient of a bias is a sum over every pixel of a batch. Summed in bfloat16 it is wrong (measured on the
    paper's network: cosine 0.29 with the float32 gradient), and the network stops learning.
    """

    def call(self, inputs: keras.KerasTensor) -> keras.KerasTensor:
        """Convolve; shapes as in `keras.layers.Conv2D`."""
        if self.compute_dtype == "float32" or not self.use_bias:
            return super().call(inputs)
        return _add_bias(self, self.convolution_op(inputs, self.kernel))


class TransposedConvolution(layers.Conv2DTranspose):  # type: ignore[misc]
    """Keras's Conv2DTranspose, which in mixed precision adds its bias in float32; see `Convolution`."""

    def call(self, inputs: keras.KerasTensor) -> keras.KerasTensor:
        """Convolve; shapes as in `keras.layers.Conv2DTranspose`."""
        if self.compute_dtype == "float32" or not self.use_bias:
            return super().call(inputs)
        return _add_bias(
            self, ops.conv_transpose(inputs, self.kernel, strides=list(self.strides), padding=self.padding)
        )


def glorot(seed: int) -> keras.Initializer:
    """Return Keras's default initialiser, with a seed of its own instead of the thread's."""
    return keras.initializers.GlorotUniform(seed=seed)


def _add_bias(layer: layers.Layer, x: keras.KerasTensor) -> keras.KerasTensor:
    x = ops.add(ops.cast(x, "float32"), ops.cast(layer.bias, "float32"))
    return ops.cast(layer.activation(x), layer.compute_dtype)
