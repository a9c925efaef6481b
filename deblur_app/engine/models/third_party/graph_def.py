"""A checked graph as TensorFlow runs it: written once as a frozen GraphDef, loaded for one size of tiles at a time.

For a fixed size TensorFlow infers the shape of every result before anything is computed. A graph in which one of them
stays unknown, or is far larger than a network needs for such a tile, is refused: it never gets to allocate it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from deblur_app.engine.models.third_party.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from deblur_app.engine.models.third_party.graph import Graph, Node

_TYPED = frozenset({"float32", "int32", "bool"})
_MOST_PER_PIXEL = 512
"""Numbers that one result may hold for each pixel of a tile: twice the most that a network of photos has seen need."""

_MOST_BESIDE = 2**24
"""Numbers that one result may hold besides, such as weights."""


class TooLittleMemoryError(Exception):
    """The device has no memory for a tile of this size."""


def serialize_graph(graph: Graph) -> bytes:
    """Return the graph as a GraphDef: its nodes are called n0, n1, …, and its input is the placeholder."""
    import tensorflow as tf

    definition = tf.compat.v1.GraphDef()
    definition.versions.producer = graph.producer
    for number, node in enumerate(graph.nodes):
        _add(definition.node.add(), number, node)
    data: bytes = definition.SerializeToString()
    return data


def _add(message: Any, number: int, node: Node) -> None:
    import tensorflow as tf

    message.name, message.op = f"n{number}", node.operation
    message.input.extend(f"n{source}" for source in node.inputs)
    for name, value in node.attributes.items():
        attribute = message.attr[name]
        if isinstance(value, bool):
            attribute.b = value
        elif isinstance(value, int):
            attribute.i = value
        elif isinstance(value, bytes):
            attribute.s = value
        elif isinstance(value, tuple):
            attribute.list.i.extend(value)
            attribute.list.SetInParent()  # an empty list is a list too
        elif value in _TYPED:
            attribute.type = tf.as_dtype(value).as_datatype_enum
    if node.value is not None:
        tensor = message.attr["value"].tensor
        tensor.dtype = tf.as_dtype(node.value.dtype).as_datatype_enum
        for side in node.value.shape:
            tensor.tensor_shape.dim.add(size=side)
        tensor.tensor_content = node.value.tobytes()


def read(file: Path, sha256: str) -> bytes:
    """Return the bytes of a stored graph.

    Raises:
        DeblurError: It is not there, or not as it was written.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise DeblurError(
            tr("“{file}” cannot be read: {reason}. Add the network again.", file=file, reason=error.strerror)
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DeblurError(tr("“{file}” has changed since the network was added. Add the network again.", file=file))
    return data


def load_network(data: bytes, height: int, width: int, tf_name: str) -> Callable[[Pixels], Pixels]:
    """Return the network, ready for pictures of one size.

    Args:
        data: What `serialised` gave.
        height: In pixels.
        width: In pixels.
        tf_name: TensorFlow's name of the device.

    Returns:
        A function of float32 arrays of shape (height, width, 3); it raises `TooLittleMemoryError`.

    Raises:
        DeblurError: The graph is not one that can be run on pictures of this size.
    """
    import tensorflow as tf

    plain = tf.Graph()
    with plain.as_default(), tf.device(tf_name):
        picture = tf.compat.v1.placeholder(tf.float32, (1, height, width, 3))
        result = _import_graph(data, picture)
    _check_shapes(plain, height * width)
    if result.shape != picture.shape or result.dtype != tf.float32:
        raise DeblurError(
            tr(
                "The network makes {shape} of a picture of shape {picture_shape}: it is not for photos.",
                shape=result.shape,
                picture_shape=picture.shape,
            )
        )
    session = tf.compat.v1.Session(graph=plain, config=_configuration())

    def predict(pixels: Pixels) -> Pixels:
        try:
            return np.asarray(session.run(result, {picture: pixels[np.newaxis]})[0])
        except tf.errors.ResourceExhaustedError as error:
            raise TooLittleMemoryError from error
        except tf.errors.OpError as error:
            raise DeblurError(
                tr(
                    "The network failed on a picture of {width} × {height} pixels ({message}).",
                    width=width,
                    height=height,
                    message=error.message[:120],
                )
            ) from None

    return predict


def _import_graph(data: bytes, picture: Any) -> Any:
    """Return the result of the graph in `data` for `picture`, in the graph that is open."""
    import tensorflow as tf
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    definition = tf.compat.v1.GraphDef()
    try:
        definition.ParseFromString(data)
        _check_operations(definition)
        (source,) = (node.name for node in definition.node if node.op == "Placeholder")
        target = f"{definition.node[-1].name}:0"
        (result,) = tf.import_graph_def(definition, {source: picture}, [target], name="")
    except (DecodeError, ValueError, TypeError, IndexError, tf.errors.OpError) as error:
        raise DeblurError(tr("The network cannot be run ({error}).", error=str(error)[:160])) from error
    return result


def _check_operations(definition: Any) -> None:
    """Check again what `graph.check_graph` has promised, because the file has been on a disk meanwhile."""
    if any(node.op not in OPERATIONS for node in definition.node) or len(definition.library.function):
        raise ValueError("it does more than compute")


def _check_shapes(graph: Any, pixels: int) -> None:
    most = _MOST_PER_PIXEL * pixels + _MOST_BESIDE
    for operation in graph.get_operations():
        for result in operation.outputs:
            size = result.shape.num_elements()
            if operation.type != "Placeholder" and (size is None or size > most):
                what = "an unknown size" if size is None else f"{size:,} numbers"
                raise DeblurError(
                    tr(
                        "The network has a result of {what} at {type}, which no photo needs.",
                        what=what,
                        type=operation.type,
                    )
                )


def _configuration() -> Any:
    import tensorflow as tf

    configuration = tf.compat.v1.ConfigProto(allow_soft_placement=True)
    configuration.gpu_options.allow_growth = True
    # Else the first tile waits most of a minute for an optimiser that finds nothing in such a graph.
    configuration.graph_options.rewrite_options.disable_meta_optimizer = True
    return configuration
