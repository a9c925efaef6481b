"""Broken and hostile files of models, each made from a good one."""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.engine.models.bundles import Members, change_card, jpeg, with_manifest, zip_members

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def cut_off(members: Members, path: Path) -> None:
    """A download that stopped."""
    zip_members(members, path)
    path.write_bytes(path.read_bytes()[:-40])


def prepend_bytes(members: Members, path: Path) -> None:
    """Something before the zip, as in a program that unpacks itself."""
    zip_members(members, path)
    path.write_bytes(b"MZ" + path.read_bytes())


def add_comment(members: Members, path: Path) -> None:
    """Something after the zip."""
    with zipfile.ZipFile(path, "w") as file:
        file.comment = b"hello"
        for name, content in members.items():
            file.writestr(name, content)


def twice(members: Members, path: Path) -> None:
    """Two members of one name, of which programs take different ones."""
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("model.json", b"{}")


def bomb(members: Members, path: Path) -> None:
    """Twenty megabytes in twenty kilobytes."""
    zip_members(with_manifest({**members, "curve.json": b"[]" + bytes(20_000_000)}), path, zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 100_000


def lying(members: Members, path: Path) -> None:
    """The directory tells a small size; there is more of it."""
    name = "curve.json"
    content = with_manifest({**members, name: b"[]" + b" " * 100_000})
    zip_members(content, path, zipfile.ZIP_DEFLATED)
    data = path.read_bytes()
    size = struct.pack("<L", len(content[name]))
    path.write_bytes(data.replace(size, struct.pack("<L", 2)))


def many(members: Members, path: Path) -> None:
    """A directory of thousands of members."""
    zip_members({**members, **{f"thumbnails/{n}.jpg": b"" for n in range(1000)}}, path)


def no_zip(_: Members, path: Path) -> None:
    """Anything with this ending."""
    path.write_bytes(b"no zip at all" * 100)


def empty(_: Members, path: Path) -> None:
    """Nothing."""
    path.write_bytes(b"")


def mark_encrypted(members: Members, path: Path) -> None:
    """Marked as encrypted."""
    zip_members(members, path)
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)


def zip64(members: Members, path: Path) -> None:
    """A second end of the directory, which `zipfile` would believe instead of the first."""
    zip_members(members, path)
    data = bytearray(path.read_bytes())
    data[-42:-22] = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    path.write_bytes(data)


def _with(
    change: Callable[[Members], Members], compression: int = zipfile.ZIP_STORED
) -> Callable[[Members, Path], None]:
    def write(members: Members, path: Path) -> None:
        zip_members(change(members), path, compression)

    return write


HOSTILE: dict[str, Callable[[Members, Path], None]] = {
    "cut off": cut_off,
    "something before": prepend_bytes,
    "something after": add_comment,
    "twice": twice,
    "a bomb": bomb,
    "a lying size": lying,
    "too many": many,
    "no zip": no_zip,
    "empty": empty,
    "encrypted": mark_encrypted,
    "zip64": zip64,
    "a way out": _with(lambda m: with_manifest({**m, "../up.npz": b"1"})),
    "an absolute name": _with(lambda m: with_manifest({**m, "/up.npz": b"1"})),
    "a program": _with(lambda m: with_manifest({**m, "setup.py": b"1"})),
    "weights that no card names": _with(lambda m: with_manifest({**m, "model-more.npz": b"1"})),
    "a member that no manifest names": _with(lambda m: {**m, "thumbnails/a.jpg": jpeg()}),
    "a member that is missing": _with(lambda m: {n: c for n, c in m.items() if n != "curve.json"}),
    "a wrong hash": _with(lambda m: {**m, "curve.json": m["curve.json"].replace(b"0.5", b"0.4")}),
    "no manifest": _with(lambda m: {n: c for n, c in m.items() if n != "manifest.json"}),
    "a manifest that is none": _with(lambda m: {**m, "manifest.json": b"[[[["}),
    "a deep manifest": _with(lambda m: {**m, "manifest.json": b"[" * 60_000}),
    "another format": _with(lambda m: {**m, "manifest.json": b'{"format": 2, "members": {}}'}),
    "a card that is none": _with(lambda m: with_manifest({**m, "model.json": b"[]"})),
    "a card without files": _with(lambda m: change_card(m, files={})),
    "a huge network": _with(lambda m: change_card(m, parameters={"side": 1024, "filters": [4], "latent": 4096})),
    "an unknown network": _with(lambda m: change_card(m, architecture="sorcery")),
    "a curve that is none": _with(lambda m: with_manifest({**m, "curve.json": b'[{"a": [[]]}]'})),
    "a picture that is none": _with(lambda m: with_manifest({**m, "thumbnails/a.jpg": b"<svg/>"})),
    "members in a list": _with(lambda m: {**m, "manifest.json": b'{"format": 1, "members": ["model.json"]}'}),
    "an entry in a list": _with(lambda m: change_manifest(m, rb"(\{[^{}]*\})", rb"[\1]")),
    "a manifest in a list": _with(lambda m: {**m, "manifest.json": b"[" + m["manifest.json"] + b"]"}),
    "a size beyond range": _with(lambda m: change_manifest(m, rb'"bytes": \d+', b'"bytes": 1e400')),
    "a key twice": _with(lambda m: {**m, "manifest.json": m["manifest.json"].replace(b"{", b'{"format": 1, ', 1)}),
    "files in a list": _with(lambda m: change_card(m, files=[])),
    "a file in a list": _with(lambda m: change_card(m, files={"encoder": [], "decoder": []})),
    "a file without a size": _with(lambda m: change_card(m, files={"encoder": {"file": "model-encoder.npz"}})),
    "parameters in a list": _with(lambda m: change_card(m, parameters=[16])),
    "filters beyond range": _with(lambda m: change_card(m, parameters={"side": 16, "filters": 10**18, "latent": 8})),
    "figures in a table": _with(lambda m: change_card(m, figures={})),
    "a name in a list": _with(lambda m: change_card(m, name=["tiny"])),
    "a deep card": _with(lambda m: change_card(m, training=nest_tables(30))),
    "a deep curve": _with(lambda m: with_manifest({**m, "curve.json": b"[" * 5000 + b"]" * 5000})),
    "a bomb of weights": _with(lambda m: change_weights(m, bytes(20_000_000)), zipfile.ZIP_DEFLATED),
    "nine thousand brackets": _with(lambda m: change_weights(m, claiming(b"[" * 9000))),
    "a header with a backslash": _with(lambda m: change_weights(m, claiming(b"{'descr': '\\d'}"))),
    "a million arrays": _with(lambda m: change_weights(m, many_arrays())),
    "weights that are none": _with(lambda m: change_weights(m, b"PK")),
    "a pickle in the weights": _with(lambda m: change_weights(m, pickle_arrays())),
    "a huge header in the weights": _with(lambda m: change_weights(m, huge_header())),
}


def change_weights(members: Members, content: bytes) -> Members:
    """These members with other weights of the encoder, of which card and manifest tell the truth."""
    files = json.loads(members["model.json"])["files"]
    files["encoder"] |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return change_card({**members, files["encoder"]["file"]: content}, files=files)


def change_manifest(members: Members, pattern: bytes, text: bytes) -> Members:
    """These members with another text in the manifest."""
    return {**members, "manifest.json": re.sub(pattern, text, members["manifest.json"])}


def nest_tables(depth: int) -> dict[str, Any]:
    """A table in a table in a table."""
    return {"a": nest_tables(depth - 1)} if depth else {}


def claiming(header: bytes) -> bytes:
    """Weights whose first array has this header."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as members:
        text = b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header
        members.writestr("encoder_conv_1/kernel.npy", text)
    return file.getvalue()


def many_arrays() -> bytes:
    """A directory of more arrays than any network has."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as members:
        for number in range(5000):
            members.writestr(f"{number}.npy", b"")
    return file.getvalue()


def pickle_arrays() -> bytes:
    """Arrays of objects, which NumPy would unpickle."""
    file = io.BytesIO()
    np.savez(file, **{"encoder_conv_1/kernel": np.array([{}], object)})
    return file.getvalue()


def huge_header() -> bytes:
    """An array that says it has a million million numbers."""
    array, file = io.BytesIO(), io.BytesIO()
    np.lib.format.write_array_header_1_0(array, {"descr": "<f2", "fortran_order": False, "shape": (10**6, 10**6)})
    with zipfile.ZipFile(file, "w") as members:
        members.writestr("encoder_conv_1/kernel.npy", array.getvalue())
    return file.getvalue()
