"""Candidates of an evaluation: methods of the program, networks that somebody trained, pictures of other programs."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app import __version__
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.files.atomic_files import temporary_folder
from deblur_app.core.files.plain_file import read_plain
from deblur_app.core.resources import resource
from deblur_app.engine import model_methods
from deblur_app.engine.deblurring import deblur
from deblur_app.engine.method import Request
from deblur_app.engine.methods import registry
from deblur_app.engine.models import bundle, installed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from deblur_app.core.picture import Picture
    from deblur_app.core.task import Task
    from deblur_app.engine.evaluation.cases import Case

DO_NOTHING = "do_nothing"

_LARGEST_CARD = 1_000_000
"""Bytes of a model card at most."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A way to restore the photos of a data set.

    Attributes:
        name: Its name in the figures.
        restore: Takes a case and its photo; a task that returns the restored picture.
        identity: Changes where the same name would give other pictures, so that old figures are not taken for new.
    """

    name: str
    restore: Callable[[Case, Picture], Task[Picture]]
    identity: str = ""


def nothing() -> Candidate:
    """Return the candidate that leaves each photo as it is, which all others are compared with."""
    return Candidate(DO_NOTHING, _leave)


def method(name: str) -> Candidate:
    """Return a method of the program, an installed model, the folder of a run, a model card or a `.deblur` file.

    Raises:
        DeblurError: There is nothing of this name, or it holds no network that deblurs.
    """
    if name == DO_NOTHING:
        return nothing()
    if name in registry.list_names():
        return Candidate(name, _by_request(Request(name)), _program_stamp())
    path = Path(name)
    if path.is_file() and bundle.is_bundle(path):
        return Candidate(path.stem, _by_bundle(path), hashlib.sha256(file_names.content(path)).hexdigest())
    card = path / bundle.CARD if path.is_dir() else installed.card_of(name)
    if not card.is_file():
        names = ", ".join([*registry.list_names(), *(model.name for model in installed.list_installed())])
        raise DeblurError(
            f"“{name}” is not a method, a model or the folder of a training with a model. There are: {names}."
        )
    stamp = hashlib.sha256(read_plain(card, _LARGEST_CARD)).hexdigest()  # a card names the hashes of its weights
    label = path.name if path.is_dir() else name if name != str(card) else card.parent.name
    return Candidate(label, _by_request(_request(card)), f"{_program_stamp()} {stamp}")


def results(folder: Path, cases: Iterable[Case]) -> Candidate:
    """Return the pictures that another program has made of the photos of a data set.

    A picture belongs to the photo of the same name, whatever its ending; in data sets with several scenes, of the same
    name in a folder of the scene's name.

    Raises:
        DeblurError: The folder is missing, or no picture in it is named as a photo.
    """
    if not folder.is_dir():
        raise DeblurError(f"“{folder}” is not a folder. Name a folder with the pictures of another program.")
    pictures: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if file_names.is_picture(path) and path.is_file() and not path.name.startswith("."):
            for key in _keys(path.relative_to(folder)):
                pictures.setdefault(key, []).append(path)
    matches = {case: match for case in cases if (match := _match(case.name, pictures))}
    if not matches:
        raise DeblurError(f"No picture in “{folder}” is named as a photo of the data set.")
    stamps = sorted(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in matches.values())
    return Candidate(folder.name, _by_files(folder, matches), hashlib.sha256("\n".join(stamps).encode()).hexdigest())


def with_unique_names(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates of which no two have one name: the second “run” becomes “run-2”."""
    unique: dict[str, Candidate] = {}
    for candidate in candidates:
        names = itertools.chain([candidate.name], (f"{candidate.name}-{number}" for number in itertools.count(2)))
        name = next(name for name in names if name not in unique)
        unique[name] = replace(candidate, name=name)
    return list(unique.values())


def _leave(case: Case, photo: Picture) -> Task[Picture]:
    del case
    yield from ()
    return photo


def _by_request(request: Request) -> Callable[[Case, Picture], Task[Picture]]:
    def restore(case: Case, photo: Picture) -> Task[Picture]:
        del case
        return (yield from deblur(photo, request)).picture

    return restore


def _by_bundle(path: Path) -> Callable[[Case, Picture], Task[Picture]]:
    """Return the restoration by the model of a `.deblur` file, which is unpacked for each photo and not installed."""

    def restore(case: Case, photo: Picture) -> Task[Picture]:
        del case
        with temporary_folder() as folder:
            yield from bundle.unpack(path, folder)
            return (yield from deblur(photo, _request(folder / bundle.CARD))).picture

    return restore


def _by_files(folder: Path, pictures: Mapping[Case, Path]) -> Callable[[Case, Picture], Task[Picture]]:
    def restore(case: Case, photo: Picture) -> Task[Picture]:
        del photo
        if case not in pictures:
            raise DeblurError(f"“{folder}” has no picture of “{case.name}”.")
        return (yield from image_io.read_task(pictures[case]))

    return restore


def _request(card: Path) -> Request:
    return Request(model_methods.method_for(card), {"model": str(card)})


def _keys(path: Path) -> set[str]:
    """Return the names of the photos that a picture may belong to, by its path within the folder."""
    stem = path.stem
    parts = [part for part in path.parent.parts if part.lower() not in ("blur", "blurred", "sharp")]
    without_mark = stem.removesuffix(f"_{file_names.DEBLURRED}")
    return {"/".join([*parts[start:], name]) for name in (stem, without_mark) for start in range(len(parts) + 1)}


def _match(name: str, pictures: Mapping[str, list[Path]]) -> Path | None:
    """Return the one picture that is named as a photo; None where there is none, or more than one."""
    for key in (name, name.rpartition("/")[2]):
        if len(paths := pictures.get(key, [])) == 1:
            return paths[0]
    return None


def _program_stamp() -> str:
    """Return what changes with the program: its version, and when its files and weights were written."""
    folders = (Path(__file__).parents[2], resource("weights"))
    times = [path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc"]
    return f"{__version__} {max(times, default=0)}"
