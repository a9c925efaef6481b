"""The operations that a graph may be made of, which only compute, and their attributes, each of which is checked."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.texts import tr
from deblur_app.engine.models.third_party.graph_file import Numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deblur_app.engine.models.third_party.graph_file import Value

_ONE_TYPE = ("Abs AddV2 Exp Floor FloorDiv FloorMod Greater GreaterEqual Identity Less LessEqual Maximum Minimum Mul "
             "Neg NotEqual RealDiv Reciprocal Rsqrt SelectV2 Sign Square Sub Tanh")  # fmt: skip
_CONVOLUTION = "T strides padding data_format dilations explicit_paddings use_cudnn_on_gpu"

OPERATIONS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_ONE_TYPE.split(), frozenset({"T"})),
    **{
        name: frozenset(attributes.split())
        for name, attributes in {
            "BroadcastTo": "T Tidx",
            "Cast": "SrcT DstT Truncate",
            "ConcatV2": "N T Tidx",
            "Const": "dtype value",
            "Conv2D": _CONVOLUTION,
            "Conv2DBackpropInput": _CONVOLUTION,
            "Einsum": "N T equation",
            "ExpandDims": "T Tdim",
            "GatherV2": "Tparams Tindices Taxis batch_dims",
            "LogicalAnd": "",
            "NotEqual": "T incompatible_shape_error",
            "Pack": "N T axis",
            "Placeholder": "dtype shape",
            "Range": "Tidx",
            "Reshape": "T Tshape",
            "Shape": "T out_type",
            "Squeeze": "T squeeze_dims",
            "StridedSlice": "T Index begin_mask end_mask ellipsis_mask new_axis_mask shrink_axis_mask",
            "Sum": "T Tidx keep_dims",
            "Transpose": "T Tperm",
        }.items()
    },
}
"""The operations that a graph may have, with their attributes: all of them compute one result from numbers alone."""

TYPES = {"DT_FLOAT": "float32", "DT_INT32": "int32", "DT_BOOL": "bool"}
"""The types of numbers, by their names in the file."""

_LISTS = frozenset({"strides", "dilations", "explicit_paddings", "squeeze_dims"})
_NUMBERS = frozenset({"N", "axis", "batch_dims", "begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask",
                      "shrink_axis_mask"})  # fmt: skip
_FLAGS = frozenset({"Truncate", "incompatible_shape_error", "use_cudnn_on_gpu", "keep_dims"})
_TEXTS = {"padding": "SAME|VALID", "data_format": "NHWC", "equation": r"[A-Za-z]{0,8}(,[A-Za-z]{0,8})?->[A-Za-z]{0,8}"}

_MOST_AXES = 8
"""Numbers in an attribute that is a list, at most."""
_INT32 = 2**31
"""Magnitude that the integers of attributes stay below."""

type Attribute = str | bytes | bool | int | tuple[int, ...]
"""The name of a type, a text, a flag, a number, or a list of numbers."""


def unsupported_operation_error(what: str) -> DeblurError:
    """Return the error for a graph that does something else than compute."""
    return DeblurError(
        tr(
            "The network in this package has {what}, which a network that only computes has not. It was not added.",
            what=shorten(what),
        )
    )


def attribute(name: str, content: Mapping[str, Value]) -> Attribute:
    """Return the value of an attribute as the file has it, such as {"type": "DT_FLOAT"}.

    Raises:
        ValueError: It is of another kind, or out of range.
    """
    ((kind, value),) = content.items()
    if name in _LISTS and kind == "list" and isinstance(value, Numbers):
        numbers = tuple(int(i) for i in value.i)
        if len(numbers) <= _MOST_AXES and all(abs(number) < _INT32 for number in numbers):
            return numbers
    elif name in _NUMBERS and kind == "i" and not isinstance(value, Numbers) and abs(int(value)) < _INT32:
        return int(value)
    elif name in _FLAGS and kind == "b" and isinstance(value, bool):
        return value
    elif name in _TEXTS and kind == "s" and isinstance(value, str):
        return _text(name, value)
    elif kind == "type" and isinstance(value, str) and value in TYPES:
        return TYPES[value]
    raise ValueError(f"{name} = {str(content)[:80]}")


def _text(name: str, value: str) -> bytes:
    try:
        text = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError(f"{name} = {value[:80]}") from error
    if not re.fullmatch(_TEXTS[name], text.decode("ascii")):
        raise ValueError(f"{name} = {text[:80]!r}")
    return text
