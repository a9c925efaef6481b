"""The training material in a user's folders: pairs of files, or sharp photographs to make pairs of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.texts import tr, tr_count, tr_later
from training.data.folder_layout import Sides, find_sides, side_of
from training.data.pairs import PairList, find_pairs, pair_folders, pair_sides

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from training.config.sections import Source

_KINDS = {"defocused_blurred": tr_later("out of focus"), "motion_blurred": tr_later("motion blur")}


@dataclass(frozen=True)
class TrainingInputs:
    """The material that a network can be trained on.

    Attributes:
        folders: Where it was found; for two folders of pairs, the blurred one first.
        pairs: Pairs of files, and the files without a counterpart.
        photos: Sharp photographs, where there are no pairs.
    """

    folders: tuple[Path, ...] = ()
    pairs: PairList = field(default_factory=lambda: PairList([]))
    photos: tuple[Path, ...] = ()

    @property
    def source(self) -> Source:
        """The source of the pairs, as configurations name it."""
        return "synthetic" if self.photos else "pairs"

    @property
    def count(self) -> int:
        """The number of pairs, or of photographs."""
        return len(self.photos) or len(self.pairs.pairs)

    @property
    def sentence(self) -> str:
        """A sentence with the number of pairs of each kind, and of photos without a counterpart."""
        if not self.count:
            return ""
        name = (
            tr(" and ").join(f"“{folder.name}”" for folder in self.folders)
            if self.photos
            else f"“{self.folders[0].name}”"
        )
        if self.photos:
            return tr(
                "{name} has {count} sharp photos. Pairs are made of them by blurring them on purpose.",
                name=name,
                count=self.count,
            )
        kinds = Counter(pair.blurred.parent.name for pair in self.pairs.pairs)
        counts = ", ".join(f"{number} {tr(_KINDS[kind])}" for kind, number in sorted(kinds.items()) if kind in _KINDS)
        text = (
            tr_count(
                "{name} has {count} pairs: {counts}.",
                "{name} has 1 pair: {counts}.",
                self.count,
                name=name,
                counts=counts,
            )
            if counts
            else tr_count("{name} has {count} pairs.", "{name} has 1 pair.", self.count, name=name)
        )
        unpaired = tr_count(
            "{count} photos have no counterpart and will not be used.",
            "1 photo has no counterpart and will not be used.",
            len(self.pairs.unpaired),
        )
        return f"{text} {unpaired}" if self.pairs.unpaired else text


def recognize_folders(folders: Sequence[Path]) -> TrainingInputs:
    """Recognise the layout of `folders`: one with folders of pairs, those folders, two of pairs, or sharp photographs.

    Args:
        folders: One folder or more; of two folders of pairs whose names do not tell it, the blurred one first.

    Raises:
        DeblurError: There is nothing to learn from; the sentence says what there could be.
    """
    if missing := [folder for folder in folders if not folder.is_dir()]:
        raise DeblurError(tr("{missing} is not a folder. Choose a folder of photos.", missing=missing[0]))
    if len(folders) > 1 and (sides := _sides(folders)):
        if len(folders) > 2 and find_sides(sides.place) == [sides]:  # all that the folder around them has
            return TrainingInputs((sides.place,), find_pairs(sides.place))
        return TrainingInputs((*sides.blurred, *sides.sharp), pair_sides(sides))
    if len(folders) == 2 and (inputs := _two(*folders)):
        return TrainingInputs(tuple(folders), inputs)
    if len(folders) == 1 and (inputs := _one(folders[0])):
        return TrainingInputs(tuple(folders), inputs)
    photos = tuple(path for folder in folders for path in file_names.pictures_in(folder))
    if len(photos) < 2:
        names = ", ".join(map(str, folders))
        raise DeblurError(
            tr(
                "{names} holds no pairs and no photos to make pairs of. Choose a folder of sharp photos, a folder with "
                "“sharp” beside “blurred” (or “gt” beside “input” and the like), or two folders with equal file names.",
                names=names,
            )
        )
    return TrainingInputs(tuple(folders), photos=photos)


def without(pairs: PairList, paths: Collection[Path]) -> PairList:
    """Return the pairs that have none of the files `paths`; those files are no longer listed at all."""
    others = [pair for pair in pairs.pairs if pair.blurred not in paths and pair.sharp not in paths]
    return PairList(others, [path for path in pairs.unpaired if path not in paths])


def swap_sides(pairs: PairList, paths: Collection[Path]) -> PairList:
    """Return the pairs, with the sides exchanged of those whose two files are both in `paths`."""
    swapped = [
        replace(pair, blurred=pair.sharp, sharp=pair.blurred) if pair.blurred in paths and pair.sharp in paths else pair
        for pair in pairs.pairs
    ]
    return PairList(swapped, pairs.unpaired)


def _sides(folders: Sequence[Path]) -> Sides | None:
    """Return folders that lie side by side and whose names tell which are sharp and which blurred; None for others."""
    if len({folder.parent for folder in folders}) > 1 or not all(side_of(folder.name) for folder in folders):
        return None
    sharp, blurred = (
        tuple(sorted(folder for folder in folders if side_of(folder.name) == side)) for side in ("sharp", "blurred")
    )
    sides = Sides(folders[0].parent, sharp, blurred)
    return sides if sides.is_complete else None


def _one(folder: Path) -> PairList | None:
    """Return the pairs in a folder; None where it is laid out otherwise."""
    all_sides = find_sides(folder)
    has_sharp = any(sides.sharp for sides in all_sides)
    if not any(sides.is_complete for sides in all_sides) and (not has_sharp or file_names.pictures_in(folder)):
        return None
    return find_pairs(folder)  # it was meant as pairs: why it holds none is worth knowing


def _two(blurred: Path, sharp: Path) -> PairList | None:
    try:
        return pair_folders(blurred, sharp)
    except DeblurError:
        return None
