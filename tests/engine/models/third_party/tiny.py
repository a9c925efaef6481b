"""A tiny network in the format of TensorFlow.js graph models, in packages as npm makes them."""

from __future__ import annotations

import io
import json
import tarfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.engine.models.third_party.known import MAXIM

if TYPE_CHECKING:
    from pathlib import Path

FLOAT, INT = {"type": "DT_FLOAT"}, {"type": "DT_INT32"}
SIZES = {"dim": [{"size": "-1"}, {"size": "-1"}, {"size": "-1"}, {"size": "3"}]}
END = {"dtype": "DT_FLOAT", "tensorShape": SIZES}


def _list_variables(*numbers: int) -> dict[str, Any]:
    return {"list": {"i": [str(number) for number in numbers]}}


def _nodes() -> list[dict[str, Any]]:
    """The picture plus its convolution, with a reshape to its own shape, as converters leave them."""
    convolution = {"T": FLOAT, "strides": _list_variables(1, 1, 1, 1), "dilations": _list_variables(1, 1, 1, 1),
                   "padding": {"s": "U0FNRQ=="}, "data_format": {"s": "TkhXQw=="},
                   "explicit_paddings": {"list": {}}, "use_cudnn_on_gpu": {"b": True}}  # fmt: skip
    return [
        {"name": "kernel", "op": "Const", "attr": {"dtype": FLOAT, "value": {"tensor": {"dtype": "DT_FLOAT"}}}},
        {"name": "xs", "op": "Placeholder", "attr": {"dtype": FLOAT, "shape": {"shape": SIZES}}},
        {"name": "conv", "op": "Conv2D", "input": ["xs", "kernel"], "attr": convolution},
        {"name": "size", "op": "Shape", "input": ["xs"], "attr": {"T": FLOAT, "out_type": INT}},
        {"name": "same", "op": "Reshape", "input": ["conv", "size"], "attr": {"T": FLOAT, "Tshape": INT}},
        {"name": "sum", "op": "AddV2", "input": ["xs:0", "same"], "attr": {"T": FLOAT, "_grappler": {"b": True}}},
        {"name": "beside", "op": "Neg", "input": ["xs"], "attr": {"T": FLOAT}},
        {"name": "Identity", "op": "Identity", "input": ["sum"], "attr": {"T": FLOAT}},
    ]


@dataclass
class Made:
    """A package that a test may spoil before it is written."""

    about: dict[str, Any] = field(default_factory=lambda: {"name": MAXIM.package, "version": "0.1.0"})
    nodes: list[dict[str, Any]] = field(default_factory=_nodes)
    kernel: np.ndarray = field(
        default_factory=lambda: np.random.default_rng(1).normal(0, 0.05, (3, 3, 3, 3)).astype("<f4")
    )
    model: dict[str, Any] = field(default_factory=dict)
    shards: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        data = self.kernel.tobytes()
        self.shards = {"a.bin": data[:100], "b.bin": data[100:]}
        weights = [{"name": "kernel", "shape": [3, 3, 3, 3], "dtype": "float32"}]
        self.model = {
            "format": "graph-model",
            "signature": {"inputs": {"x": {"name": "xs:0", **END}}, "outputs": {"y": {"name": "Identity:0", **END}}},
            "modelTopology": {"node": self.nodes, "library": {}, "versions": {"producer": 1395}},
            "weightsManifest": [{"paths": ["a.bin", "b.bin"], "weights": weights}],
        }

    def node(self, name: str) -> dict[str, Any]:
        """The node of this name."""
        return next(node for node in self.nodes if node["name"] == name)

    def files(self) -> dict[str, bytes]:
        """Names and bytes of all files."""
        shards = {f"models/{name}": data for name, data in self.shards.items()}
        about, model = json.dumps(self.about).encode(), json.dumps(self.model).encode()
        return {"package.json": about, "README.md": b"# Tiny", **shards, "models/model.json": model}

    def archive(self, path: Path, *more: tarfile.TarInfo) -> Path:
        """Write it as npm does, with `more` members before the others."""
        with tarfile.open(path, "w:gz") as archive:
            for member in more:
                archive.addfile(member, io.BytesIO(bytes(member.size)))
            for name, data in self.files().items():
                member = tarfile.TarInfo(f"package/{name}")
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
        return path

    def folder(self, path: Path) -> Path:
        """Write it as a folder."""
        for name, data in self.files().items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(data)
        return path
