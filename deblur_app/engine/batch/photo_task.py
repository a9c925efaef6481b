"""The work on one photo of a batch, the same wherever it is done: from a file to the bytes of its result.

It writes nothing, so that it may be ended at any moment, and begun again.
"""

from __future__ import annotations

import functools
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core import image_io
from deblur_app.core.files import file_names, name_patterns
from deblur_app.core.files.targets import Target
from deblur_app.core.task import Progress, subtask
from deblur_app.core.texts import tr, tr_later
from deblur_app.engine import tasks
from deblur_app.engine.batch.journal import FileMark, mark_file
from deblur_app.engine.estimation.psf_estimate import is_sure
from deblur_app.engine.recipes import recipe_json
from deblur_app.engine.recipes.recipe import make_recipe
from deblur_app.engine.saving.metadata_choice import choose_metadata

if TYPE_CHECKING:
    from deblur_app.core.picture import Picture
    from deblur_app.core.task import Task
    from deblur_app.engine.batch.inputs import BatchPhoto
    from deblur_app.engine.batch.settings import BatchSettings
    from deblur_app.engine.deblurring import Restored

DOUBTS = {
    "unsure": tr_later("The blur could not be determined for sure."),
    "check": tr_later("The result failed its check, and a gentler one is kept."),
    "unblurred": tr_later("No blur was found, but that is not sure."),
    "unchanged": tr_later("Nothing promised a better photo, so it was left as it was."),
}
"""Why somebody should look at a result: words for programs, and sentences."""


@dataclass(frozen=True, eq=False)
class PhotoJob:
    """A photo to restore, and how."""

    photo: BatchPhoto
    settings: BatchSettings


@dataclass(frozen=True, eq=False)
class PhotoResult:
    """The result of a photo.

    Attributes:
        name: The name of its file.
        data: The content of that; None where nothing is to be written, since no blur was found.
        sidecar: The recipe for the file beside it; None where there shall be none.
        source: The photo that was read.
        method: The method that made it.
        diagnosis: The blur that was found, in words.
        has_blur: Whether the photo is blurred, as far as anybody knows.
        doubts: Why somebody should look at it, as keys of `DOUBTS`.
        note: Sentences for the user.
        seconds: Time that it took.
    """

    name: str
    data: bytes | None
    sidecar: bytes | None
    source: FileMark
    method: str
    diagnosis: str
    has_blur: bool
    doubts: tuple[str, ...]
    note: str
    seconds: float


@dataclass(frozen=True)
class _MemoryTarget(Target):
    """A place for a result in memory; its folder, which must be there, is not written to."""

    written: list[bytes] = field(default_factory=list)

    def write(self, data: bytes | memoryview) -> Path:
        """Keep the result."""
        self.written.append(bytes(data))
        return self.path()


def restore_photo(job: PhotoJob) -> Task[PhotoResult]:
    """Restore one photo, and return all that is to be written and told of it.

    Raises:
        DeblurError: The photo cannot be read, restored or encoded.
    """
    begin = time.perf_counter()
    photo, settings = job.photo, job.settings
    output = settings.output
    yield Progress(0.0, tr("Opening {name}", name=photo.path.name))
    source = mark_file(photo.path)
    written: list[bytes] = []
    target = functools.partial(_name_result, job, written)
    task = tasks.restore_file(
        photo.path,
        settings.request,
        target,
        blend=settings.blend,
        has_recipe=output.has_recipe,
        save_options=output.save,
        change=lambda picture: choose_metadata(picture, output.metadata),
    )
    restored, _ = yield from subtask(task, 0.0, 1.0)
    has_blur = restored.estimate is None or restored.estimate.psf is not None
    is_left = output.leaves_sharp and not has_blur
    sidecar = None
    if output.has_sidecar and not is_left:
        recipe = make_recipe(settings.request, restored, settings.blend)
        sidecar = recipe_json.to_json(recipe, indent=1).encode() + b"\n"
    return PhotoResult(
        name=restored.path.name if restored.path else "",
        data=None if is_left else written[-1],
        sidecar=sidecar,
        source=source,
        method=restored.request.method,
        diagnosis=restored.estimate.label if restored.estimate else "",
        has_blur=has_blur,
        doubts=find_doubts(restored),
        note=restored.full_note,
        seconds=time.perf_counter() - begin,
    )


def _name_result(job: PhotoJob, written: list[bytes], picture: Picture) -> Target:
    """Return a target in memory that has the name of the result."""
    photo, output = job.photo, job.settings.output
    stem = None
    named = photo.path.with_name(f"{photo.stem}{photo.path.suffix}")
    if output.pattern is not None:
        taken = image_io.find_capture_time(picture)
        stem = name_patterns.fill_pattern(output.pattern, photo.path, photo.number, taken, name=photo.stem)
    depth = output.save.bit_depth or picture.bit_depth
    folder = Path(tempfile.gettempdir())  # any that is there; nothing is written to it
    names = functools.partial(
        file_names.result_names, named, bit_depth=depth, folder=folder, suffix=output.suffix, stem=stem
    )
    return _MemoryTarget(names, may_replace=True, written=written)


def find_doubts(restored: Restored) -> tuple[str, ...]:
    """Return why somebody should look at a result, as keys of `DOUBTS`; () where all is well."""
    doubts = ["check"] if restored.rejected is not None else []
    estimate = restored.estimate
    if estimate is not None and estimate.choice is not None and estimate.choice.candidate is None and estimate.psf:
        doubts.append("unchanged")
    elif estimate is not None and not is_sure(estimate.confidence):
        doubts.append("unsure" if estimate.psf else "unblurred")
    return tuple(doubts)
