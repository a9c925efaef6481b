"""The results of the folder of all kinds: each there once and whole, with its tones, its profile and its metadata."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile
from PIL import Image

from benchmarks.formats.metadata import ask_exiftool, find_blocks
from deblur_app.core.files.file_names import is_result
from deblur_app.engine.batch.journal import name_journal, read_journal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.mixed.photo import MixedPhoto
    from deblur_app.engine.batch.journal import Record

_XMP_PARTS = ('Rating="4"', "harbour", "Möwe", "© Zoë")
"""What the XMP of the photos says, beside which a result has its recipe."""

_TEMPORARY = ".deblur-*.part"


def find_faults(folder: Path, photos: Sequence[MixedPhoto], *, mean_levels: float | None = None) -> list[str]:
    """Return sentences about all that is not as it has to be in the folder of the results; none where all is well.

    Args:
        folder: The folder.
        photos: The photos that were restored into it.
        mean_levels: Where photos were deblurred: how far the mean of a channel may move, in levels of 8 bits. None
            where they were not, so that each value is compared.
    """
    _, records = read_journal(name_journal(folder))
    results = sorted(path for path in folder.rglob("*") if path.is_file() and is_result(path))
    faults = [f"{path.name} is a temporary file that was left" for path in folder.rglob(_TEMPORARY)]
    faults += [f"the journal has {name}, which is no photo" for name in records.keys() - {p.name for p in photos}]
    faults += _find_doubles(folder, results, records)
    told = ask_exiftool(results)
    for photo in photos:
        record = records.get(photo.name)
        if record is None:
            faults.append(f"{photo.name} is not in the journal")
        elif photo.is_broken:
            faults += _check_broken(photo, record)
        elif record.event != "done":
            faults.append(f"{photo.name} is {record.event}: {record.error}")
        else:
            faults += _check_result(folder / record.output, photo, told, mean_levels)
    return faults


def _find_doubles(folder: Path, results: list[Path], records: dict[str, Record]) -> list[str]:
    """Return the results that the journal does not know, and photos that it has written to the end more than once."""
    known = {folder / record.output for record in records.values() if record.output}
    faults = [f"{path.name} belongs to no photo" for path in results if path not in known]
    lines = name_journal(folder).read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines if _is_whole(line)]
    done = [entry["photo"] for entry in entries if entry.get("event") == "done"]
    return faults + [f"{name} was done {done.count(name)} times" for name in sorted(set(done)) if done.count(name) > 1]


def _is_whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _check_broken(photo: MixedPhoto, record: Record) -> list[str]:
    name = photo.name.rpartition("/")[2]
    is_sentence = record.error.count("\n") == 0 and name in record.error and record.error.endswith(".")
    if record.event == "failed" and is_sentence:
        return []
    return [f"{photo.name} is {record.event}, and “{record.error}” is no sentence about it"]


def _check_result(
    path: Path, photo: MixedPhoto, told: dict[str, dict[str, Any]], mean_levels: float | None
) -> list[str]:
    if path.suffix != photo.ending:
        return [f"{photo.name} became {path.name}"]
    try:
        pages, profile = read_result(path)
    except (OSError, ValueError) as error:
        return [f"{path.name} is not whole: {error}"]
    faults = [] if profile == photo.profile else [f"{path.name} has another profile"]
    if [(page.shape, page.dtype) for page in pages] != [(page.shape, page.dtype) for page in photo.values]:
        return [*faults, f"{path.name} has {[(page.shape, page.dtype.name) for page in pages]}"]
    for page, wanted in zip(pages, photo.values, strict=True):
        unit = 1.0 if page.dtype == np.uint8 else 257.0
        change = page.astype(np.float64) - wanted
        if mean_levels is None:
            change_levels = float(np.abs(change).max()) / unit
            allowed = photo.levels or (1.0 if page.dtype == np.uint8 else 4 / 257)
        else:
            change_levels = float(np.abs(change.mean(axis=(0, 1))).max()) / unit
            allowed = mean_levels
        if change_levels > allowed:
            faults.append(f"{path.name} changed by {change_levels:.2f} levels of 8 bits ({allowed:.2f} allowed)")
    if photo.blocks:
        missing = photo.blocks - find_blocks(path, told.get(path.name), _says_the_same)
        faults += [f"{path.name} has lost {block}" for block in sorted(missing)]
    return faults


def _says_the_same(packet: bytes) -> bool:
    return all(part in packet.decode(errors="replace") for part in _XMP_PARTS)


def read_result(path: Path) -> tuple[list[np.ndarray], bytes | None]:
    """Return the values of all pages of a result, shape (height, width, channels), and its profile.

    Raises:
        OSError: It is not whole.
        ValueError: The same, of a TIFF.
    """
    data = path.read_bytes()
    if path.suffix == ".tif":
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            tag = file.pages.first.tags.get(34675)
            profile = None if tag is None else bytes(tag.value)
            return [np.atleast_3d(page.asarray()) for page in file.pages], profile
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        profile = image.info.get("icc_profile")
        values = np.asarray(image)
    if path.suffix == ".png" and data[24] == 16:  # Pillow reads only the upper bits
        import cv2

        values = np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED))
        if values.ndim == 3:
            values = values[..., [2, 1, 0, 3][: values.shape[2]]]
    return [np.atleast_3d(values)], bytes(profile) if profile else None
