"""Pairing of the blurred pictures of a folder with the sharp ones, by their names."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.file_names import is_picture
from deblur_app.core.texts import tr
from training.data.folder_layout import SPLITS, find_sides, folders_in, side_of, words_of
from training.data.name_matching import match_names
from training.data.pair_messages import explain_missing_partners, explain_missing_sides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from training.data.folder_layout import Sides

SHARP = "sharp"
BLURRED = ("defocused_blurred", "motion_blurred")
"""The folder names of the paper's data set."""

_KINDS = {"defocused_blurred": "F", "motion_blurred": "M"}
"""The letter of the file names in each of them; in other folders of blurred pictures both are known."""

_DEEPEST = 3
"""Folders inside a folder of pictures that are looked into, as in sharp/SCENE/0001.png."""

_FEWEST_SCENES = 4
"""So many folders with pairs count as one scene each, as the videos of GoPro; of fewer, none could be held out."""


@dataclass(frozen=True)
class Pair:
    """Two files that show one scene.

    Attributes:
        blurred: The picture to repair.
        sharp: The ground truth.
        name: What tells the pair from the others: the scene's id or the common file name.
        scene_name: The scene it shows, where the name of the sharp file does not tell; "" where it does.
    """

    blurred: Path
    sharp: Path
    name: str
    scene_name: str = ""

    @property
    def scene(self) -> str:
        """The scene it shows, among the pairs of one data set: that of its folder, or the sharp file's name.

        It is not the sharp file itself, because registered pairs of one scene have a sharp file each.
        """
        return self.scene_name or self.sharp.name


@dataclass(frozen=True)
class PairList:
    """The pairs in a folder, and the pictures without a counterpart.

    Attributes:
        pairs: The pairs, sorted by name and by kind of blur.
        unpaired: Pictures that have no counterpart, sorted; the user is shown them.
    """

    pairs: list[Pair]
    unpaired: list[Path] = field(default_factory=list)


def find_pairs(folder: Path) -> PairList:
    """Return the pairs in a folder that has folders of sharp and of blurred pictures.

    Their names are those that are common: “sharp”, “gt”, “target”, “hq” … beside “blurred”, “blur”, “input”, “lq”,
    “motion_blurred” …, in any case. They may lie in other folders, one for each split, scene or kind of blur, as in
    the data sets GoPro and REDS and as registered pairs are stored. Files of the paper's data set, `<id>_<device>_S`
    and `_F` or `_M`, belong together by their id; all others by equal names, whatever their endings.

    Raises:
        DeblurError: The folder is no such folder, or holds no pair; the sentence tells what is there.
    """
    if not folder.is_dir():
        raise DeblurError(
            tr(
                "“{folder}” is not a folder. Choose the folder that holds “sharp” and the blurred pictures.",
                folder=folder,
            )
        )
    all_sides = find_sides(folder)
    complete = [sides for sides in all_sides if sides.is_complete]
    if not complete:
        raise DeblurError(explain_missing_sides(folder, all_sides))
    return _pairs_of(complete, folder)


def pair_folders(blurred: Path, sharp: Path) -> PairList:
    """Return the pairs in two folders whose files have equal names, whatever their endings.

    Raises:
        DeblurError: One of them is no folder, or no two names are equal.
    """
    return _pair_folders([blurred], [sharp], _common_name)


def pair_sides(sides: Sides) -> PairList:
    """Return the pairs in folders that lie side by side.

    Raises:
        DeblurError: There is none.
    """
    several = len(sides.blurred) > 1 or any(folder.name.lower() in BLURRED for folder in sides.blurred)
    return _pair_folders(sides.blurred, sides.sharp, _kind_name if several else _common_name)


def _pairs_of(all_sides: Sequence[Sides], folder: Path) -> PairList:
    """Return the pairs of all places; where there are several, a pair's name tells its place."""
    if len(all_sides) == 1:
        return pair_sides(all_sides[0])
    parts, errors = [], []
    for sides in all_sides:
        try:
            part = pair_sides(sides)
        except DeblurError as error:
            errors.append(error)
            parts.append(PairList([], _all_pictures([*sides.sharp, *sides.blurred])))
            continue
        parts.append(PairList(_name_by_place(part.pairs, sides, folder), part.unpaired))
    if len(errors) == len(all_sides):
        raise errors[0]
    pairs = sorted((pair for part in parts for pair in part.pairs), key=lambda pair: pair.name)
    return PairList(_with_scenes(pairs, folder), sorted({path for part in parts for path in part.unpaired}))


def _name_by_place(pairs: Sequence[Pair], sides: Sides, folder: Path) -> list[Pair]:
    """Return the pairs of one of several places. Kinds of blur share their scenes; other places have their own."""
    place = sides.place.relative_to(folder).as_posix()
    if side_of(sides.place.name) == "blurred":  # “motion_blurred/sharp” beside “defocused_blurred/sharp”
        return [replace(pair, name=f"{pair.name} {place}") for pair in pairs]
    split = next((word for word in words_of(sides.sharp[0].name) if word in SPLITS), "")
    if split == sides.place.name.lower():
        split = ""
    head = "/".join(part for part in (place if place != "." else "", split) if part)
    return [
        replace(pair, name=f"{head}/{pair.name}", scene_name=f"{head}/{pair.scene_name or pair.sharp.stem}")
        for pair in pairs
    ]


def _pair_folders(blurred: Sequence[Path], sharp: Sequence[Path], name_of: Callable[[str, Path], str]) -> PairList:
    """Return the pairs of folders that lie side by side: each blurred one with the sharp one that fits it best."""
    truths = {folder: _pictures(folder) for folder in sharp}
    inputs = {folder: _pictures(folder) for folder in blurred}
    pairs: list[Pair] = []
    for folder, pictures in inputs.items():
        kinds = _KINDS.get(folder.name.lower(), "FM")
        matched = [match_names(pictures, own, kinds) for own in truths.values()]
        best = max(matched, key=len)
        pairs += [Pair(one, other, name_of(key, folder), key if "/" in key else "") for key, one, other in best]
    if not pairs:
        raise DeblurError(explain_missing_partners(inputs, truths))
    everything = [path for side in (truths, inputs) for pictures in side.values() for path in pictures.values()]
    used = {path for pair in pairs for path in (pair.blurred, pair.sharp)}
    pairs.sort(key=lambda pair: _order(pair.name))
    own = sharp[0].parent if len(sharp) == 1 else None
    return PairList(_with_scenes(pairs, own), sorted(set(everything) - used))


def _common_name(key: str, _folder: Path) -> str:
    return key


def _kind_name(key: str, folder: Path) -> str:
    return f"{key} {folder.name}"


def _order(name: str) -> tuple[bool, int, str]:
    """Return the place of a name in the list: ids first, as numbers."""
    first = name.partition(" ")[0]
    return not first.isdecimal(), len(first) if first.isdecimal() else 0, name


def _with_scenes(pairs: list[Pair], folder: Path | None) -> list[Pair]:
    """Return the pairs, each with the scene of its folder where there are enough of those."""
    if folder is None:
        return pairs
    places = [pair.sharp.parent for pair in pairs]
    kinds_share = any(side_of(part) == "blurred" for place in places for part in place.relative_to(folder).parts[:-1])
    counts = Counter(places)
    if kinds_share or len(counts) < _FEWEST_SCENES or max(counts.values()) < 2:
        return pairs
    return [
        replace(pair, scene_name=place.relative_to(folder).as_posix())
        for pair, place in zip(pairs, places, strict=True)
    ]


def _pictures(folder: Path) -> dict[str, Path]:
    """Return the pictures of a folder and of the folders inside it, by their path in it in lower case, in order."""
    pictures: dict[str, Path] = {}
    level = [folder]
    for _ in range(_DEEPEST):
        for place in level:
            for path in _files_in(place):
                name = unicodedata.normalize("NFC", path.relative_to(folder).as_posix()).lower()
                pictures[name if name not in pictures else f"{name}/{path.name}"] = path
        level = [path for place in level for path in folders_in(place) if not path.is_symlink()]
    return pictures


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if is_picture(p) and not p.name.startswith(".") and p.is_file())
    except OSError as error:
        raise DeblurError(
            tr("The folder “{folder}” cannot be read: {reason}.", folder=folder, reason=error.strerror)
        ) from error


def _all_pictures(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders for path in _pictures(folder).values()]
