"""Matching of blurred pictures with sharp ones by their file names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from training.data.folder_layout import without_side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_PAPER_NAME = re.compile(r"(?P<id>\d+)_(?:.*_)?(?P<kind>[SFM])", re.IGNORECASE)

type Match = tuple[str, Path, Path]
"""The common name or the id, the blurred file, and the sharp file."""


def match_names(blurred: dict[str, Path], sharp: dict[str, Path], kinds: str) -> list[Match]:
    """Match pictures by the ids of the paper's data set, then by equal names, then by names without “blur”, “gt” ….

    Args:
        blurred: Files by their path in the folder.
        sharp: The same.
        kinds: The letters of blurred pictures in the names of the paper.
    """
    ways: tuple[tuple[Callable[[str, str], str | None], bool], ...] = (
        (_scene_id, True),
        (lambda name, _: name, False),
        (lambda name, _: _without_endings(name), False),
        (lambda name, _: _bare_name(name), False),
    )
    unmatched, truths = dict(blurred), dict(sharp)
    matches: list[Match] = []
    for key_of, by_id in ways:
        inputs = _by_key(unmatched, lambda name, key_of=key_of: key_of(name, kinds))  # type: ignore[misc]
        others = _by_key(truths, lambda name, key_of=key_of: key_of(name, "S"))  # type: ignore[misc]
        for key in inputs.keys() & others.keys():
            one, other = inputs[key], others[key]
            matches.append((key if by_id else _without_endings(one), unmatched.pop(one), truths.pop(other)))
    return matches


def _by_key(names: Iterable[str], key_of: Callable[[str], str | None]) -> dict[str, str]:
    """Return the first name of each key, in order."""
    names_by_key: dict[str, str] = {}
    for name in names:
        if (key := key_of(name)) is not None:
            names_by_key.setdefault(key, name)
    return names_by_key


def _scene_id(name: str, kinds: str) -> str | None:
    """Return the scene's id without leading zeros; None for a name not of the paper's data set or of other kinds."""
    match = _PAPER_NAME.fullmatch(_without_endings(name))
    if match is None or match["kind"].upper() not in kinds:
        return None
    return str(int(match["id"]))


def _without_endings(name: str) -> str:
    head, _, tail = name.rpartition("/")
    return f"{head}/{tail.rpartition('.')[0]}".lstrip("/")


def _bare_name(name: str) -> str | None:
    """Return the name without the words for its side; None where nothing is left."""
    head, _, tail = _without_endings(name).rpartition("/")
    bare = without_side(tail)
    return f"{head}/{bare}" if bare else None
