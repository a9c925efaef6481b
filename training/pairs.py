"""Which blurred picture belongs to which sharp one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SHARP = "sharp"
BLURRED = ("defocused_blurred", "motion_blurred")
"""The folder names of the paper's data set."""

ENDINGS = frozenset((".jpg", ".jpeg", ".png"))

_PAPER_NAME = re.compile(r"(?P<id>\d+)_.*?_?(?P<kind>[SFM])", re.IGNORECASE)
_KINDS = {SHARP: "S", "defocused_blurred": "F", "motion_blurred": "M"}


@dataclass(frozen=True)
class Pair:
    """Two files that show one scene.

    Attributes:
        blurred: The picture to repair.
        sharp: The ground truth.
        name: What tells the pair from the others: the scene's id or the common file name.
    """

    blurred: Path
    sharp: Path
    name: str

    @property
    def scene(self) -> str:
        """What scene it shows, among the pairs of one data set: pairs of one scene share the sharp file's name.

        It is not the sharp file itself, because registered pairs of one scene have a sharp file each.
        """
        return self.sharp.name


@dataclass(frozen=True)
class PairList:
    """What a folder has to train on.

    Attributes:
        pairs: The pairs, sorted by name and by kind of blur.
        unpaired: Pictures that have no counterpart, sorted; the user is shown them.
    """

    pairs: list[Pair]
    unpaired: list[Path] = field(default_factory=list)


def find_pairs(folder: Path) -> PairList:
    """The pairs in a folder laid out like the paper's data set.

    The folder has `sharp/` and at least one of `defocused_blurred/` and `motion_blurred/`, with files named
    `<id>_<device>_S|F|M.jpg` (or .jpeg, .png, in any case). Files belong together by their id, never by the order
    in which they are listed. A folder with `sharp/` and `blurred/` and equal names in both is taken as well, and so
    is a folder of such folders, one for each kind of blur, as registered pairs are stored.

    Raises:
        DeblurError: The folder is no such folder, or holds no pair.
    """
    if not folder.is_dir():
        raise DeblurError(f"{folder} is not a folder. Choose the folder that holds “sharp” and the blurred pictures.")
    sharp = folder / SHARP
    blurred = [folder / name for name in BLURRED if (folder / name).is_dir()]
    if sharp.is_dir() and blurred:
        return _checked(_by_id(sharp, blurred), folder)
    if sharp.is_dir() and (folder / "blurred").is_dir():
        return pair_folders(folder / "blurred", sharp)
    kinds = [kind for kind in _folders(folder) if (kind / SHARP).is_dir() and (kind / "blurred").is_dir()]
    if kinds:
        return _of_kinds(kinds)
    raise DeblurError(
        f"{folder} holds no pairs: Deblur looks for a folder “sharp” beside “defocused_blurred” or “motion_blurred” "
        "(as in the paper's data set) or “blurred”. You can also name two folders whose files have equal names."
    )


def pair_folders(blurred: Path, sharp: Path) -> PairList:
    """The pairs in two folders whose files have equal names, whatever their endings.

    Raises:
        DeblurError: One of them is no folder, or no two names are equal.
    """
    truths, doubles = _by_key(sharp, lambda path: path.stem.lower())
    inputs, more_doubles = _by_key(blurred, lambda path: path.stem.lower())
    pairs = [Pair(inputs[name], truths[name], name) for name in sorted(inputs.keys() & truths.keys())]
    return _checked(PairList(pairs, _unpaired(pairs, [blurred, sharp], doubles + more_doubles)), blurred)


def _of_kinds(kinds: list[Path]) -> PairList:
    found = [(kind.name, pair_folders(kind / "blurred", kind / SHARP)) for kind in kinds]
    pairs = [replace(pair, name=f"{pair.name} {name}") for name, part in found for pair in part.pairs]
    return PairList(
        sorted(pairs, key=lambda pair: pair.name), sorted(path for _, part in found for path in part.unpaired)
    )


def _by_id(sharp: Path, blurred: Iterable[Path]) -> PairList:
    blurred = list(blurred)
    truths, doubles = _by_key(sharp, lambda path: _scene_id(path, SHARP))
    pairs = []
    for folder in blurred:
        inputs, more = _by_key(folder, lambda path, name=folder.name: _scene_id(path, name))  # type: ignore[misc]
        doubles += more
        pairs += [Pair(path, truths[key], f"{key} {folder.name}") for key, path in inputs.items() if key in truths]
    pairs.sort(key=lambda pair: (len(pair.name.split()[0]), pair.name))
    return PairList(pairs, _unpaired(pairs, [sharp, *blurred], doubles))


def _scene_id(path: Path, folder: str) -> str | None:
    """The scene's id without leading zeros; None for a name that is not of this folder's kind."""
    match = _PAPER_NAME.fullmatch(path.stem)
    if match is None or match["kind"].upper() != _KINDS[folder]:
        return None
    return str(int(match["id"]))


def _by_key(folder: Path, key: Callable[[Path], str | None]) -> tuple[dict[str, Path], list[Path]]:
    """Pictures of a folder by key, and those whose key was taken already."""
    found: dict[str, Path] = {}
    doubles = []
    for path in _pictures(folder):
        name = key(path)
        if name is not None and found.setdefault(name, path) is not path:
            doubles.append(path)
    return found, doubles


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError as error:
        raise DeblurError(f"The folder {folder} cannot be read: {error.strerror}.") from error


def _pictures(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if p.suffix.lower() in ENDINGS and not p.name.startswith("."))
    except OSError as error:
        raise DeblurError(f"The folder {folder} cannot be read: {error.strerror}.") from error


def _unpaired(pairs: list[Pair], folders: Iterable[Path], doubles: list[Path]) -> list[Path]:
    used = {path for pair in pairs for path in (pair.blurred, pair.sharp)}
    return sorted({path for folder in folders for path in _pictures(folder)} - used | set(doubles))


def _checked(found: PairList, folder: Path) -> PairList:
    if not found.pairs:
        raise DeblurError(
            f"{folder} holds {len(found.unpaired)} pictures but no pair: no blurred picture has the id or name of a "
            "sharp one. Names look like 12_NIKON_S.jpg with 12_NIKON_F.jpg or 12_NIKON_M.jpg."
        )
    return found
