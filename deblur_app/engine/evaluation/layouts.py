"""Layouts of data sets: which photos lie in a folder, and which sharp pictures belong to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.engine.evaluation.cases import MAT, Case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AUTO, PAIRS, GOPRO, KOHLER, LEVIN, LAI = "auto", "pairs", "gopro", "kohler", "levin", "lai"

_BLURRED = ("blurred", "blur", "input", "uniform", "nonuniform", "blurryimages")
_SHARP = ("sharp", "truth", "ground_truth", "groundtruth", "gt", "target")
"""Names that the folders of blurred photos and of sharp pictures have, in any case."""

_KOHLER_PHOTO = re.compile(r"(?:blurry)?(\d+)_(\d+)", re.IGNORECASE)
_KOHLER_TRUTH = re.compile(r"(?:groundtruth|sharp|image)?(\d+)(?:_(\d+))?(?:_\d+)?", re.IGNORECASE)
"""Names of photos, as in “1_04” or “Blurry1_4”, and of sharp pictures: “1”, or “GroundTruth1_4_17” for one pose."""

_LAI_PHOTO = re.compile(r"(.+)_kernel_\d+")
"""Names of photos, as in “manmade_01_kernel_02” for the sharp picture “manmade_01”."""

_EXPECTED = {
    PAIRS: "folders “blurred” and “sharp” with pictures of equal names",
    GOPRO: "a folder for each scene, with folders “blur” and “sharp”",
    KOHLER: "a folder “blurred” with pictures such as “1_04.png”, and a folder “sharp” with “1.png”",
    LEVIN: "files such as “im01_ker02.mat”",
    LAI: "a folder “uniform” with pictures such as “manmade_01_kernel_02.png”, and a folder “ground_truth”",
}
"""Contents that each layout is told by."""


def list_cases(folder: Path, layout: str = AUTO) -> list[Case]:
    """Return the cases of a data set, sorted by name.

    Args:
        folder: The data set.
        layout: One of `LAYOUTS`; “auto” takes the first one that there are cases of.

    Raises:
        DeblurError: The folder is missing, or holds no case of the layout.
    """
    if not folder.is_dir():
        raise DeblurError(f"“{folder}” is not a folder. Name the folder of a data set.")
    for name in _FINDERS if layout == AUTO else (layout,):
        if cases := _FINDERS[name](folder):
            return sorted(cases, key=lambda case: case.name)
    if layout != AUTO:
        raise DeblurError(f"“{folder}” has not the layout “{layout}”. It needs {_EXPECTED[layout]}.")
    expected = "; ".join(f"{name}: {text}" for name, text in _EXPECTED.items())
    raise DeblurError(f"“{folder}” has none of the layouts that are known ({expected}).")


def _levin(folder: Path) -> list[Case]:
    files = [path for path in folder.iterdir() if path.suffix.lower() == MAT and not path.name.startswith(".")]
    return [Case(path.stem, path, (path,), LEVIN) for path in files]


def _gopro(folder: Path) -> list[Case]:
    """Return the cases of scenes in the folder, or in folders of it such as “test”."""
    scenes = [path for pattern in ("*/blur", "*/*/blur") for path in folder.glob(pattern) if path.is_dir()]
    cases = []
    for blurred in scenes:
        name = blurred.parent.relative_to(folder).as_posix()
        pairs = _equal_names(blurred, blurred.with_name("sharp"))
        cases += [Case(f"{name}/{photo.stem}", photo, (truth,), GOPRO) for photo, truth in pairs]
    return cases


def _lai(folder: Path) -> list[Case]:
    truths = _by_stem(_subfolders(folder, _SHARP))
    cases = []
    for blurred in _subfolders(folder, _BLURRED):
        for photo in file_names.pictures_in(blurred):
            match = _LAI_PHOTO.fullmatch(photo.stem)
            if match and (truth := truths.get(match[1])):
                cases.append(Case(f"{blurred.name}/{photo.stem}", photo, (truth,), LAI))
    return cases


def _kohler(folder: Path) -> list[Case]:
    poses: dict[tuple[str, ...], list[Path]] = {}
    for stem, path in _by_stem(_subfolders(folder, _SHARP)).items():
        if match := _KOHLER_TRUTH.fullmatch(stem):
            poses.setdefault(tuple(_number(part) for part in match.groups() if part), []).append(path)
    cases = []
    for stem, photo in _by_stem(_subfolders(folder, _BLURRED)).items():
        if match := _KOHLER_PHOTO.fullmatch(stem):
            key = _number(match[1]), _number(match[2])
            truths = poses.get(key) or poses.get(key[:1])
            if truths:
                cases.append(Case(stem, photo, tuple(sorted(truths)), KOHLER))
    return cases


def _pairs(folder: Path) -> list[Case]:
    blurred, sharp = _subfolders(folder, _BLURRED), _subfolders(folder, _SHARP)
    if not (blurred and sharp):
        return []
    return [Case(photo.stem, photo, (truth,), PAIRS) for photo, truth in _equal_names(blurred[0], sharp[0])]


_FINDERS: dict[str, Callable[[Path], list[Case]]] = {
    LEVIN: _levin,
    GOPRO: _gopro,
    LAI: _lai,
    PAIRS: _pairs,
    KOHLER: _kohler,
}
"""The layouts, in the order in which they are looked for."""

LAYOUTS = (AUTO, PAIRS, GOPRO, KOHLER, LEVIN, LAI)
"""The choices."""


def _subfolders(folder: Path, names: tuple[str, ...]) -> list[Path]:
    """Return the folders of these names, in the order of the names."""
    folders = sorted(path for path in folder.iterdir() if path.name.lower() in names and path.is_dir())
    return sorted(folders, key=lambda path: names.index(path.name.lower()))


def _by_stem(folders: list[Path]) -> dict[str, Path]:
    """Return the pictures in folders by their names without ending."""
    return {path.stem: path for folder in reversed(folders) for path in file_names.pictures_in(folder)}


def _equal_names(blurred: Path, sharp: Path) -> list[tuple[Path, Path]]:
    """Return the pictures of two folders that have the same name, whatever their ending."""
    if not sharp.is_dir():
        return []
    truths = _by_stem([sharp])
    return [(photo, truths[photo.stem]) for photo in file_names.pictures_in(blurred) if photo.stem in truths]


def _number(text: str) -> str:
    """Return a number without leading zeros: “04” and “4” are the same photo."""
    return text.lstrip("0") or "0"
