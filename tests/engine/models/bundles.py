"""Members of a model in one file, and changes of them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


type Members = dict[str, bytes]

CURVE = [{"kind": "epoch", "epoch": 1, "loss": 0.5, "gains": {"motion": 0.25}, "sharp_psnr": None}]


def jpeg() -> bytes:
    """A small picture as a file."""
    file = io.BytesIO()
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(file, "JPEG")
    return file.getvalue()


def zip_members(members: Members, path: Path, compression: int = zipfile.ZIP_STORED) -> Path:
    """These members as a file."""
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def with_manifest(members: Members) -> Members:
    """These members with a manifest that tells the truth about them."""
    others = {name: content for name, content in members.items() if name != "manifest.json"}
    entries = {n: {"bytes": len(c), "sha256": hashlib.sha256(c).hexdigest()} for n, c in others.items()}
    return {"manifest.json": json.dumps({"format": 1, "members": entries}).encode(), **others}


def change_card(members: Members, **changes: Any) -> Members:
    """These members with another card, and a manifest that fits it."""
    card = {**json.loads(members["model.json"]), **changes}
    return with_manifest({**members, "model.json": json.dumps(card).encode()})
