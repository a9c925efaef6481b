"""The network of the paper's Table 1: every shape and every count."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.networks.autoencoder import build_autoencoder, build_decoder, build_encoder
from deblur_app.networks.weights import Card

if TYPE_CHECKING:
    from collections.abc import Callable

    import keras

ENCODER = [
    ("encoder_input", (128, 128, 3), 0),
    ("encoder_conv_1", (64, 64, 64), 1_792),
    ("encoder_conv_2", (32, 32, 128), 73_856),
    ("encoder_conv_3", (16, 16, 256), 295_168),
    ("encoder_flatten", (65_536,), 0),
    ("latent_vector", (256,), 16_777_472),
]
DECODER = [
    ("decoder_input", (256,), 0),
    ("decoder_dense", (65_536,), 16_842_752),
    ("decoder_reshape", (16, 16, 256), 0),
    ("decoder_conv_1", (32, 32, 256), 590_080),
    ("decoder_conv_2", (64, 64, 128), 295_040),
    ("decoder_conv_3", (128, 128, 64), 73_792),
    ("decoder_output", (128, 128, 3), 1_731),
]


def table(model: keras.Model) -> list[tuple[str, tuple[int, ...], int]]:
    """Name, output shape and parameters of each layer."""
    return [(layer.name, tuple(layer.output.shape[1:]), layer.count_params()) for layer in model.layers]


def test_the_encoder_is_table_1() -> None:
    """Shapes and counts as the paper prints them."""
    encoder = build_encoder()
    assert table(encoder) == ENCODER
    assert encoder.count_params() == 17_148_288


def test_the_decoder_is_table_1() -> None:
    """Shapes and counts as the paper prints them."""
    decoder = build_decoder()
    assert table(decoder) == DECODER
    assert decoder.count_params() == 17_803_395


def test_the_autoencoder_is_both_in_a_row() -> None:
    """34,951,683 parameters, a picture in and a picture out."""
    model = build_autoencoder()
    assert model.count_params() == 34_951_683
    assert model.input_shape == model.output_shape == (None, 128, 128, 3)
    assert [part.name for part in model.layers[1:]] == ["encoder", "decoder"]


def test_layers_do_as_the_paper_says() -> None:
    """3×3 kernels, stride 2, ReLU inside, sigmoid at the end, same padding."""
    layers = [*build_encoder().layers, *build_decoder().layers]
    convolutions = [layer for layer in layers if "conv" in layer.name]
    assert len(convolutions) == 6
    for layer in convolutions:
        assert (layer.kernel_size, layer.strides, layer.padding) == ((3, 3), (2, 2), "same")
        assert layer.activation.__name__ == "relu"
    assert layers[-1].activation.__name__ == "sigmoid"
    assert (layers[-1].kernel_size, layers[-1].strides) == ((3, 3), (1, 1))


def test_it_does_what_every_network_must(
    tiny: dict[str, Any], check_network: Callable[[keras.Model, Card], None]
) -> None:
    """Trains, saves and comes back equal."""
    card = Card("tiny", "autoencoder", {**tiny, "filters": list(tiny["filters"])})
    check_network(build_autoencoder(**tiny), card)


def test_variables_and_output_stay_in_float32(tiny: dict[str, Any]) -> None:
    """Under mixed precision only what lies between is computed in fewer bits."""
    model = build_autoencoder(**tiny, dtype="mixed_bfloat16")
    assert {v.dtype for v in model.weights} == {"float32"}
    assert model(np.zeros((1, 16, 16, 3), np.float32)).dtype == "float32"


def test_equal_seeds_give_equal_networks(tiny: dict[str, Any]) -> None:
    """Whatever was built before, and in any thread; another seed gives another network."""
    one, same, other = (build_autoencoder(**tiny, seed=seed) for seed in (3, 3, 4))
    for a, b in zip(one.weights, same.weights, strict=True):
        assert np.array_equal(a.numpy(), b.numpy()), a.path
    assert not np.array_equal(one.weights[0].numpy(), other.weights[0].numpy())


def test_outputs_are_pixels(tiny: dict[str, Any]) -> None:
    """In [0, 1], whatever goes in."""
    batch = np.random.default_rng(0).uniform(-50, 50, (2, 16, 16, 3)).astype(np.float32)
    outputs = np.asarray(build_autoencoder(**tiny)(batch))
    assert 0 <= outputs.min() <= outputs.max() <= 1


def test_bfloat16_changes_little(tiny: dict[str, Any]) -> None:
    """The same weights in half the bits give nearly the same picture."""
    batch = np.random.default_rng(0).random((2, 16, 16, 3), np.float32)
    models = [build_autoencoder(**tiny, dtype=dtype) for dtype in ("float32", "mixed_bfloat16")]
    for variable in itertools.chain.from_iterable(model.weights for model in models):
        variable.assign(2 * variable)  # as they begin, the picture is grey whatever goes in
    full, half = (np.asarray(model(batch)) for model in models)
    assert full.std() > 0.1
    np.testing.assert_allclose(full, half, atol=0.02)
