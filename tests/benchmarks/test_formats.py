"""Colours and metadata survive opening and saving, in each format that can hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.formats.metadata import metadata_kept
from benchmarks.formats.roundtrip import roundtrip_levels

if TYPE_CHECKING:
    from pathlib import Path


def test_no_tone_changes_without_deblurring(tmp_path: Path) -> None:
    """At most 1 level of 8 bits and 4 of 16, in each format and profile; the profile is kept byte for byte."""
    assert [trip for trip in roundtrip_levels(tmp_path) if not trip.is_kept] == []


def test_all_metadata_that_a_format_has_a_place_for_is_kept(tmp_path: Path) -> None:
    """EXIF, profile, XMP, IPTC, comment, resolution and texts, and upright once, as Pillow and ExifTool find them."""
    rows = metadata_kept(tmp_path)
    assert [row for row in rows if not row.is_kept] == []
    assert {row.source for row in rows} == {".jpg", ".png", ".tif", ".webp", ".heic", ".avif"}
    assert len(rows) > 100
