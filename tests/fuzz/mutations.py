"""Damage files as strangers, disks and networks do: each function takes a source of random numbers and returns bytes.

The source may be `random.Random`, or one that Hypothesis gives, which then shrinks what fails.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

DEEP = "\0deep"
"""Stands for brackets nested thousands deep, which `json.dumps` could not write."""

ODD_NUMBERS = (0, -1, 1, 2, 255, 65_535, 2**31 - 1, 2**31, 2**32, 2**63, 2**64, 10**30, -(2**63), 0.5, 1e308, -1e308,
               5e-324, float("inf"), float("-inf"), float("nan"))  # fmt: skip
ODD_TEXTS = (
    "",
    " ",
    "a",
    "\0",
    "\n\n",
    "x" * 5000,
    "../../up",
    "/etc/hosts",
    "C:\\x",
    "nan",
    "1e400",
    "é\u202e",
    "\ud800",
)
ODD_VALUES = (None, True, False, [], {}, [[]], [{}], {"": None}, [None], [1, "a", None], DEEP, *ODD_NUMBERS, *ODD_TEXTS)
"""Values that stand where something else belongs."""

TOKENS = (b"\0", b"\xff" * 4, b"\x7f\xff\xff\xff", b"[" * 9000, b"{" * 300, b"'", b'"', b"\n", b"nan", b"1e400",
          b"9" * 5000, b"-1", b"(", b",", b"\\", b"\xf0\x9f\x98\x80", b"\xc3\x28", b"PK\1\2", b"\x1f\x8b")  # fmt: skip


ODD_KINDS = ("<f2", ">f4", "|O", "<U9", "<M8[s]", "<c16", "|V99999", "<f16", "x", "", [("a", "<f4")], [["a"]], None, 5,
             "f8" * 300, "|b1", "<i8")  # fmt: skip
"""Types of numbers that a NumPy file may name."""

ODD_HEADERS = (b"[" * 9000, b"(" * 150, b"-" * 5000 + b"1", b"'\\d'", b"L1, 1L")
"""Texts that make Python's parser fail in ways of its own."""


def damage(data: bytes, random: Random, tokens: Sequence[bytes] = ()) -> bytes:
    """`data` with one to four accidents: bytes changed, cut off, taken out, doubled, or a token put in."""
    changed = bytearray(data)
    tokens = (*TOKENS, *tokens)
    for _ in range(random.randint(1, 4)):
        at = random.randint(0, max(len(changed) - 1, 0))
        # Most of what decides stands at the beginning of a file.
        at = min(at, random.randint(0, 64)) if random.randint(0, 3) == 0 else at
        length = random.choice((1, 1, 2, 4, 16, 200))
        match random.randint(0, 6):
            case 0 if changed:
                changed[at] ^= 1 << random.randint(0, 7)
            case 1 if changed:
                changed[at] = random.choice((0, 1, 0x20, 0x7F, 0x80, 0xFF))
            case 2:
                del changed[at:]
            case 3:
                del changed[at : at + length]
            case 4:
                changed[at:at] = changed[at : at + length]
            case 5:
                token = random.choice(tokens)
                changed[at : at + (len(token) if random.randint(0, 1) else 0)] = token
            case _ if len(changed) >= 4:
                at = min(at, len(changed) - 4)
                number = random.choice((0, 1, 2**16, 2**31 - 1, 2**32 - 1))
                changed[at : at + 4] = struct.pack(random.choice("<>") + "I", number)
    return bytes(changed)


def damage_json(content: Any, random: Random) -> bytes:
    """The text of `content` with one to three places changed, or with doubled keys, or the text itself damaged."""
    kind = random.randint(0, 9)
    if kind == 0:
        return damage(json.dumps(content).encode(), random)
    for _ in range(random.randint(1, 3)):
        content = with_odd_value(content, random)
    text = json.dumps(content, ensure_ascii=random.randint(0, 1) == 0)
    deep = random.choice((50, 900, 50_000))
    text = text.replace(json.dumps(DEEP), random.choice(("[" * deep + "]" * deep, '{"a":' * deep + "0" + "}" * deep)))
    if kind == 1:
        text = text.replace("{", random.choice(('{"name": 5,', '{"": 1, "": 2,', "{,", '{"format": 1e999,')), 1)
    return text.encode(errors="surrogatepass")


def with_odd_value(content: Any, random: Random) -> Any:
    """`content`, of tables, lists and plain values, with one part replaced, removed, doubled or renamed."""
    places = list(_places(content))
    if not places:
        return random.choice(ODD_VALUES)
    path = random.choice(places)
    return _change(content, path, random)


def _places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of keys that lead to each part of a table or list, itself first."""
    parts: Sequence[tuple[Any, Any]] = ()
    if isinstance(content, dict):
        parts = list(content.items())
    elif isinstance(content, list):
        parts = list(enumerate(content[:20]))
    return [path, *(place for key, part in parts for place in _places(part, (*path, key)))]


def _change(content: Any, path: tuple[Any, ...], random: Random) -> Any:
    if not path:
        return random.choice(ODD_VALUES)
    key, rest = path[0], path[1:]
    copy = dict(content) if isinstance(content, dict) else list(content)
    if rest:
        copy[key] = _change(copy[key], rest, random)
        return copy
    match random.randint(0, 7):
        case 0:
            del copy[key]
        case 1 if isinstance(copy, dict):
            copy[random.choice(("unknown", "", "a" * 300, "__class__", "\ud800", "\n"))] = copy[key]
        case 1:
            copy[key:key] = [copy[key]] * random.choice((1, 2, 200))
        case 2:
            copy[key] = [copy[key]]
        case _:
            copy[key] = random.choice(ODD_VALUES)
    return copy


def zip_members(members: Mapping[str, bytes], random: Random) -> bytes:
    """A zip of `members`; now and then packed in another way, or with a member twice or a comment."""
    file = io.BytesIO()
    way = random.choice((zipfile.ZIP_STORED,) * 6 + (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(file, "w", way) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, way)
        if random.randint(0, 30) == 0:
            archive.comment = b"comment"
    return file.getvalue()


def tar_members(members: Sequence[tuple[str, bytes]], random: Random) -> bytes:
    """An archive (.tgz) of `members`; now and then with links, devices, long names or headers of other kinds."""
    file = io.BytesIO()
    kind = random.choice((tarfile.USTAR_FORMAT,) * 3 + (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT))
    with tarfile.open(fileobj=file, mode="w", format=kind) as archive:
        for name, data in members:
            if random.randint(0, 12) == 0:
                archive.addfile(_odd_member(random))
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    content = file.getvalue()
    if random.randint(0, 4) == 0:  # headers that tell of the next member, thousands of them
        header = tarfile.TarInfo("././@LongLink")
        header.type, header.size = random.choice((b"L", b"K", b"x", b"g", b"X", b"S")), random.choice((0, 10, 512))
        block = header.tobuf(tarfile.GNU_FORMAT) + bytes(512 if header.size else 0)
        content = block * random.choice((1, 3, 3000)) + content
    if random.randint(0, 3) == 0:
        content = damage(content, random)
    return gzip.compress(content, 1)


def _odd_member(random: Random) -> tarfile.TarInfo:
    name = random.choice(("package/a", "a" * 90, "é" * 45, "../up", "/etc/x", "package/models/x.bin", "a\n\x1b[31mb"))
    member = tarfile.TarInfo(name)
    member.type = random.choice((tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE,
                                 b"9", b"S", b"V"))  # fmt: skip
    member.linkname = random.choice(("/etc/passwd", "a", ""))
    return member


def npy(random: Random, dtype: str = "<f8", shape: tuple[int, ...] = (5, 5), data: bytes | None = None) -> bytes:
    """A NumPy file, whose header now and then lies or is none."""
    kind = dtype if random.randint(0, 2) else random.choice(ODD_KINDS)
    sides = (0, 1, -1, 2, 600, 10**6, 2**31, 2**62, 10**30, 1.5, "5", None, True)
    if random.randint(0, 2) == 0:
        shape = tuple(random.choice((*shape, *sides)) for _ in range(random.choice((0, 1, 2, 2, 3, 40))))
    fields: dict[str, object] = {"descr": kind, "fortran_order": False, "shape": shape}
    if random.randint(0, 5) == 0:
        key = random.choice(("descr", "fortran_order", "shape", "more"))
        fields[key] = random.choice((None, 1, [], {}, "a", (), True))
    text = repr(fields).encode()
    match random.randint(0, 14):
        case 0:
            text = b"{'descr': " + random.choice(ODD_HEADERS) + b"}"
        case 1:
            text = damage(text, random)
    version = random.choice(((1, 0),) * 8 + ((2, 0), (3, 0), (1, 1), (9, 0), (0, 0)))
    length = len(text) if random.randint(0, 12) else random.choice((0, 1, 2**15, 2**16 - 1))
    head = struct.pack("<H" if version[0] < 2 else "<I", min(length, 65_535))
    size = 200 if data is None else len(data)
    content = data if data is not None else bytes(random.randint(0, 255) for _ in range(8)) * (size // 8)
    return b"\x93NUMPY" + bytes(version) + head + text + content
