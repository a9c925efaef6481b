"""Batches of crops that were made before the training: scenes, plain blurs and means of video frames."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import from_integer
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from training.batches.crop_source import CropSource
from training.batches.part import WHOLE
from training.batches.synthetic_pairs import divide_photos, recipe_of, validation_pairs
from training.data.dataset import PairArrays, join_arrays
from training.scenes.frame_crops import load_frames
from training.synthetic.crop_store import CHUNK, Mixture, divide_frames, find_chunks, read_chunk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from training.batches.batch_source import Batch
    from training.batches.part import Part
    from training.config.config import TrainingConfig
    from training.runs.array_file import Arrays
    from training.runs.run import Run

_KEPT = "judged"
"""Name of the file of a run that holds the crops to judge by."""


@dataclass(frozen=True, eq=False)
class MixedSource(CropSource):
    """A source of crops in files, turned and mirrored in another way each time they are seen."""

    folder: Path
    part: Part = WHOLE

    def epoch(self, number: int) -> Iterator[Batch]:
        """Yield the batches of an epoch: files in turn, in another order each time all were read.

        Files that are added meanwhile take part from the next epoch on.
        """
        size = self.config.batch_size
        paths, each = find_chunks(self.folder), CHUNK // size
        rows = self.part.rows(size)
        chunk = None
        for batch in range((number - 1) * self.steps_per_epoch, number * self.steps_per_epoch):
            place, within = divmod(batch, each)
            if chunk is None or within == 0:
                turn, index = divmod(place, len(paths))
                random = np.random.default_rng((self.config.seed, 13, turn))
                chunk = read_chunk(paths[int(random.permutation(len(paths))[index])])
                order = np.random.default_rng((self.config.seed, 14, place)).permutation(CHUNK)
            chosen = order[within * size : (within + 1) * size][rows.start : rows.stop]
            yield turn_crops([array[chosen] for array in chunk], np.random.default_rng((self.config.seed, 15, batch)))

    def rewind(self, epochs_done: int) -> None:
        """Do nothing: any epoch can be asked for."""

    def close(self) -> None:
        """Do nothing: there is nothing to free."""


def turn_crops(batch: Sequence[NDArray[Any]], random: np.random.Generator) -> Batch:
    """Return a batch of crops with each pair turned by quarter turns and mirrored by chance."""
    blurred, sharp, noise = batch
    turned = []
    for pictures in zip(blurred, sharp, strict=True):
        turns, is_mirrored = int(random.integers(4)), bool(random.integers(2))
        both = [np.rot90(picture, turns) for picture in pictures]
        turned.append([picture[:, ::-1] if is_mirrored else picture for picture in both])
    first, second = (np.stack(pictures) for pictures in zip(*turned, strict=True))
    return first, second, noise


def mixture_of(config: TrainingConfig) -> Mixture:
    """Return the mixture that the settings describe, with the frames that are learnt from.

    Raises:
        DeblurError: The shares do not fit together, or there are no frames.
    """
    data = config.data
    frames = divide_frames(Path(data.frames).expanduser())[0] if data.frames else ()
    curve = Path(data.curve).expanduser() if data.curve else None
    return Mixture(recipe_of(config), data.scene_share, data.frame_share, frames, curve, data.frame_scale)


def open_mixed_source(config: TrainingConfig, run: Run, part: Part = WHOLE) -> Task[MixedSource]:
    """Make the crops to judge by, or take those of the run, and look for those to learn from.

    Raises:
        DeblurError: There are no crops to learn from, or of another size, or a photograph cannot be read.
    """
    folder = Path(config.data.store).expanduser()
    chunks = find_chunks(folder) if config.data.store else []
    if not chunks:
        raise DeblurError(
            tr("There are no crops in “{folder}”. Make them with deblur-train make-crops.", folder=folder)
        )
    side = read_chunk(chunks[0])[0].shape[1]
    if side != config.network.side:
        raise DeblurError(
            tr(
                "The crops in “{folder}” have a side of {side} pixels, not of {network_side}.",
                folder=folder,
                side=side,
                network_side=config.network.side,
            )
        )
    kept = run.load_arrays(_KEPT)
    if kept is None:
        made = yield from _make_validation(config, run.photos())
        kept = _as_arrays(made)
        run.save_arrays(_KEPT, kept)
    validation, unblurred = _from_arrays(kept)
    return MixedSource(config, validation, unblurred, folder, part)


def _make_validation(config: TrainingConfig, photos: list[Path]) -> Task[tuple[PairArrays, PairArrays | None]]:
    """Make equally many crops of each blur, of each kind of scene, and of means of frames."""
    _, held_out = divide_photos(photos, config)
    plain = replace(config, data=replace(config.data, source="synthetic"))
    scenes = replace(config, data=replace(config.data, source="scenes"))
    pairs, unblurred = yield from subtask(validation_pairs(plain, held_out), 0.0, 0.4)
    real, _ = yield from subtask(validation_pairs(scenes, held_out), 0.4, 0.8)
    parts = [pairs, replace(real, kinds=[f"scene {kind}" for kind in real.kinds])]
    if config.data.frames:
        yield Progress(0.8, tr("Making validation pairs: frames"))
        parts.append(_make_frame_pairs(config))
    return join_arrays(parts), unblurred


def _make_frame_pairs(config: TrainingConfig) -> PairArrays:
    from deblur_app.restoration.denoising.noise_level import noise_level_of_photo

    mixture = mixture_of(config)
    frames = load_frames(divide_frames(Path(config.data.frames).expanduser())[1], mixture.curve, mixture.frame_scale)
    numbers = range(config.data.validation_crops)
    pairs = [frames.pair(config.network.side, np.random.default_rng((config.seed + 1, 12, n))) for n in numbers]
    blurred, sharp = (np.stack(crops) for crops in zip(*pairs, strict=True))
    levels = np.array([noise_level_of_photo(from_integer(crop)) for crop in blurred], np.float32)
    names = [f"frames {number}" for number in numbers]
    return PairArrays(blurred, sharp, names, names, (levels,), ["frames"] * len(names))


def _as_arrays(made: tuple[PairArrays, PairArrays | None]) -> Arrays:
    arrays: Arrays = {}
    for prefix, part in zip(("pairs", "unblurred"), made, strict=True):
        if part is not None:
            arrays |= {
                f"{prefix}/blurred": part.blurred,
                f"{prefix}/sharp": part.sharp,
                f"{prefix}/noise": part.extra_inputs[0],
            }
            arrays[f"{prefix}/kinds"] = np.frombuffer("\n".join(part.kinds).encode(), np.uint8)
    return arrays


def _from_arrays(arrays: Arrays) -> tuple[PairArrays, PairArrays | None]:
    parts: list[PairArrays | None] = []
    for prefix in ("pairs", "unblurred"):
        if f"{prefix}/blurred" not in arrays:
            parts.append(None)
            continue
        kinds = arrays[f"{prefix}/kinds"].tobytes().decode().split("\n")
        names = [f"{kind} {number}" for number, kind in enumerate(kinds)]
        extra_inputs = (arrays[f"{prefix}/noise"],)
        parts.append(
            PairArrays(arrays[f"{prefix}/blurred"], arrays[f"{prefix}/sharp"], names, names, extra_inputs, kinds)
        )
    assert parts[0] is not None  # noqa: S101 – there are always pairs
    return parts[0], parts[1]
