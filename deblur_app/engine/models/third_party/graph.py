"""The graph of a TensorFlow.js model, checked: nothing but computing, of bounded size.

A graph model (format of TensorFlow.js converter 4) is a JSON file with nodes, each an operation of TensorFlow with
attributes and inputs, and files of plain numbers. What is taken over is built anew from what is known here; anything
else, such as an operation on files, a function or an unknown attribute, refuses the whole package.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.formats.foreign_json import decode_json
from deblur_app.core.texts import tr
from deblur_app.engine.models.third_party.graph_file import GraphFile, Kind, decode_attribute
from deblur_app.engine.models.third_party.operations import (
    OPERATIONS,
    Attribute,
    attribute,
    unsupported_operation_error,
)
from deblur_app.engine.models.third_party.weights import arrays

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from deblur_app.engine.models.third_party.graph_file import NodeEntry, Signature

_MOST_NODES = 100_000
"""Nodes of a graph at most."""
_MOST_INPUTS = 64
"""Inputs of a node at most."""


@dataclass(frozen=True, eq=False)
class Node:
    """One operation.

    Attributes:
        operation: A key of `OPERATIONS`.
        inputs: Numbers of the nodes whose results it takes.
        attributes: By name; types as NumPy calls them.
        value: The numbers of a constant.
    """

    operation: str
    inputs: tuple[int, ...]
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    value: NDArray[Any] | None = None


@dataclass(frozen=True, eq=False)
class Graph:
    """A network from a picture to a picture.

    Attributes:
        nodes: Each after those it takes results from; none that the last does not need.
        input: Number of the node that stands for the picture.
        producer: Version of TensorFlow's graphs that it was written for.
    """

    nodes: tuple[Node, ...]
    input: int
    producer: int

    @property
    def parameters(self) -> int:
        """The number of learned values: those of its constants of type float32."""
        return sum(n.value.size for n in self.nodes if n.value is not None and n.value.dtype == np.float32)


def check_graph(model: bytes, shards: Mapping[str, bytes]) -> Graph:
    """Return the graph of a model.json with its files of weights.

    Args:
        model: The bytes of model.json.
        shards: The bytes of its files of weights by their names.

    Raises:
        DeblurError: It is broken, larger than any network, or does something else than compute.
    """
    try:
        if decode_json(model, Kind).format != "graph-model":
            raise DeblurError(tr("The model.json of this package is no TensorFlow.js graph model. It was not added."))
        content = decode_json(model, GraphFile)
        topology = content.modelTopology
        if topology.library.function:
            raise unsupported_operation_error(tr("functions of its own"))
        weights = arrays(content.weightsManifest, shards)
        nodes = _by_name(topology.node)
        source, target = _ends(content.signature)
        return _sort_nodes(nodes, weights, source, target, topology.versions.producer)
    except (ValueError, KeyError) as error:
        reason = f"{type(error).__name__}: {shorten(error)}"
        raise DeblurError(
            tr("The network in this package is broken ({reason}). Get the package again.", reason=reason)
        ) from error


def _by_name(nodes: Sequence[NodeEntry]) -> dict[str, NodeEntry]:
    if not 0 < len(nodes) <= _MOST_NODES:
        raise ValueError(f"{len(nodes)} nodes")
    for node in nodes:
        if node.op not in OPERATIONS:
            raise unsupported_operation_error(tr("the operation {op}", op=node.op))
    by_name = {node.name: node for node in nodes}
    if len(by_name) < len(nodes):
        raise ValueError("two nodes have one name")
    return by_name


def _ends(signature: Signature) -> tuple[str, str]:
    """Return the names of the input and of the output; both are batches of colour pictures."""
    ends = []
    for side in (signature.inputs, signature.outputs):
        (entry,) = side.values()
        sizes = [int(dim.size) for dim in entry.tensorShape.dim]
        if entry.dtype != "DT_FLOAT" or len(sizes) != 4 or sizes[3] != 3:
            raise DeblurError(tr("The network in this package does not make pictures of pictures. It was not added."))
        ends.append(_plain(entry.name))
    return ends[0], ends[1]


def _plain(name: str) -> str:
    """Return the node that an input names: its first and only result."""
    node, _, result = name.partition(":")
    if result not in {"", "0"}:
        raise unsupported_operation_error(tr("the input “{name}”", name=name))
    return node


def _inputs(node: NodeEntry) -> list[str]:
    """Return the nodes whose results a node takes; an order (“^name”) is ignored, as nothing has side effects."""
    return [_plain(name) for name in node.input if not name.startswith("^")]


def _sort_nodes(
    nodes: Mapping[str, NodeEntry], weights: Mapping[str, NDArray[Any]], source: str, target: str, producer: int
) -> Graph:
    """Return the nodes that the target needs, each after its inputs."""
    inputs = {name: _inputs(node) for name, node in nodes.items()}
    order: dict[str, int] = {}
    ordered: list[Node] = []
    open_: set[str] = set()
    stack = [target]
    while stack:
        name = stack[-1]
        waiting = [i for i in inputs[name] if i not in order]
        if name in order or not waiting:
            stack.pop()
            open_.discard(name)
            if name not in order:
                ordered.append(_node(nodes[name], [order[i] for i in inputs[name]], weights))
                order[name] = len(ordered) - 1
            continue
        if name in open_:
            raise ValueError(f"{name} needs its own result")
        open_.add(name)
        stack.extend(waiting)
    if [node.operation for node in ordered].count("Placeholder") != 1 or nodes[source].op != "Placeholder":
        raise ValueError("it has not one input")
    if ordered[-1].operation == "Placeholder":
        raise ValueError("its output is its input")
    return Graph(tuple(ordered), order[source], producer)


def _node(node: NodeEntry, inputs: list[int], weights: Mapping[str, NDArray[Any]]) -> Node:
    operation, content = node.op, node.attr
    if len(inputs) > _MOST_INPUTS:
        raise ValueError(f"{operation} has {len(inputs)} inputs")
    names = [name for name in content if not name.startswith("_")]  # others are notes of optimisers
    if unknown := set(names) - OPERATIONS[operation]:
        raise unsupported_operation_error(
            tr("the attribute {min} at {operation}", min=min(unknown), operation=operation)
        )
    attributes = {
        name: attribute(name, decode_attribute(content[name])) for name in names if name not in {"value", "shape"}
    }
    if operation != "Const":
        return Node(operation, tuple(inputs), attributes)
    value = weights[node.name]
    if inputs or attributes.get("dtype") != value.dtype.name:
        raise ValueError(f"{node.name} is {value.dtype} and should be {attributes.get('dtype')!r}")
    return Node(operation, (), attributes, value)
