"""Checking the graph of a stranger: it computes, or it is refused."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine.models.third_party import graph


def check_package(tiny_package):
    """The graph of a package, checked."""
    return graph.check_graph(tiny_package.files()["models/model.json"], tiny_package.shards)


def test_a_graph_is_what_its_result_needs(tiny_package):
    """Nodes come after their inputs, without those that nothing needs, and with their numbers."""
    result = check_package(tiny_package)
    assert [node.operation for node in result.nodes if node.operation not in {"Const", "Placeholder"}] == [
        "Shape", "Conv2D", "Reshape", "AddV2", "Identity"]  # fmt: skip
    assert all(source < number for number, node in enumerate(result.nodes) for source in node.inputs)
    assert result.nodes[result.input].operation == "Placeholder"
    assert result.parameters == 81
    (kernel,) = (node.value for node in result.nodes if node.value is not None)
    assert np.array_equal(kernel, tiny_package.kernel)


def _operation(name):
    return lambda tiny_package: tiny_package.nodes.append({"name": "evil", "op": name, "input": ["xs"]})


def _attribute(node, name, value):
    return lambda tiny_package: tiny_package.node(node)["attr"].update({name: value})


def _weights(**entry):
    return lambda tiny_package: tiny_package.model["weightsManifest"][0]["weights"][0].update(entry)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_operation("ReadFile"), "operation ReadFile"),
        (_operation("While"), "operation While"),
        (_operation("PyFunc"), "operation PyFunc"),
        (_operation("RandomUniform"), "operation RandomUniform"),
        (_attribute("conv", "shared_name", {"s": "eA=="}), "attribute shared_name"),
        (
            lambda tiny_package: tiny_package.model["modelTopology"].update(library={"function": [{}]}),
            "functions of its own",
        ),
        (_attribute("conv", "padding", {"s": "RVhQTElDSVQ="}), "broken"),
        (_attribute("conv", "strides", {"list": {"i": ["99999999999", "1", "1", "1"]}}), "broken"),
        (_attribute("sum", "T", {"type": "DT_STRING"}), "broken"),
        (_attribute("sum", "T", {"func": {"name": "f"}}), "broken"),
        (_weights(quantization={"scale": 1}), "of a kind that Deblur cannot read"),
        (_weights(dtype="string"), "of a kind that Deblur cannot read"),
        (_weights(shape=[2**30, 2**30]), "end before kernel"),
        (_weights(shape=[-3, -27]), "broken"),
        (_weights(shape=[3, 3, 3]), "tells of 108"),
        (lambda tiny_package: tiny_package.shards.pop("b.bin"), "b.bin is missing"),
        (lambda tiny_package: tiny_package.shards.update({"b.bin": b"x"}), "end before kernel"),
        (
            lambda tiny_package: tiny_package.shards.update({"a.bin": np.full(25, np.nan, "<f4").tobytes()}),
            "no numbers",
        ),
        (lambda tiny_package: tiny_package.node("conv").update(input=["sum", "kernel"]), "needs its own result"),
        (lambda tiny_package: tiny_package.node("conv").update(input=["nobody", "kernel"]), "nobody"),
        (lambda tiny_package: tiny_package.node("conv").update(input=["xs:1", "kernel"]), "input “xs:1”"),
        (lambda tiny_package: tiny_package.nodes.append(tiny_package.nodes[1]), "one name"),
        (lambda tiny_package: tiny_package.nodes.clear(), "0 nodes"),
        (lambda tiny_package: tiny_package.node("sum").update(input=["xs"] * 100), "100 inputs"),
        (lambda tiny_package: tiny_package.model.update(format="layers-model"), "no TensorFlow.js graph model"),
        (lambda tiny_package: tiny_package.model["signature"].update(outputs={}), "broken"),
        (
            lambda tiny_package: tiny_package.model["signature"]["inputs"]["x"].update(dtype="DT_INT32"),
            "pictures of pictures",
        ),
        (lambda tiny_package: tiny_package.model.pop("weightsManifest"), "broken"),
        (lambda tiny_package: tiny_package.model["modelTopology"]["versions"].update(producer=2e40), "broken"),
        (lambda tiny_package: tiny_package.model["modelTopology"]["versions"].update(producer=10**40), "broken"),
        (lambda tiny_package: tiny_package.model["modelTopology"]["versions"].update(producer=2**31), "broken"),
        (lambda tiny_package: tiny_package.model["modelTopology"]["versions"].update(producer=True), "broken"),
        (lambda tiny_package: tiny_package.model["modelTopology"].update(versions=[]), "broken"),
        (lambda tiny_package: tiny_package.model["modelTopology"].update(node={}), "broken"),
        (lambda tiny_package: tiny_package.model["modelTopology"].update(library=[]), "broken"),
        (lambda tiny_package: tiny_package.model.update(modelTopology=[]), "broken"),
        (lambda tiny_package: tiny_package.model.update(signature=[]), "broken"),
        (lambda tiny_package: tiny_package.model.update(weightsManifest={}), "broken"),
        (lambda tiny_package: tiny_package.nodes.append([]), "broken"),
        (lambda tiny_package: tiny_package.node("conv").update(attr=[]), "broken"),
        (lambda tiny_package: tiny_package.node("conv").update(input={}), "broken"),
        (lambda tiny_package: tiny_package.node("conv").update(op=["Conv2D"]), "broken"),
        (lambda tiny_package: tiny_package.node("conv").update(op="a\nb\x1b"), r"operation a b\?,"),
        (_attribute("conv", "strides", []), "broken"),
        (_attribute("conv", "strides", {"list": []}), "broken"),
        (_attribute("conv", "strides", {"list": {"i": {"a": 1}}}), "broken"),
        (_attribute("conv", "strides", {"list": {"i": [1e300]}}), "broken"),
        (_attribute("conv", "strides", {"list": {"i": ["9" * 5000]}}), "broken"),
        (_attribute("conv", "padding", {"s": 5}), "broken"),
        (_attribute("conv", "padding", {"s": "é"}), "broken"),
        (_attribute("sum", "T", {"type": ["DT_FLOAT"]}), "broken"),
        (_weights(shape=[1e400]), "broken"),
        (_weights(shape=["3"]), "broken"),
        (_weights(shape=[0, 2**31 - 1, 2**31 - 1, 2**31 - 1, 2**31 - 1]), "broken"),
        (_weights(shape=[1] * 65), "broken"),
        (_weights(name=["kernel"]), "broken"),
    ],
)
def test_what_does_not_only_compute_is_refused(tiny_package, spoil, sentence):
    """Operations on files, functions, odd attributes, sizes that do not fit: each ends in a sentence that names it."""
    spoil(tiny_package)
    with pytest.raises(DeblurError, match=sentence):
        check_package(tiny_package)


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"{", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_model_gets_a_sentence(text):
    """Whatever stands in model.json."""
    with pytest.raises(DeblurError, match="broken"):
        graph.check_graph(text, {})
