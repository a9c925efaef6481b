"""Registration of pairs whose two pictures do not lie on each other, by moving the sharp one."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.registration.alignment import align, apply_homography, warp
from training.data.folder_layout import side_of
from training.data.pairs import SHARP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.core.picture import Picture
    from deblur_app.restoration.registration.alignment import Alignment, Homography
    from training.data.pairs import Pair

LIMIT = 1.0
"""Residual in pixels up to which a pair counts as registered."""

_LEAST_SHARE = 0.25
"""Share of the blurred frame that both pictures must show."""

_MARGIN = 2
"""Pixels left out along the border of the sharp picture, where resampling has to invent its neighbours."""


@dataclass(frozen=True)
class Registration:
    """The result of the registration of one pair.

    Attributes:
        pair: The pair as it was.
        mended: The new pair; None where it could not be registered.
        sentence: What was done, or why not, for people.
        displacement: How far apart the two pictures were, root mean square over the frame in pixels; None if unknown.
        residual: What is left after registering, see `Alignment`; None if unknown.
    """

    pair: Pair
    mended: Pair | None
    sentence: str
    displacement: float | None = None
    residual: float | None = None


@dataclass(frozen=True)
class Registered:
    """The results of the registration of all pairs.

    Attributes:
        folder: The new folder, which `find_pairs` reads; it does not exist where no pair could be registered.
        results: One for each pair, in the order given.
    """

    folder: Path
    results: list[Registration]

    @property
    def mended(self) -> list[Pair]:
        """The pairs in the new folder."""
        return [result.mended for result in self.results if result.mended is not None]

    @property
    def left_out(self) -> list[Registration]:
        """The results of the pairs that could not be registered."""
        return [result for result in self.results if result.mended is None]


def register(pairs: Sequence[Pair], out: Path, *, limit: float = LIMIT) -> Task[Registered]:
    """Write pairs whose pictures lie on each other into a new folder; the originals are not touched.

    The sharp picture is resampled (cubic) onto the blurred one and both are cropped to what they share. The blurred
    one is never resampled, because that would change its blur. Both are stored without loss, in a folder for each
    kind of blur that holds `sharp/` and `blurred/`. The folder appears when all is done, or not at all.

    Args:
        pairs: What to register.
        out: The new folder. It must not exist, or be empty.
        limit: Largest residual in pixels, see `Alignment`. Pairs above it are left out.

    Raises:
        DeblurError: `out` holds something or cannot be written to.
    """
    check_new(out)
    try:
        work = Path(tempfile.mkdtemp(prefix=".deblur-", dir=out.parent))
    except OSError as error:
        raise DeblurError(tr("The folder “{out}” cannot be made: {reason}.", out=out, reason=error.strerror)) from error
    try:
        results = []
        for number, pair in enumerate(pairs):
            share = number / len(pairs), (number + 1) / len(pairs)
            results.append((yield from subtask(_register(pair, work, out, limit), *share)))
        if any(result.mended for result in results):
            _move(work, out)
        return Registered(out, results)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def check_new(out: Path) -> None:
    """Refuse a folder that holds something.

    Raises:
        DeblurError: It does, or it is a file, or cannot be read.
    """
    try:
        is_taken = out.exists() and (not out.is_dir() or any(out.iterdir()))
    except OSError as error:
        raise DeblurError(tr("The folder “{out}” cannot be read: {reason}.", out=out, reason=error.strerror)) from error
    if is_taken:
        raise DeblurError(tr("“{out}” is there already. Name a new folder for the registered pairs.", out=out))


def _move(work: Path, out: Path) -> None:
    try:
        work.chmod(0o755)  # what mkdtemp makes is closed to everybody else
        with suppress(FileNotFoundError):
            out.rmdir()
        work.rename(out)
    except OSError as error:
        raise DeblurError(tr("The folder “{out}” cannot be made: {reason}.", out=out, reason=error.strerror)) from error


def _register(pair: Pair, work: Path, out: Path, limit: float) -> Task[Registration]:
    yield Progress(0.0, tr("Registering {name}", name=pair.name))
    try:
        sharp = image_io.read(pair.sharp)
        yield Progress(0.05, tr("Registering {name}", name=pair.name))
        blurred = image_io.read(pair.blurred)
    except DeblurError as error:
        return Registration(pair, None, tr("{name} could not be registered: {error}", name=pair.name, error=error))
    alignment = yield from subtask(align(sharp.pixels, blurred.pixels), 0.1, 0.8)
    if isinstance(alignment, str):
        return Registration(
            pair, None, tr("{name} could not be registered: {alignment}.", name=pair.name, alignment=alignment)
        )
    figures = alignment.displacement, alignment.residual
    problem, area = _problem(alignment, limit), common_area(alignment.homography, sharp, blurred)
    if problem is None and area is None:
        problem = tr("the two share less than {least_share:.0%} of the frame", least_share=_LEAST_SHARE)
    if problem is not None or area is None:
        return Registration(
            pair, None, tr("{name} could not be registered: {problem}.", name=pair.name, problem=problem), *figures
        )
    yield Progress(0.8, tr("Writing {name}", name=pair.name))
    moved_sharp = sharp.with_pixels(np.clip(warp(sharp.pixels, alignment.homography, blurred.pixels.shape), 0.0, 1.0))
    mended = _target(pair, out, work)
    _write(moved_sharp, area, work / mended.sharp.relative_to(out))
    yield Progress(0.9, tr("Writing {name}", name=pair.name))
    _write(blurred, area, work / mended.blurred.relative_to(out))
    sentence = tr(
        "{name}: moved by {displacement:.1f} px, {residual:.2f} px are left.",
        name=pair.name,
        displacement=alignment.displacement,
        residual=alignment.residual,
    )
    return Registration(pair, mended, sentence, *figures)


def _problem(alignment: Alignment, limit: float) -> str | None:
    if alignment.residual <= limit:
        return None
    return tr(
        "after the best homography {residual:.2f} px are left on {windows} places, more than "
        "{limit:g} px – something moved in the scene, or the camera changed its place",
        residual=alignment.residual,
        windows=alignment.windows,
        limit=limit,
    )


def common_area(homography: Homography, sharp: Picture, blurred: Picture) -> tuple[slice, slice] | None:
    """Return rows and columns of the blurred picture that the sharp one shows too; None where they share too little.

    Args:
        homography: Takes points of the blurred picture to the sharp one.
        sharp: The picture that will be moved.
        blurred: The picture that stays.
    """
    right, bottom = sharp.width - 1 - _MARGIN, sharp.height - 1 - _MARGIN
    corners = np.array([[_MARGIN, _MARGIN], [right, _MARGIN], [right, bottom], [_MARGIN, bottom]], float)
    tl, tr, br, bl = apply_homography(corners, np.linalg.inv(homography))
    left, top = max(tl[0], bl[0], 0.0), max(tl[1], tr[1], 0.0)
    right, bottom = min(tr[0], br[0], blurred.width - 1.0), min(bl[1], br[1], blurred.height - 1.0)
    columns = slice(int(np.ceil(left)), int(np.floor(right)) + 1)
    rows = slice(int(np.ceil(top)), int(np.floor(bottom)) + 1)
    width, height = max(columns.stop - columns.start, 0), max(rows.stop - rows.start, 0)
    return (rows, columns) if width * height >= _LEAST_SHARE * blurred.width * blurred.height else None


def _target(pair: Pair, out: Path, work: Path) -> Pair:
    """Return the paths of the new pair; equal sharp names keep telling which pairs show one scene.

    Args:
        pair: The old one.
        out: The folder that the pairs will be in.
        work: The folder that they are written into until all are done; what is there is not written over.
    """
    kinds = (folder.name for folder in pair.blurred.parents if side_of(folder.name) == "blurred")
    kind = next(kinds, pair.blurred.parent.name)
    place = pair.name.rpartition("/")[0].replace("/", "_")
    name = Path(place) / f"{pair.sharp.stem}.png"
    if (work / kind / SHARP / name).exists():
        name = Path(place) / f"{pair.sharp.name}_{pair.blurred.name}.png"
    return replace(pair, blurred=out / kind / "blurred" / name, sharp=out / kind / SHARP / name)


def _write(picture: Picture, area: tuple[slice, slice], path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeblurError(
            tr("The folder “{folder}” cannot be made: {reason}.", folder=path.parent, reason=error.strerror)
        ) from error
    image_io.write(replace(picture, pixels=np.ascontiguousarray(picture.pixels[area]), alpha=None), path)
