"""Rounds the large arrays of a shipped model, so that packages of Deblur are smaller.

    python packaging/round_weights.py resources/weights/autoencoder.json

The numbers of an array become multiples of one power of two, at most 1/32 of their standard deviation: they stay
float16, and compress to 60 %. The files are stored uncompressed, because packages compress better than zip does.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.files.atomic_files import write_atomic

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS = 32
"""Steps in a standard deviation, at least. Finer ones change the restored pictures less and cost 4 MB a doubling."""
_LARGE = 100_000
"""Numbers in an array from which it is rounded: the small ones, as those of normalisation, weigh on all pixels."""


def main() -> None:
    """Round the arrays of the card that is named."""
    card = Path(sys.argv[1])
    content = json.loads(card.read_text(encoding="utf-8"))
    for entry in content["files"].values():
        file = card.with_name(entry["file"])
        with np.load(file, allow_pickle=False) as arrays:
            rounded = {name: round_array(array) for name, array in arrays.items()}
        buffer = io.BytesIO()
        np.savez(buffer, allow_pickle=False, **rounded)
        data = buffer.getvalue()
        write_atomic(file, data)
        entry.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    content["training"]["stored"] = f"float16; large arrays in steps of at most 1/{STEPS} of their standard deviation"
    write_atomic(card, json.dumps(content, indent=1, ensure_ascii=False).encode())


def round_array(array: NDArray[np.float16]) -> NDArray[np.float16]:
    """Return a large array with its numbers rounded to multiples of a power of two, a small one as it is."""
    if array.size < _LARGE:
        return array
    step = 2.0 ** np.floor(np.log2(array.std(dtype=np.float64) / STEPS))
    return (np.round(array.astype(np.float64) / step) * step).astype(np.float16)


if __name__ == "__main__":
    main()
