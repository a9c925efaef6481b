"""Recognition of the folders of a data set by their names: which hold sharp pictures and which blurred ones.

Known are the layouts of the paper, GoPro, REDS, RealBlur, DPDD and of the training scripts that are commonly used on
them: two or more folders side by side, or such folders inside others for each split, scene or kind of blur.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from pathlib import Path

type Side = Literal["sharp", "blurred"]

SPLITS = frozenset(("train", "training", "val", "valid", "validation", "test", "testing", "eval"))
"""Words for the parts of a data set."""

_BLUR = frozenset(("blur", "blurred", "blurry", "blurs", "defocus", "defocused", "unsharp", "shaken"))
_SHARP = frozenset(
    (
        *("sharp", "sharps", "gt", "gts", "groundtruth", "truth", "target", "targets", "hq", "hr", "clean", "clear"),
        *("original", "originals", "reference", "highquality", "label", "labels"),
    )
)
_INPUT = frozenset(("input", "inputs", "inputc", "lq", "lr", "source", "degraded", "lowquality", "noisy", "motion"))
_PHRASES = {"ground truth": "groundtruth", "high quality": "highquality", "low quality": "lowquality"}

_DEEPEST = 4
"""Folders inside each other that are looked into, as in data/GoPro/train/SCENE/blur."""

_MOST_FOLDERS = 5_000
"""Folders that are looked into: someone may choose a whole disk."""


@dataclass(frozen=True)
class Sides:
    """Folders that lie side by side.

    Attributes:
        place: The folder that they are in.
        sharp: Those of sharp pictures, sorted.
        blurred: Those of blurred pictures, sorted.
    """

    place: Path
    sharp: tuple[Path, ...] = ()
    blurred: tuple[Path, ...] = ()

    @property
    def is_complete(self) -> bool:
        """True if there are folders of both sides."""
        return bool(self.sharp and self.blurred)


def words_of(name: str) -> list[str]:
    """Return the words of a file or folder name in lower case; “GroundTruth” and “ground_truth” are one word."""
    plain = unicodedata.normalize("NFC", name)
    split = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])|[\W_]+", " ", plain).lower().strip()
    for phrase, word in _PHRASES.items():
        split = split.replace(phrase, word)
    return split.split()


def side_of(name: str) -> Side | None:
    """Return which side of a pair a folder of this name holds; None where the name does not tell."""
    words = set(words_of(name))
    if words & _BLUR:
        return "blurred"
    if words & _SHARP:
        return "sharp"
    return "blurred" if words & _INPUT else None


def without_side(name: str) -> str:
    """Return a file name without the words for its side: “blur_12” and “gt_12” both become “12”."""
    return " ".join(word for word in words_of(name) if word not in _BLUR | _SHARP | _INPUT)


def split_of(name: str) -> str:
    """Return the word for a part of a data set in a folder name, such as “train” in “train_blur”; "" for none."""
    return next((word for word in words_of(name) if word in SPLITS), "")


def find_sides(folder: Path) -> list[Sides]:
    """Return the folders of sharp and blurred pictures in `folder`, or in the folders inside it.

    Where `folder` itself has both, what lies deeper is not looked at. Folders of one place whose names tell two
    parts of a data set, such as “train_blur” and “val_blur”, are told apart.

    Raises:
        DeblurError: `folder` cannot be read.
    """
    pairs_of_sides: list[Sides] = []
    level, count = [folder], 0
    for _ in range(_DEEPEST):
        deeper: list[Path] = []
        for place in level:
            inside = folders_in(place) if place == folder else _folders_or_none(place)
            count += len(inside)
            sides = _sides(place, inside)
            pairs_of_sides += sides
            if not any(each.is_complete for each in sides):
                deeper += inside
        level = deeper
        if count > _MOST_FOLDERS:
            break
    complete = [sides for sides in pairs_of_sides if sides.is_complete]
    return complete or pairs_of_sides


def folders_in(folder: Path) -> list[Path]:
    """Return the folders directly inside `folder`, sorted, without hidden ones.

    Raises:
        DeblurError: It cannot be read.
    """
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError as error:
        raise DeblurError(
            tr("The folder “{folder}” cannot be read: {reason}.", folder=folder, reason=error.strerror)
        ) from error


def _folders_or_none(folder: Path) -> list[Path]:
    try:
        return folders_in(folder) if not folder.is_symlink() else []
    except DeblurError:
        return []


def _sides(place: Path, inside: list[Path]) -> list[Sides]:
    """Return the sides directly in one place, one for each part of the data set that the folder names tell."""
    side_folders = [path for path in inside if side_of(path.name)]
    parts: dict[str, list[Path]] = {}
    for path in side_folders:
        parts.setdefault(split_of(path.name), []).append(path)
    divided = [_divide_sides(place, paths) for paths in parts.values()]
    if side_folders and not any(sides.is_complete for sides in divided):  # “sharp” beside “train_blur”
        return [_divide_sides(place, side_folders)]
    return divided


def _divide_sides(place: Path, paths: list[Path]) -> Sides:
    sharp, blurred = (tuple(path for path in paths if side_of(path.name) == side) for side in ("sharp", "blurred"))
    return Sides(place, sharp, blurred)
