"""Weights files come back as they were, and no file from a stranger does harm."""

from __future__ import annotations

import hashlib
import io
import json
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.networks import weights
from deblur_app.networks.autoencoder import build_autoencoder
from deblur_app.networks.weights import Card

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LARGEST = 200_000_000
"""Bytes that reading a hostile file of a tiny network may take at its peak; building networks is not counted."""


@pytest.fixture
def saved_card(tiny: dict[str, Any], tmp_path: Path) -> Path:
    """The card of a tiny network on disk."""
    card = Card("tiny", "autoencoder", {**tiny, "filters": list(tiny["filters"])}, figures=[{"epoch": 1}])
    weights.save(build_autoencoder(**tiny), card, tmp_path / "model.json")
    return tmp_path / "model.json"


def rewrite(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the card on disk."""
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def replace_encoder(path: Path, data: bytes) -> None:
    """Put other bytes in place of the encoder, with a card that vouches for them."""
    path.with_name("model-encoder.npz").write_bytes(data)
    entry = {"file": "model-encoder.npz", "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    rewrite(path, lambda content: content["files"].update(encoder=entry))


def archive(arrays: dict[str, np.ndarray]) -> bytes:
    """Arrays as `numpy.savez` writes them, pickled where they must be."""
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def encoder_arrays(path: Path) -> dict[str, np.ndarray]:
    """The arrays of the encoder as saved."""
    with np.load(path.with_name("model-encoder.npz")) as members:
        return {name: members[name] for name in members.files}


def test_a_model_comes_back(saved_card: Path, tiny: dict[str, Any]) -> None:
    """Stored as float16, so outputs may change by less than a thousandth."""
    model, card = weights.load(saved_card)
    batch = np.random.default_rng(0).random((2, 16, 16, 3), np.float32)
    change = np.abs(np.asarray(build_autoencoder(**tiny)(batch)) - np.asarray(model(batch))).max()
    assert 0 < change < 1e-3
    assert card.figures == [{"epoch": 1}]
    assert sorted(path.name for path in saved_card.parent.iterdir()) == [
        "model-decoder.npz", "model-encoder.npz", "model.json",
    ]  # fmt: skip
    for part in ("encoder", "decoder"):
        data = saved_card.with_name(card.files[part]["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == card.files[part]["sha256"]


HOSTILE_CARDS: dict[str, Callable[[dict[str, Any]], object]] = {
    "unknown architecture": lambda c: c.update(architecture="os.system"),
    "architecture is no word": lambda c: c.update(architecture=["autoencoder"]),
    "newer format": lambda c: c.update(format=99),
    "unknown key": lambda c: c.update(run="rm -rf"),
    "no name": lambda c: c.pop("name"),
    "name is a list": lambda c: c.update(name=[]),
    "figures is no list": lambda c: c.update(figures="many"),
    "huge side": lambda c: c["parameters"].update(side=2**20),
    "huge latent": lambda c: c["parameters"].update(latent=10**9),
    "huge product": lambda c: c["parameters"].update(side=1024, filters=[1024], latent=4096),
    "huge filters": lambda c: c["parameters"].update(filters=[10**6, 10**6]),
    "many filters": lambda c: c["parameters"].update(filters=[1] * 50),
    "no filters": lambda c: c["parameters"].update(filters=[]),
    "filters are words": lambda c: c["parameters"].update(filters="abc"),
    "side is a float": lambda c: c["parameters"].update(side=16.0),
    "side is true": lambda c: c["parameters"].update(side=True),
    "side does not fit": lambda c: c["parameters"].update(side=18),
    "extra parameter": lambda c: c["parameters"].update(seed=1),
    "parameters is a list": lambda c: c.update(parameters=[1, 2]),
    "no files": lambda c: c.update(files={}),
    "third file": lambda c: c["files"].update(extra=c["files"]["encoder"]),
    "files is a list": lambda c: c.update(files=[]),
    "path traversal": lambda c: c["files"]["encoder"].update(file="../../etc/passwd.npz"),
    "windows traversal": lambda c: c["files"]["encoder"].update(file="..\\secret.npz"),
    "drive letter": lambda c: c["files"]["encoder"].update(file="C:secret.npz"),
    "absolute path": lambda c: c["files"]["encoder"].update(file="/etc/secret.npz"),
    "null character": lambda c: c["files"]["encoder"].update(file="a\0.npz"),
    "lone surrogate": lambda c: c["files"]["encoder"].update(file="\ud800.npz"),
    "another ending": lambda c: c["files"]["encoder"].update(file="model.json"),
    "file is a number": lambda c: c["files"]["encoder"].update(file=3),
    "negative size": lambda c: c["files"]["encoder"].update(bytes=-1),
    "huge size": lambda c: c["files"]["encoder"].update(bytes=10**15),
    "wrong size": lambda c: c["files"]["encoder"].update(bytes=10),
    "wrong hash": lambda c: c["files"]["encoder"].update(sha256="0" * 64),
    "hash is a number": lambda c: c["files"]["encoder"].update(sha256=0),
    "missing file": lambda c: c["files"]["encoder"].update(file="other.npz"),
}


@pytest.mark.parametrize("case", HOSTILE_CARDS)
def test_a_hostile_card_is_refused_before_a_network_is_built(
    saved_card: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence; nothing is allocated on the word of a card."""
    rewrite(saved_card, HOSTILE_CARDS[case])
    monkeypatch.setitem(weights.ARCHITECTURES, "autoencoder", lambda **_: pytest.fail("built"))
    with pytest.raises(DeblurError) as caught:
        weights.load(saved_card)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"null", b"\xff\xfe", b"{" * 9, b"[" * 100_000, b" " * 2_000_000]
)
def test_what_is_no_card_is_refused(tmp_path: Path, content: bytes) -> None:
    """Cut off, nested without end, of another kind, or too large."""
    (tmp_path / "model.json").write_bytes(content)
    with pytest.raises(DeblurError, match=r"model card|is too large"):
        weights.load(tmp_path / "model.json")


def test_a_missing_card_is_a_sentence(tmp_path: Path) -> None:
    """The file was moved."""
    with pytest.raises(DeblurError, match="does not exist"):
        weights.load(tmp_path / "none.json")


def with_first(path: Path, change: Callable[[np.ndarray], np.ndarray]) -> bytes:
    """The encoder's file with its first array changed."""
    arrays = encoder_arrays(path)
    first = next(iter(arrays))
    return archive({**arrays, first: change(arrays[first])})


def claiming(path: Path, header: bytes) -> bytes:
    """The encoder's file with a first array whose header claims another shape or kind."""
    data = io.BytesIO()
    arrays = encoder_arrays(path)
    with zipfile.ZipFile(data, "w") as file:
        for number, (name, array) in enumerate(arrays.items()):
            plain = io.BytesIO()
            np.save(plain, array)
            text = header.ljust(117) + b"\n"
            claimed = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + b"\0" * 64
            file.writestr(f"{name}.npy", plain.getvalue() if number else claimed)
    return data.getvalue()


def bomb(path: Path) -> bytes:
    """The encoder's file with a first member that unpacks to a gigabyte."""
    data, arrays = io.BytesIO(), encoder_arrays(path)
    name = f"{next(iter(arrays))}.npy"
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as member:
        for _ in range(64):
            member.write(b"\0" * 2**24)
    return data.getvalue()


HOSTILE_ARRAYS: dict[str, Callable[[Path], bytes]] = {
    "no zip": lambda _: b"no zip at all",
    "cut off": lambda p: p.with_name("model-encoder.npz").read_bytes()[:-200],
    "an array is missing": lambda p: archive(dict(list(encoder_arrays(p).items())[1:])),
    "wrong shape": lambda p: with_first(p, lambda a: a[..., :-1]),
    "transposed": lambda p: with_first(p, np.asfortranarray),
    "whole numbers": lambda p: with_first(p, lambda a: a.astype(np.int32)),
    "double precision": lambda p: with_first(p, lambda a: a.astype(np.float64)),
    "not a number": lambda p: with_first(p, lambda a: np.full_like(a, np.nan)),
    "infinite": lambda p: with_first(p, lambda a: np.full_like(a, np.inf)),
    "pickled objects": lambda p: with_first(p, lambda _: np.array([print, {}], dtype=object)),
    "a header of a terabyte": lambda p: claiming(
        p, b"{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 1000000)}"
    ),
    "a header with code": lambda p: claiming(p, b"__import__('os').abort()"),
    "too few values": lambda p: claiming(p, b"{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3, 3, 4)}"),
    "a bomb": bomb,
}


@pytest.mark.parametrize("case", HOSTILE_ARRAYS)
def test_hostile_arrays_are_refused(saved_card: Path, case: str) -> None:
    """The card vouches for each of these files, and still nothing is unpickled or unpacked that does not fit."""
    replace_encoder(saved_card, HOSTILE_ARRAYS[case](saved_card))
    tracemalloc.start()
    try:
        with pytest.raises(DeblurError, match=r"model-encoder\.npz. is not a weights file that fits") as caught:
            weights.load(saved_card)
        assert tracemalloc.get_traced_memory()[1] < LARGEST
    finally:
        tracemalloc.stop()
    assert str(caught.value).endswith("Get the model again.")
