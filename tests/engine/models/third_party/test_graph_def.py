"""A checked graph under TensorFlow: what it computes, and what it is not allowed to."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine import devices
from deblur_app.engine.models.third_party import graph, graph_def

FLOAT, INT = {"type": "DT_FLOAT"}, {"type": "DT_INT32"}


def data_of(tiny_package) -> bytes:
    """The stored form of a package's graph."""
    devices.load_engine()
    return graph_def.serialize_graph(graph.check_graph(tiny_package.files()["models/model.json"], tiny_package.shards))


def add_numbers(tiny_package, name, *numbers):
    """Weights of type int32, in a file of their own."""
    tiny_package.shards[f"{name}.bin"] = np.array(numbers, "<i4").tobytes()
    entry = {"name": name, "shape": [len(numbers)], "dtype": "int32"}
    tiny_package.model["weightsManifest"].append({"paths": [f"{name}.bin"], "weights": [entry]})


def convolve_and_add(pixels, kernel):
    """The picture plus its convolution, by the definition of a convolution."""
    padded = np.pad(pixels, ((1, 1), (1, 1), (0, 0)))
    height, width = pixels.shape[:2]
    parts = [padded[i : i + height, j : j + width] @ kernel[i, j] for i in range(3) for j in range(3)]
    return pixels + sum(parts)


def test_it_computes_what_the_graph_says(tiny_package, scene):
    """The numbers are those of the definition, for pictures of the size that it was loaded for."""
    predict = graph_def.load_network(data_of(tiny_package), *scene.shape[:2], "/CPU:0")
    assert np.allclose(predict(scene), convolve_and_add(scene, tiny_package.kernel), atol=1e-5)


def test_results_that_would_fill_the_memory_are_found_before_they_are_computed(tiny_package):
    """Sizes follow from the size of the tile: a graph that asks for terabytes is refused, not run."""
    add_numbers(tiny_package, "huge", 400_000, 400_000, 1, 3)
    tiny_package.nodes += [
        {"name": "huge", "op": "Const", "attr": {"dtype": INT}},
        {"name": "wide", "op": "BroadcastTo", "input": ["xs", "huge"], "attr": {"T": FLOAT, "Tidx": INT}},
    ]
    tiny_package.node("Identity")["input"] = ["wide"]
    with pytest.raises(DeblurError, match="480,000,000,000 numbers at BroadcastTo"):
        graph_def.load_network(data_of(tiny_package), 1, 1, "/CPU:0")


def test_shapes_that_depend_on_the_pixels_are_refused(tiny_package):
    """A shape that is not known before cannot be bounded before."""
    add_numbers(tiny_package, "axes", 0, 1, 2)
    tiny_package.nodes += [
        {"name": "axes", "op": "Const", "attr": {"dtype": INT}},
        {"name": "light", "op": "Sum", "input": ["xs", "axes"], "attr": {"T": FLOAT, "Tidx": INT}},
        {"name": "count", "op": "Cast", "input": ["light"], "attr": {"SrcT": FLOAT, "DstT": INT}},
        {"name": "wild", "op": "Reshape", "input": ["xs", "count"], "attr": {"T": FLOAT, "Tshape": INT}},
    ]
    tiny_package.node("Identity")["input"] = ["wild"]
    with pytest.raises(DeblurError, match="unknown size"):
        graph_def.load_network(data_of(tiny_package), 8, 8, "/CPU:0")


def test_a_network_that_makes_no_picture_is_refused(tiny_package):
    """The result has the size of the picture."""
    tiny_package.node("conv")["attr"]["padding"] = {"s": "VkFMSUQ="}
    tiny_package.node("Identity")["input"] = ["conv"]
    with pytest.raises(DeblurError, match="not for photos"):
        graph_def.load_network(data_of(tiny_package), 8, 8, "/CPU:0")


def test_a_stored_graph_that_has_changed_is_not_run(tmp_path):
    """By its hash; and a file that is no graph says so even where the hash is right."""
    file = tmp_path / "graph.pb"
    file.write_bytes(b"something else")
    with pytest.raises(DeblurError, match="has changed"):
        graph_def.read(file, "0" * 64)
    with pytest.raises(DeblurError, match="cannot be read"):
        graph_def.read(tmp_path / "none", "0" * 64)
    devices.load_engine()
    with pytest.raises(DeblurError, match="cannot be run"):
        graph_def.load_network(b"something else", 8, 8, "/CPU:0")


def test_an_operation_that_was_put_into_the_stored_graph_is_not_run(tiny_package):
    """The operations are looked at again when the graph is loaded."""
    import tensorflow as tf

    definition = tf.compat.v1.GraphDef.FromString(data_of(tiny_package))
    definition.node[-1].op = "ReadFile"
    with pytest.raises(DeblurError, match="more than compute"):
        graph_def.load_network(definition.SerializeToString(), 8, 8, "/CPU:0")
