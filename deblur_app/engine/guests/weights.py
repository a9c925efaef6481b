"""The weights of a TensorFlow.js model: files of plain numbers, and a manifest that says what they are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_STORED = {"float32": np.dtype("<f4"), "int32": np.dtype("<i4")}
_MOST_AXES = 8


def arrays(manifest: Sequence[Mapping[str, Any]], shards: Mapping[str, bytes]) -> dict[str, NDArray[Any]]:
    """The arrays by name. Each group of files holds just the numbers that the manifest tells, one after the other.

    Raises:
        DeblurError: A file is missing, or the numbers are of a kind that is not known.
        ValueError, KeyError, TypeError: The manifest is broken.
    """
    found: dict[str, NDArray[Any]] = {}
    used: set[str] = set()
    for group in manifest:
        names = [str(name) for name in group["paths"]]
        if missing := sorted(set(names) - set(shards)):
            raise DeblurError(f"The package is not complete: {missing[0][:80]} is missing. Get it again.")
        if used & set(names) or len(set(names)) < len(names):
            raise ValueError("a file of weights is used twice")
        used |= set(names)
        data = memoryview(b"".join(shards[name] for name in names))
        at = 0
        for entry in group["weights"]:
            array, at = _array(entry, data, at)
            found[entry["name"]] = array
        if at != len(data):
            raise ValueError(f"the files of weights have {len(data)} bytes and the manifest tells of {at}")
    return found


def _array(entry: Mapping[str, Any], data: memoryview, at: int) -> tuple[NDArray[Any], int]:
    if "quantization" in entry or entry["dtype"] not in _STORED:
        raise DeblurError("The network in this package has weights of a kind that Deblur cannot read. Not added.")
    shape, dtype = entry["shape"], _STORED[entry["dtype"]]
    if len(shape) > _MOST_AXES or not all(type(side) is int and 0 <= side < 2**31 for side in shape):
        raise ValueError(f"shape = {shape}")
    size = math.prod(shape)
    end = at + size * dtype.itemsize
    if end > len(data):
        raise ValueError(f"the files of weights end before {entry['name']}")
    array = np.frombuffer(data[at:end], dtype).reshape(shape)
    if dtype.kind == "f" and not np.isfinite(array).all():
        raise ValueError(f"{entry['name']} holds values that are no numbers")
    return array, end
