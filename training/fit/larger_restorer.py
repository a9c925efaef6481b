"""Weights of a restorer with more levels or blocks that computes the same as a smaller one, to go on learning from.

Chen et al., "Net2Net: accelerating learning via knowledge transfer", 2016: what is new begins as nothing, by weights of
zero in its last convolution, and still learns, because what is before that is not zero.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from training.runs.array_file import Arrays

_BLOCK = re.compile(r"model/(?P<way>down|up)_(?P<level>\d+)_block_(?P<number>\d+)_(?P<part>[ab])/kernel")


def can_enlarge(small: Mapping[str, Any], large: Mapping[str, Any]) -> bool:
    """Return whether a restorer with the parameters `large` can begin as one with `small`."""
    if small.get("pictures") != large.get("pictures"):
        return False
    widths, blocks = list(small["widths"]), list(small["blocks"])
    if list(large["widths"])[: len(widths)] != widths or len(large["widths"]) <= len(widths):
        return False
    deepest = len(widths) - 1
    most = [*large["blocks"][:deepest], 2 * large["blocks"][deepest]]
    return all(own <= room for own, room in zip(blocks, most, strict=True))


def enlarge(arrays: Arrays, blocks: Sequence[int], new: Arrays, new_blocks: Sequence[int]) -> Arrays:
    """Return the weights of a larger restorer that computes the same as a smaller one.

    Args:
        arrays: The weights of the smaller one, as checkpoints name them.
        blocks: Its blocks.
        new: The weights that the larger one starts with at random.
        new_blocks: Its blocks.
    """
    deepest = len(blocks) - 1
    result = {}
    for name, start in new.items():
        found = _BLOCK.fullmatch(name)
        source = _source_block(found, blocks, new_blocks, deepest) if found else name
        if source in arrays:
            result[name] = arrays[source]
        elif name.startswith(f"model/up_{deepest}/") or (found and found["part"] == "b" and _level(found) <= deepest):
            result[name] = np.zeros_like(start)  # what is new adds nothing
        else:
            result[name] = start
    return result


def _level(found: re.Match[str]) -> int:
    return int(found["level"])


def _source_block(found: re.Match[str], blocks: Sequence[int], new_blocks: Sequence[int], deepest: int) -> str:
    """Return the name of the block of the smaller network: its deepest ones are shared by both ways of the larger."""
    level, number, way = _level(found), int(found["number"]), found["way"]
    if level > deepest:
        return ""
    if level == deepest:
        number, way = number + (new_blocks[level] if way == "up" else 0), "down"
    return f"model/{way}_{level}_block_{number}_{found['part']}/kernel" if number <= blocks[level] else ""
