"""Pairs in memory: decoded once, kept as uint8."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import resize_pixels, to_uint8
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from training.data.readable import Unreadable, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from training.data.pairs import Pair


@dataclass(frozen=True, eq=False)
class PairArrays:
    """Pairs as the network sees them.

    Attributes:
        blurred: Uint8 array of shape (pairs, side, side, 3); with what deconvolution makes of them, that comes before
            the last three channels.
        sharp: The ground truth, shape (pairs, side, side, 3).
        names: What each pair is called.
        scenes: What scene each pair shows; pairs of one scene are never split between training and validation.
        extra_inputs: What a network is told besides, such as noise levels: float32 arrays with one value for each pair.
        kinds: The kind of blur of each pair; empty where it is not known.
    """

    blurred: NDArray[np.uint8]
    sharp: NDArray[np.uint8]
    names: list[str]
    scenes: list[str]
    extra_inputs: tuple[NDArray[np.float32], ...] = ()
    kinds: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.names)

    @property
    def blurred_pictures(self) -> NDArray[np.uint8]:
        """The blurred pictures alone, shape (pairs, side, side, 3)."""
        return self.blurred[..., -3:]

    def take(self, indices: NDArray[np.intp]) -> PairArrays:
        """Return the pairs at `indices`, in that order."""
        return PairArrays(
            self.blurred[indices],
            self.sharp[indices],
            [self.names[i] for i in indices],
            [self.scenes[i] for i in indices],
            tuple(values[indices] for values in self.extra_inputs),
            [self.kinds[i] for i in indices] if self.kinds else [],
        )


def join_arrays(parts: Sequence[PairArrays]) -> PairArrays:
    """Return all pairs of `parts`, one part after the other."""
    return PairArrays(
        np.concatenate([part.blurred for part in parts]),
        np.concatenate([part.sharp for part in parts]),
        [name for part in parts for name in part.names],
        [scene for part in parts for scene in part.scenes],
        tuple(np.concatenate(values) for values in zip(*(part.extra_inputs for part in parts), strict=True)),
        [kind for part in parts for kind in part.kinds],
    )


def load_pairs(pairs: list[Pair], side: int) -> Task[PairArrays]:
    """Read every pair and resize each whole picture to side × side, as the paper does.

    Raises:
        DeblurError: Files cannot be read; the text names all of them.
    """
    blurred = np.empty((len(pairs), side, side, 3), np.uint8)
    sharp = np.empty_like(blurred)
    unreadable: dict[Path, Unreadable] = {}
    for number, pair in enumerate(pairs):
        yield Progress(number / len(pairs), tr("Reading pair {number} of {count}", number=number + 1, count=len(pairs)))
        for path, target in ((pair.blurred, blurred), (pair.sharp, sharp)):
            try:
                target[number] = to_uint8(resize_pixels(image_io.read(path).pixels, side, side))
            except DeblurError as error:
                unreadable[path] = Unreadable(path, str(error))
    refuse(list(unreadable.values()))
    return PairArrays(blurred, sharp, [pair.name for pair in pairs], [pair.scene for pair in pairs])


def split(scenes: Sequence[str], share: float, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the indices of the training and of the held-out pairs, chosen by scene.

    Args:
        scenes: The scene of each pair. A sharp picture with two blurred ones makes two pairs of one scene, which
            go to the same side: else the network would be judged on a picture it has seen.
        share: Share of the scenes that is held out; at least one is, and at least one is not.
        seed: Equal seeds give equal splits.

    Raises:
        DeblurError: There is only one scene.
    """
    names = sorted(set(scenes))
    if len(names) < 2:
        raise DeblurError(tr("There is only one scene, and one must be held out for validation. Add pairs."))
    order = np.random.default_rng(seed).permutation(len(names))
    held_out = {names[i] for i in order[: min(max(round(len(names) * share), 1), len(names) - 1)]}
    aside = np.array([scene in held_out for scene in scenes])
    return np.flatnonzero(~aside), np.flatnonzero(aside)


def batches(count: int, batch_size: int, seed: int, epoch: int) -> list[NDArray[np.intp]]:
    """Return the batches of an epoch; their order depends on `seed` and `epoch` only, so that runs can be resumed."""
    order = np.random.default_rng((seed, epoch)).permutation(count)
    return [order[start : start + batch_size] for start in range(0, count, batch_size)]
