"""Sentences about folders that hold no pairs: what is there, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.texts import tr, tr_later
from training.data.folder_layout import folders_in, side_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.data.folder_layout import Sides

_SHOWN = 3
"""File names in a sentence."""


def explain_missing_sides(folder: Path, incomplete: Sequence[Sides]) -> str:
    """Return the sentence for a folder that lacks one of the two sides, or both."""
    advice = tr("Put the sharp pictures into “sharp” and the blurred ones, with the same file names, into “blurred”")
    single = [path for sides in incomplete for path in (*sides.sharp, *sides.blurred)]
    if single:
        is_sharp = side_of(single[0].name) == "sharp"
        names = _list_names([path.name for path in single])
        sentence = (
            tr_later(
                "{folder} holds no pairs: it has {names}, but no folder of the blurred pictures beside it. {advice}."
            )
            if is_sharp
            else tr_later(
                "{folder} holds no pairs: it has {names}, but no folder of the sharp pictures beside it. {advice}."
            )
        )
        return tr(sentence, folder=folder, names=names, advice=advice)
    inside = [path.name for path in folders_in(folder)]
    there = tr("it has the folders {names}", names=_list_names(inside)) if inside else tr("it has no folders")
    return tr(
        "{folder} holds no pairs: {there}. {advice}; “gt”, “target”, “hq” and “blur”, “input”, “lq” are known as "
        "well. You can also name two folders whose files have equal names.",
        folder=folder,
        there=there,
        advice=advice,
    )


def explain_missing_partners(inputs: dict[Path, dict[str, Path]], truths: dict[Path, dict[str, Path]]) -> str:
    """Return the sentence for folders whose pictures do not belong together."""
    for folder, pictures in (*inputs.items(), *truths.items()):
        if not pictures:
            return tr(
                "{folder} holds no pair: there is no picture in “{name}”.", folder=folder.parent, name=folder.name
            )
    left, right = (", ".join(f"“{folder.name}”" for folder in side) for side in (inputs, truths))
    one, other = ([path.name for own in side.values() for path in own.values()] for side in (inputs, truths))
    return tr(
        "{folder} holds no pair: no name in {left} ({names}) is also in {right} "
        "({others}). Give the two pictures of a pair the same name; the endings may differ.",
        folder=next(iter(truths)).parent,
        left=left,
        names=_list_names(one),
        right=right,
        others=_list_names(other),
    )


def _list_names(names: Sequence[str]) -> str:
    text = ", ".join(f"“{name}”" for name in names[:_SHOWN])
    return text if len(names) <= _SHOWN else tr("{names} and {count} more", names=text, count=len(names) - _SHOWN)
