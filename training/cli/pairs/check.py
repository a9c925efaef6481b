"""The command `deblur-train check`: the faults of a folder of pairs, and registration of its pairs in a new folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.terminal import drive, print_line
from training.data.pairs import find_pairs

if TYPE_CHECKING:
    import argparse

    from training.pair_doctor.doctor import Diagnosis
    from training.pair_doctor.registration import Registered

FAULTY = 1
"""Exit code where something is wrong with the pairs; 0 where nothing is."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("data", type=Path, metavar="DIR", help="a folder with sharp/ and defocused_blurred/ and such")
    parser.add_argument(
        "--against", type=Path, metavar="DIR", help="pictures that must not be among them, such as those for validation"
    )
    parser.add_argument("--register", type=Path, metavar="OUT", help="write aligned pairs into this new folder")
    parser.add_argument(
        "--limit", type=float, metavar="PX", help="with --register: largest residual of a pair to keep (default 1 px)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Examine the pairs, print the findings, register the pairs where asked to, and return the exit code."""
    from training.pair_doctor import doctor, registration

    pairs = find_pairs(arguments.data)
    against = doctor.pictures_of(arguments.against) if arguments.against else []
    registered = None
    if arguments.register:
        registration.check_new(arguments.register)  # before the minutes that the examination may take
    diagnosis = drive(doctor.diagnose(pairs, against))
    if arguments.register:
        limit = registration.LIMIT if arguments.limit is None else arguments.limit
        registered = drive(registration.register(pairs.pairs, arguments.register, limit=limit))
    if arguments.json:
        more = {} if registered is None else {"registered": _as_json(registered)}
        print_line(json.dumps(diagnosis.as_json() | more))
    else:
        _tell(diagnosis, registered)
    return FAULTY if diagnosis.findings else 0


def _tell(diagnosis: Diagnosis, registered: Registered | None) -> None:
    count = len(diagnosis.findings)
    print_line(f"{diagnosis.pairs} pairs examined, {count or 'no'} finding{'' if count == 1 else 's'}.")
    for finding in diagnosis.findings:
        print_line(f"{finding.kind:>12}  {finding.sentence}")
    if registered is not None:
        print_line(f"{len(registered.mended)} of {len(registered.results)} pairs registered in {registered.folder}.")
        for result in registered.results:
            print_line(f"{'registered' if result.mended else 'left out':>12}  {result.sentence}")


def _as_json(registered: Registered) -> list[dict[str, Any]]:
    return [
        {
            "pair": result.pair.name,
            "sharp": str(result.mended.sharp) if result.mended else None,
            "blurred": str(result.mended.blurred) if result.mended else None,
            "sentence": result.sentence,
            "displacement": result.displacement,
            "residual": result.residual,
        }
        for result in registered.results
    ]
