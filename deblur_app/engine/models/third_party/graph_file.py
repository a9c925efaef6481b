"""The form of the model.json of a TensorFlow.js graph model: its keys and their types, as far as Deblur needs them.

Other keys are passed over as the file is read. What the values mean is checked in `graph`, `operations` and `weights`.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from deblur_app.core.formats.foreign_json import Text

type Names = list[Text]
type Whole = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)] | Annotated[str, Meta(max_length=20)]
"""A whole number, which protobuf writes as a text where it may have 64 bits."""


class Numbers(Struct, frozen=True):
    """The value of an attribute that is a list: only lists of whole numbers are known."""

    i: list[Whole] = []


type Value = bool | Whole | Numbers
"""The value of an attribute: a flag, a number, a text or the name of a type, or a list."""


class NodeEntry(Struct, frozen=True):
    """An operation. Attributes are decoded where they are known and needed."""

    name: Text
    op: Text
    input: Names = []
    attr: dict[Text, Raw] = {}


class Library(Struct, frozen=True):
    """Functions that the graph defines itself, of which there may be none."""

    function: list[Raw] = []


class Versions(Struct, frozen=True):
    """Versions of TensorFlow's graphs."""

    producer: Annotated[int, Meta(ge=1, le=1_000_000)]


class Topology(Struct, frozen=True):
    """The graph."""

    node: list[NodeEntry]
    versions: Versions
    library: Library = Library()


class Dimension(Struct, frozen=True):
    """A side of an array; −1 where it may be of any length."""

    size: Whole = 0


class Shape(Struct, frozen=True):
    """The sides of an array."""

    dim: Annotated[list[Dimension], Meta(max_length=8)]


class End(Struct, frozen=True):
    """The input or output of the whole network."""

    name: Text
    dtype: Text
    tensorShape: Shape  # noqa: N815 – a key of the file


class Signature(Struct, frozen=True):
    """Its inputs and outputs."""

    inputs: dict[Text, End]
    outputs: dict[Text, End]


class WeightEntry(Struct, frozen=True):
    """The place of an array in the files of weights."""

    name: Text
    shape: Annotated[list[Annotated[int, Meta(ge=0, lt=2**31)]], Meta(max_length=8)]
    dtype: Text
    quantization: Raw | UnsetType = UNSET


class WeightGroup(Struct, frozen=True):
    """Files that hold some arrays, one after the other."""

    paths: Names
    weights: list[WeightEntry]


class GraphFile(Struct, frozen=True):
    """A model.json."""

    modelTopology: Topology  # noqa: N815 – keys of the file
    signature: Signature
    weightsManifest: list[WeightGroup]  # noqa: N815


class Kind(Struct, frozen=True):
    """The kind of model that a model.json holds; read first, since other kinds have other keys."""

    format: Text = ""


_VALUES = msgspec.json.Decoder(dict[Text, Value])


def decode_attribute(raw: Raw) -> dict[str, Value]:
    """Return an attribute as the file has it, such as {"type": "DT_FLOAT"}.

    Raises:
        ValueError: It is of another kind.
    """
    return _VALUES.decode(raw)
