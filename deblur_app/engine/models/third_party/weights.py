"""The weights of a TensorFlow.js model: files of plain numbers, and a manifest that says what they are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import UNSET

from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from deblur_app.engine.models.third_party.graph_file import WeightEntry, WeightGroup

_STORED = {"float32": np.dtype("<f4"), "int32": np.dtype("<i4")}


def arrays(manifest: Sequence[WeightGroup], shards: Mapping[str, bytes]) -> dict[str, NDArray[Any]]:
    """Return the arrays by name. Each group of files holds just the numbers of the manifest, one after the other.

    Raises:
        DeblurError: A file is missing, or the numbers are of a kind that is not known.
        ValueError: The manifest is broken.
    """
    arrays_by_name: dict[str, NDArray[Any]] = {}
    used: set[str] = set()
    for group in manifest:
        names = group.paths
        if missing := sorted(set(names) - set(shards)):
            raise DeblurError(
                tr("The package is not complete: {reason} is missing. Get it again.", reason=shorten(missing[0], 80))
            )
        if used & set(names) or len(set(names)) < len(names):
            raise ValueError("a file of weights is used twice")
        used |= set(names)
        data = memoryview(b"".join(shards[name] for name in names))
        at = 0
        for entry in group.weights:
            array, at = _array(entry, data, at)
            arrays_by_name[entry.name] = array
        if at != len(data):
            raise ValueError(f"the files of weights have {len(data)} bytes and the manifest tells of {at}")
    return arrays_by_name


def _array(entry: WeightEntry, data: memoryview, at: int) -> tuple[NDArray[Any], int]:
    if entry.quantization is not UNSET or entry.dtype not in _STORED:
        raise DeblurError(tr("The network in this package has weights of a kind that Deblur cannot read. Not added."))
    shape, dtype = entry.shape, _STORED[entry.dtype]
    size = math.prod(shape)
    end = at + size * dtype.itemsize
    if end > len(data):
        raise ValueError(f"the files of weights end before {entry.name}")
    array = np.frombuffer(data[at:end], dtype).reshape(shape)
    if dtype.kind == "f" and not np.isfinite(array).all():
        raise ValueError(f"{entry.name} holds values that are no numbers")
    return array, end
