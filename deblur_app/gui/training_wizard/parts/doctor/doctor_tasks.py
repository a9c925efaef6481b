"""Tasks of the pair doctor, and the folder that registered pairs are written into."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.task import Task
    from training.data.pairs import PairList
    from training.pair_doctor.doctor import Diagnosis
    from training.pair_doctor.registration import Registered


def new_folder(parent: Path, pairs: Path) -> Path:
    """Return a folder in `parent` that is not there yet, called after the folder of the pairs."""
    name = f"{pairs.name} registered"
    number = 1
    while (folder := parent / (f"{name} {number}" if number > 1 else name)).exists():
        number += 1
    return folder


def diagnose(pairs: PairList, against: Path | None) -> Task[Diagnosis]:
    """Look for faults of `pairs`, and for pictures that are also in the folder `against`."""
    from training.pair_doctor import doctor

    return (yield from doctor.diagnose(pairs, doctor.pictures_of(against) if against else ()))


def register_pairs(pairs: PairList, out: Path) -> Task[Registered]:
    """Write the pairs that can be registered into the new folder `out`."""
    from training.pair_doctor.registration import register

    return (yield from register(pairs.pairs, out))
