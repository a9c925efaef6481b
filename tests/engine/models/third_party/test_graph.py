"""Checking the graph of a stranger: it computes, or it is refused."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine.models.third_party import graph


def checked(made):
    """The graph of a package, checked."""
    return graph.check_graph(made.files()["models/model.json"], made.shards)


def test_a_graph_is_what_its_result_needs(made):
    """Nodes come after their inputs, without those that nothing needs, and with their numbers."""
    found = checked(made)
    assert [node.operation for node in found.nodes if node.operation not in {"Const", "Placeholder"}] == [
        "Shape", "Conv2D", "Reshape", "AddV2", "Identity"]  # fmt: skip
    assert all(source < number for number, node in enumerate(found.nodes) for source in node.inputs)
    assert found.nodes[found.input].operation == "Placeholder"
    assert found.parameters == 81
    (kernel,) = (node.value for node in found.nodes if node.value is not None)
    assert np.array_equal(kernel, made.kernel)


def _operation(name):
    return lambda made: made.nodes.append({"name": "evil", "op": name, "input": ["xs"]})


def _attribute(node, name, value):
    return lambda made: made.node(node)["attr"].update({name: value})


def _weights(**entry):
    return lambda made: made.model["weightsManifest"][0]["weights"][0].update(entry)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_operation("ReadFile"), "operation ReadFile"),
        (_operation("While"), "operation While"),
        (_operation("PyFunc"), "operation PyFunc"),
        (_operation("RandomUniform"), "operation RandomUniform"),
        (_attribute("conv", "shared_name", {"s": "eA=="}), "attribute shared_name"),
        (lambda made: made.model["modelTopology"].update(library={"function": [{}]}), "functions of its own"),
        (_attribute("conv", "padding", {"s": "RVhQTElDSVQ="}), "broken"),
        (_attribute("conv", "strides", {"list": {"i": ["99999999999", "1", "1", "1"]}}), "broken"),
        (_attribute("sum", "T", {"type": "DT_STRING"}), "broken"),
        (_attribute("sum", "T", {"func": {"name": "f"}}), "broken"),
        (_weights(quantization={"scale": 1}), "of a kind that Deblur cannot read"),
        (_weights(dtype="string"), "of a kind that Deblur cannot read"),
        (_weights(shape=[2**30, 2**30]), "end before kernel"),
        (_weights(shape=[-3, -27]), "broken"),
        (_weights(shape=[3, 3, 3]), "tells of 108"),
        (lambda made: made.shards.pop("b.bin"), "b.bin is missing"),
        (lambda made: made.shards.update({"b.bin": b"x"}), "end before kernel"),
        (lambda made: made.shards.update({"a.bin": np.full(25, np.nan, "<f4").tobytes()}), "no numbers"),
        (lambda made: made.node("conv").update(input=["sum", "kernel"]), "needs its own result"),
        (lambda made: made.node("conv").update(input=["nobody", "kernel"]), "nobody"),
        (lambda made: made.node("conv").update(input=["xs:1", "kernel"]), "input “xs:1”"),
        (lambda made: made.nodes.append(made.nodes[1]), "one name"),
        (lambda made: made.nodes.clear(), "0 nodes"),
        (lambda made: made.node("sum").update(input=["xs"] * 100), "100 inputs"),
        (lambda made: made.model.update(format="layers-model"), "no TensorFlow.js graph model"),
        (lambda made: made.model["signature"].update(outputs={}), "broken"),
        (lambda made: made.model["signature"]["inputs"]["x"].update(dtype="DT_INT32"), "pictures of pictures"),
        (lambda made: made.model.pop("weightsManifest"), "broken"),
        (lambda made: made.model["modelTopology"]["versions"].update(producer=2e40), "broken"),
        (lambda made: made.model["modelTopology"]["versions"].update(producer=10**40), "broken"),
        (lambda made: made.model["modelTopology"]["versions"].update(producer=2**31), "broken"),
        (lambda made: made.model["modelTopology"]["versions"].update(producer=True), "broken"),
        (lambda made: made.model["modelTopology"].update(versions=[]), "broken"),
        (lambda made: made.model["modelTopology"].update(node={}), "broken"),
        (lambda made: made.model["modelTopology"].update(library=[]), "broken"),
        (lambda made: made.model.update(modelTopology=[]), "broken"),
        (lambda made: made.model.update(signature=[]), "broken"),
        (lambda made: made.model.update(weightsManifest={}), "broken"),
        (lambda made: made.nodes.append([]), "broken"),
        (lambda made: made.node("conv").update(attr=[]), "broken"),
        (lambda made: made.node("conv").update(input={}), "broken"),
        (lambda made: made.node("conv").update(op=["Conv2D"]), "broken"),
        (lambda made: made.node("conv").update(op="a\nb\x1b"), r"operation a b\?,"),
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
def test_what_does_not_only_compute_is_refused(made, spoil, sentence):
    """Operations on files, functions, odd attributes, sizes that do not fit: each ends in a sentence that names it."""
    spoil(made)
    with pytest.raises(DeblurError, match=sentence):
        checked(made)


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"{", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_model_gets_a_sentence(text):
    """Whatever stands in model.json."""
    with pytest.raises(DeblurError, match="broken"):
        graph.check_graph(text, {})
