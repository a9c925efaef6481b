"""What is meant by the files that are dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deblur_app.core import files
from deblur_app.core.errors import DeblurError
from deblur_app.engine.bundle import is_bundle
from deblur_app.engine.guests.package import is_package

if TYPE_CHECKING:
    from pathlib import Path

_TRUTH_WORDS = re.compile(r"(?:^|[^a-z])(?:sharp|truth|gt|clean|target|original|s)(?:$|[^a-z])")
_BLUR_WORDS = re.compile(r"(?:^|[^a-z])(?:blur|blurred|blurry|defocus\w*|motion\w*|input|f|m)(?:$|[^a-z])")


@dataclass(frozen=True)
class Dropped:
    """What to do with a drop.

    Attributes:
        picture: The picture to open as input.
        truth: Its ground truth, where two pictures make a pair.
        pictures: All pictures, to choose from or to combine, where there are several or a folder was dropped.
        model: The card of a model to use.
        package: The package of a public network to add.
        bundle: A model as one file, to install.
    """

    picture: Path | None = None
    truth: Path | None = None
    pictures: list[Path] = field(default_factory=list)
    model: Path | None = None
    package: Path | None = None
    bundle: Path | None = None


def understand(paths: list[Path]) -> Dropped:
    """What the user means by dropping `paths` on the window.

    One picture is the input; two are input and ground truth, and where their names do not tell which is which, they
    are listed too, so that they can be combined; a folder, or more pictures, become a list of which the first is
    opened; a model card is a model to use; the package of a network, as an archive or a folder, is one to add; a
    model in one file is one to install.

    Raises:
        DeblurError: There is nothing in it that can be opened.
    """
    if len(paths) == 1 and paths[0].suffix.lower() == ".json":
        return Dropped(model=paths[0])
    if len(paths) == 1 and is_bundle(paths[0]):
        return Dropped(bundle=paths[0])
    if len(paths) == 1 and is_package(paths[0]):
        return Dropped(package=paths[0])
    pictures = [picture for path in paths for picture in _pictures(path)]
    if not pictures:
        names = ", ".join(path.name for path in paths) or "nothing"
        raise DeblurError(
            f"There is no picture in what was dropped ({names}). Deblur opens JPEG, PNG, TIFF, WebP, BMP and others."
        )
    if len(pictures) == 2 and not any(path.is_dir() for path in paths):
        blurred, truth = order_pair(*pictures)
        tells = _sharpness(blurred) != _sharpness(truth)
        return Dropped(picture=blurred, truth=truth, pictures=[] if tells else pictures)
    listed = pictures if len(pictures) > 1 or paths[0].is_dir() else []
    return Dropped(picture=pictures[0], pictures=listed)


def order_pair(one: Path, other: Path) -> tuple[Path, Path]:
    """Which of two pictures is the blurred one and which the ground truth, by their names and folders.

    Where the names do not tell, the first is taken as blurred; input and ground truth can be swapped afterwards.
    """
    return (other, one) if _sharpness(one) > _sharpness(other) else (one, other)


def same_scene(one: Path, other: Path) -> bool:
    """Whether two names differ only in words for sharp and blurred, as in “12_NIKON_S.jpg” and “12_NIKON_F.jpg”."""
    return _scene(one) == _scene(other)


def _scene(path: Path) -> list[str]:
    words = re.split(r"[\W_]+", path.stem.lower())
    return [word for word in words if not (_TRUTH_WORDS.search(word) or _BLUR_WORDS.search(word))]


def _sharpness(path: Path) -> int:
    """1 for a name or folder that speaks of a sharp picture, -1 for a blurred one, 0 else; the name goes first."""
    for text in (path.stem.lower(), path.parent.name.lower()):
        if _BLUR_WORDS.search(text):
            return -1
        if _TRUTH_WORDS.search(text):
            return 1
    return 0


def _pictures(path: Path) -> list[Path]:
    """The pictures of a folder, or the file itself: whether it is one is said when it is opened."""
    return files.pictures_in(path) if path.is_dir() else [path]
