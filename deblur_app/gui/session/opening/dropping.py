"""Interpretation of dropped files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.texts import tr
from deblur_app.engine.models.bundle import is_bundle
from deblur_app.engine.models.third_party.package import is_package

if TYPE_CHECKING:
    from pathlib import Path

_TRUTH_WORDS = re.compile(r"(?:^|[^a-z])(?:sharp|truth|gt|clean|target|original|s)(?:$|[^a-z])")
_BLUR_WORDS = re.compile(r"(?:^|[^a-z])(?:blur|blurred|blurry|defocus\w*|motion\w*|input|f|m)(?:$|[^a-z])|[^a-z]b$")
"""A “b” counts at the end only, as in “12_b”: “b.png” is the second of many photos."""


@dataclass(frozen=True)
class Dropped:
    """The files of a drop, sorted by what is to be done with them.

    Attributes:
        picture: The picture to open as input.
        truth: Its ground truth, where the names of two pictures say that they make a pair.
        other: The second of two pictures whose names do not say so: their content may.
        pictures: All pictures, to choose from or to combine, where there are several or a folder was dropped.
        model: The card of a model to use.
        package: The package of a public network to add.
        bundle: A model as one file, to install.
        recipe: The settings of a photo in a file of their own, to go on with.
        problems: A sentence for each folder that could not be read or holds no picture, where others do.
    """

    picture: Path | None = None
    truth: Path | None = None
    other: Path | None = None
    pictures: list[Path] = field(default_factory=list)
    model: Path | None = None
    package: Path | None = None
    bundle: Path | None = None
    recipe: Path | None = None
    problems: tuple[str, ...] = ()


def understand(paths: list[Path]) -> Dropped:
    """Sort the dropped `paths` by what the user means with them.

    One picture is the input; two whose names say so are input and ground truth, and any other two are listed, with
    the question left open whether their content makes them a pair; a folder, or more pictures, become a list of which
    the first is opened; a model card is a model to use; the package of a network, as an archive or a folder, is one to
    add; a model in one file is one to install; a recipe holds settings to go on with.

    Raises:
        DeblurError: There is nothing in it that can be opened.
    """
    if len(paths) == 1 and (other := _find_other(paths[0])):
        return other
    pictures, problems = _collect(paths)
    if not pictures:
        raise DeblurError("\n".join(problems) if problems else tr("Nothing was dropped that Deblur can open."))
    if len(pictures) == 2 and not any(path.is_dir() for path in paths):
        blurred, truth = order_pair(*pictures)
        if _sharpness(blurred) != _sharpness(truth) and same_scene(blurred, truth):
            return Dropped(picture=blurred, truth=truth, problems=problems)
        return Dropped(picture=pictures[0], other=pictures[1], pictures=pictures, problems=problems)
    listed = pictures if len(pictures) > 1 or paths[0].is_dir() else []
    return Dropped(picture=pictures[0], pictures=listed, problems=problems)


def _find_other(path: Path) -> Dropped | None:
    """Return what a file is that is no picture: a recipe, a model or a network; None for all others."""
    if path.name.lower().endswith(file_names.RECIPE_SUFFIX):
        return Dropped(recipe=path)
    if path.suffix.lower() == ".json":
        return Dropped(model=path)
    if is_bundle(path):
        return Dropped(bundle=path)
    return Dropped(package=path) if is_package(path) else None


def order_pair(one: Path, other: Path) -> tuple[Path, Path]:
    """Return the blurred and the sharp one of two pictures, by their names and folders.

    Where the names do not tell, the first is taken as blurred; input and ground truth can be swapped afterwards.
    """
    return (other, one) if _sharpness(one) > _sharpness(other) else (one, other)


def same_scene(one: Path, other: Path) -> bool:
    """Return whether two names differ only in words for sharp and blurred, as “12_NIKON_S.jpg” and “12_NIKON_F.jpg”."""
    return _scene(one) == _scene(other)


def _scene(path: Path) -> list[str]:
    words = re.split(r"[\W_]+", re.sub(r"[\W_]+b$", "", path.stem.lower()))
    return [word for word in words if not (_TRUTH_WORDS.search(word) or _BLUR_WORDS.search(word))]


def _sharpness(path: Path) -> int:
    """Return 1 if a name or folder speaks of a sharp picture, -1 of a blurred one, else 0; the name goes first."""
    for text in (path.stem.lower(), path.parent.name.lower()):
        if _BLUR_WORDS.search(text):
            return -1
        if _TRUTH_WORDS.search(text):
            return 1
    return 0


def _collect(paths: list[Path]) -> tuple[list[Path], tuple[str, ...]]:
    """Return the pictures of files and folders, each once, and a sentence for each folder that gives none.

    Whether a file is a picture is said when it is opened.
    """
    pictures: dict[Path, None] = {}
    problems = []
    for path in paths:
        if not path.is_dir():
            pictures[path] = None
            continue
        try:
            inside = file_names.pictures_in(path)
        except DeblurError as error:
            problems.append(str(error))
            continue
        pictures.update(dict.fromkeys(inside))
        if not inside:
            problems.append(
                tr(
                    "There is no picture in the folder “{name}”. Deblur opens JPEG, PNG, TIFF, WebP, BMP and others.",
                    name=path.name,
                )
            )
    return list(pictures), tuple(problems)
