"""Which metadata of a photo are still there after it was opened and saved: formats × formats × blocks.

Photos are written by other libraries (Pillow, tifffile, pillow-heif), and what is kept is read by them, and by ExifTool
where it is installed.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pillow_heif
import tifffile
from PIL import ExifTags, Image, IptcImagePlugin
from PIL.PngImagePlugin import PngInfo

from benchmarks.formats.profiles import PROFILES
from deblur_app.core import image_io
from deblur_app.core.image_io import embedded, png_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

XMP = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    b'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmp:Rating="4" exif:GPSLatitude="48,5.0N">'
    b"<dc:subject><rdf:Bag><rdf:li>harbour</rdf:li><rdf:li>M\xc3\xb6we</rdf:li></rdf:Bag></dc:subject>"
    b'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">\xc2\xa9 Zo\xc3\xab</rdf:li></rdf:Alt></dc:rights>'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>" + b" " * 200 + b'<?xpacket end="w"?>'
)
IPTC = embedded.wrap_iptc(b"\x1c\x02\x00\0\2\0\2\x1c\x02\x19\0\5horse\x1c\x02\x74\0\4\xa9Zoe")
PROFILE = PROFILES["Adobe RGB"] or b""
_COMMENT, _TEXT = "a plain comment", ("Title", "Möwe 馬")
_DPI = (300, 300)

_HELD = {
    ".jpg": {"exif", "icc", "xmp", "iptc", "comment", "resolution"},
    ".png": {"exif", "icc", "xmp", "iptc", "comment", "resolution", "texts"},
    ".tif": {"exif", "icc", "xmp", "iptc", "resolution"},
    ".webp": {"exif", "icc", "xmp"},
    ".heic": {"exif", "icc", "xmp"},
    ".avif": {"exif", "icc", "xmp"},
}
"""Blocks that each format has a place for. TIFF has a comment as its description, WebP a resolution in EXIF."""

TARGETS = (".jpg", ".png", ".tif", ".webp", ".avif")
_EXIFTOOL: dict[str, dict[str, Any]] = {
    "exif": {"ExifIFD:ExposureTime": 0.01, "ExifIFD:DateTimeOriginal": "2026:11:30 12:00:00", "IFD0:Make": "Maker"},
    "xmp": {"XMP-xmp:Rating": 4, "XMP-dc:Rights": "© Zoë", "XMP-dc:Subject": ["harbour", "Möwe"]},
    "iptc": {"IPTC:Keywords": "horse"},
}
"""Tags of ExifTool for each block, and what they say."""


@dataclass(frozen=True)
class KeptBlock:
    """A block of a photo that both formats have a place for.

    Attributes:
        source: The ending of the photo.
        target: The ending of the saved file.
        block: The kind of metadata.
        is_kept: Whether it is there and says the same.
    """

    source: str
    target: str
    block: str
    is_kept: bool


def metadata_kept(folder: Path, *, is_quick: bool = False) -> list[KeptBlock]:
    """Open and save a made photo of each format in each format, and look for its metadata.

    Args:
        folder: An empty folder for the photos.
        is_quick: Whether photos are saved in their own format only, where they can be.
    """
    saved = {place: path for source in _HELD for place, path in _save_copies(folder, source, is_quick=is_quick)}
    told = ask_exiftool(list(saved.values()))
    rows = []
    for (source, target), path in saved.items():
        kept = find_blocks(path, told.get(path.name))
        blocks = [*sorted(_HELD[source] & _HELD[target]), "orientation"]
        rows += [KeptBlock(source, target, block, block in kept) for block in blocks]
    return rows


def _save_copies(folder: Path, source: str, *, is_quick: bool) -> Iterator[tuple[tuple[str, str], Path]]:
    """Yield source and target, and the file that the photo was saved to."""
    photo = folder / f"photo{source}"
    photo.write_bytes(make_photo(source))
    picture = image_io.read(photo)
    for target in TARGETS:
        if is_quick and source in TARGETS and source != target:
            continue
        saved = folder / f"from_{source[1:]}{target}"
        image_io.write(picture, saved)
        yield (source, target), saved


def make_exif() -> bytes:
    """Return EXIF as cameras write it, of a photo that is to be turned."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Orientation] = "Maker", 6
    exif[ExifTags.Base.XResolution] = exif[ExifTags.Base.YResolution] = float(_DPI[0])
    exif[ExifTags.Base.ResolutionUnit] = 2
    exif[ExifTags.IFD.Exif] = {
        ExifTags.Base.ExposureTime: 0.01,
        ExifTags.Base.DateTimeOriginal: "2026:11:30 12:00:00",
        ExifTags.Base.MakerNote: b"note" * 50,
        ExifTags.Base.ExifImageWidth: 48,
    }
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (48.0, 5.0, 9.5)}
    return exif.tobytes()


def make_values() -> np.ndarray:
    """Return the values of the photos, before they are turned: uint8, shape (32, 48, 3)."""
    y, x = np.mgrid[0:1:32j, 0:1:48j]
    return np.rint(np.dstack([x, y, (x + y) / 2]) * 255).astype(np.uint8)


def make_photo(ending: str) -> bytes:
    """Return a photo of 48 × 32 pixels, to be turned upright, with all metadata that its format has a place for."""
    values = make_values()
    file, image = io.BytesIO(), Image.fromarray(values)
    options: dict[str, Any] = {"exif": make_exif(), "icc_profile": PROFILE, "xmp": XMP}
    match ending:
        case ".jpg":
            iptc = embedded.PHOTOSHOP_MARK + IPTC
            extra = b"\xff\xed" + (len(iptc) + 2).to_bytes(2) + iptc
            image.save(file, "JPEG", quality=95, dpi=_DPI, comment=_COMMENT, extra=extra, **options)
        case ".png":
            return _make_png(image, options)
        case ".tif":
            return _make_tiff(values)
        case ".webp":
            image.save(file, "WEBP", **options)
        case ".avif":
            image.save(file, "AVIF", **options)
        case ".heic":
            pillow_heif.from_pillow(image).save(file, **options)
    return file.getvalue()


def _make_png(image: Image.Image, options: dict[str, Any]) -> bytes:
    file, texts = io.BytesIO(), PngInfo()
    texts.add_text("Comment", _COMMENT)
    texts.add_itxt(*_TEXT)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    digits = IPTC.hex()
    texts.add_text("Raw profile type iptc", f"\niptc\n{len(IPTC):8d}\n{digits}\n", zip=True)
    exif = options["exif"].removeprefix(embedded.EXIF_MARK)
    image.save(file, "PNG", dpi=_DPI, pnginfo=texts, exif=exif, icc_profile=options["icc_profile"])
    return file.getvalue()


def _make_tiff(values: np.ndarray) -> bytes:
    """Return a TIFF with the tags of EXIF: Pillow writes its directories where it does not compress."""
    file, image = io.BytesIO(), Image.fromarray(values)
    exif = Image.Exif()
    exif.load(make_exif())
    exif[700], exif[34377], exif[33723] = XMP, IPTC, embedded.unwrap_iptc(IPTC)
    image.save(file, "TIFF", exif=exif, icc_profile=PROFILE, dpi=_DPI)
    return file.getvalue()


def find_blocks(
    path: Path, told: dict[str, Any] | None, is_xmp_kept: Callable[[bytes], bool] = lambda packet: packet == XMP
) -> set[str]:
    """Return the blocks of a saved file that say what those of the photo said, also to ExifTool.

    Args:
        path: The file.
        told: What ExifTool tells of it; None where that is not installed.
        is_xmp_kept: Returns whether an XMP packet says what it said.
    """
    with Image.open(path) as image:
        image.load()
        info: dict[Any, Any] = dict(image.info)
        exif = image.getexif()
        details, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        iptc = IptcImagePlugin.getiptcinfo(image) if path.suffix in {".jpg", ".tif"} else None
        size = image.size
    xmp = info.get("xmp") or info.get("XML:com.adobe.xmp")
    kept = {
        "exif": exif.get(ExifTags.Base.Make) == "Maker"
        and details.get(ExifTags.Base.DateTimeOriginal) == "2026:11:30 12:00:00"
        and details.get(ExifTags.Base.MakerNote) == b"note" * 50
        and tuple(place.get(2, ())) == (48.0, 5.0, 9.5),
        "icc": info.get("icc_profile") == PROFILE,
        "xmp": is_xmp_kept((xmp.encode() if isinstance(xmp, str) else xmp) or b""),
        "iptc": _read_iptc(path, iptc),
        "comment": _COMMENT in {info.get("Comment"), (info.get("comment") or b"").decode()},
        "resolution": _is_same_resolution(path, info),
        "texts": info.get(_TEXT[0]) == _TEXT[1],
        "orientation": size == (32, 48) and exif.get(ExifTags.Base.Orientation, 1) == 1,
    }
    return {block for block, is_kept in kept.items() if is_kept and _agrees(told, block)}


def _read_iptc(path: Path, found: Any) -> bool:
    if path.suffix == ".png":
        texts = [content for kind, content in png_chunks.read_chunks(path.read_bytes(), "") if kind == b"zTXt"]
        return any(text.startswith(b"Raw profile type iptc") for text in texts)
    return bool(found) and found.get((2, 25)) == b"horse" and found.get((2, 116)) == b"\xa9Zoe"


def _is_same_resolution(path: Path, info: dict[Any, Any]) -> bool:
    if path.suffix == ".tif":
        with tifffile.TiffFile(path) as file:
            tags = file.pages.first.tags
            top, bottom = tags.valueof(282, (0, 1))
            return bool(round(top / bottom, 2) == _DPI[0] and tags.valueof(296) == 2)
    return tuple(round(float(value)) for value in info.get("dpi", ())) == _DPI


def ask_exiftool(paths: list[Path]) -> dict[str, dict[str, Any]]:
    """Return what ExifTool tells of files, by their names; nothing where it is not installed."""
    program = shutil.which("exiftool")
    if program is None:
        return {}
    command = [program, "-json", "-G1", "-n", *map(str, paths)]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=300)
    return {tags["SourceFile"].rpartition("/")[2]: tags for tags in json.loads(answer.stdout)}


def _agrees(told: dict[str, Any] | None, block: str) -> bool:
    """Return whether ExifTool finds a block, too, and has no complaint."""
    if told is None:
        return True
    if "ExifTool:Error" in told or "ExifTool:Warning" in told:
        return False
    return all(told.get(tag) == value for tag, value in _EXIFTOOL.get(block, {}).items())
