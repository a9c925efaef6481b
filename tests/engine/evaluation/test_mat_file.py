"""Arrays of .mat files, as SciPy writes them."""

from __future__ import annotations

import io

import numpy as np
import pytest
import scipy.io

from deblur_app.engine.evaluation.mat_file import read_planes

ARRAYS = {
    "x": np.arange(12, dtype=np.int16).reshape(3, 4),
    "y": np.linspace(0, 1, 35).reshape(5, 7),
    "f": np.ones((1, 2), np.float32),
    "text": "no numbers",
    "cells": [1, "a"],
}


def write(arrays: dict[str, object], *, is_packed: bool = False) -> bytes:
    """The bytes of a .mat file."""
    file = io.BytesIO()
    scipy.io.savemat(file, arrays, do_compression=is_packed)
    return file.getvalue()


@pytest.mark.parametrize("is_packed", [False, True])
def test_arrays_of_numbers_are_read_as_they_were_written(*, is_packed: bool) -> None:
    """Those that are asked for, packed or not, and nothing else."""
    planes = read_planes(write(ARRAYS, is_packed=is_packed), ("x", "y", "f", "text", "cells"), 10)
    assert sorted(planes) == ["f", "x", "y"]
    for name, plane in planes.items():
        np.testing.assert_array_equal(plane, ARRAYS[name])


@pytest.mark.parametrize(("content", "words"), [
    (b"MATLAB 5.0", "no MATLAB file"),
    (write(ARRAYS)[:-40], "ends too early"),
    (write({"x": np.zeros((11, 2))}, is_packed=True), "11 × 2"),
])  # fmt: skip
def test_what_cannot_be_read_is_told(content: bytes, words: str) -> None:
    """Other files, those cut short, and arrays that are too large."""
    with pytest.raises(ValueError, match=words):
        read_planes(content, ("x", "cells"), 10)


def test_numbers_of_an_unknown_type_are_passed_over() -> None:
    """A damaged type made SciPy's reader end the process."""
    content = write({"x": np.eye(3)})
    place = content.rindex(np.eye(3).tobytes()) - 8
    assert read_planes(content[:place] + b"\xf0" + content[place + 1 :], ("x",), 10) == {}
