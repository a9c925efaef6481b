"""Benchmark of formats: colours and metadata of photos that are opened and saved without deblurring.

Figures: `roundtrip_levels`, the largest change of a value over formats × profiles, in levels of 8 bits;
`roundtrip_levels_16`, that of files of 16 bits, in levels of 16 bits; `metadata_kept`, rows that are kept of the table
formats × formats × blocks of metadata, beside all rows. `--quick` takes two profiles of eleven, and saves photos
in their own format only.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from measuring import Figure, quick, report

from benchmarks.formats.metadata import metadata_kept
from benchmarks.formats.roundtrip import roundtrip_levels


def main() -> None:
    """Print what is not kept, then the figures."""
    is_quick = quick(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        trips = roundtrip_levels(Path(folder), is_quick=is_quick)
        rows = metadata_kept(Path(folder), is_quick=is_quick)
    for trip in trips:
        if not trip.is_kept:
            print(f"{trip.name}: {trip.levels} levels, profile {'kept' if trip.is_profile_kept else 'lost'}")
    figures = {
        name: Figure(max(trip.levels for trip in trips if trip.bits == bits), "levels")
        for name, bits in (("roundtrip_levels", 8), ("roundtrip_levels_16", 16))
    }
    for row in rows:
        if not row.is_kept:
            print(f"{row.source} saved as {row.target}: {row.block} is lost")
    figures["metadata_kept"] = Figure(sum(row.is_kept for row in rows), "rows", peer=len(rows))
    report("formats", figures)


if __name__ == "__main__":
    main()
