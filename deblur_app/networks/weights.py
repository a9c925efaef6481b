"""Weights files: a card in JSON that says what they are, and plain arrays beside it.

A file from a stranger is never unpickled and never handed to `load_model`. The card is read, its architecture and
parameters are checked against bounds, our own network is built from them, each array file is compared with the
card's SHA-256 and with the shapes the network expects, and only then are numbers read.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.files.plain_file import read_plain
from deblur_app.core.formats import npy, strict_zip
from deblur_app.core.formats.model_card import card_content
from deblur_app.networks import autoencoder, psf_estimator, restorer

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

FORMAT = 1
"""Version of the card's layout."""

ARCHITECTURES: dict[str, Callable[..., keras.Model]] = {
    "autoencoder": autoencoder.build_autoencoder,
    "restorer": restorer.build_restorer,
    "psf-estimator": psf_estimator.build_psf_estimator,
}
"""The networks that a card may name, with what builds them."""

_CHECKS = {
    "autoencoder": autoencoder.check_parameters,
    "restorer": restorer.check_parameters,
    "psf-estimator": psf_estimator.check_parameters,
}
_PARTS = {"autoencoder": {"encoder", "decoder"}, "restorer": {"restorer"}, "psf-estimator": {"network"}}

_STORED = (np.dtype("<f2"), np.dtype("<f4"))

_MOST_ARRAYS = 4096
"""Arrays of one part of a network; ours have some two hundred."""

_LIMITS = ((re.compile(r"[\w/.-]{1,200}\.npy"), 500_000_000),)
"""Names of the arrays in a weights file, and how many bytes each of them."""


@dataclass(frozen=True)
class Card:
    """The description of a model in its weights file.

    Attributes:
        name: What the window calls the model.
        architecture: A key of `ARCHITECTURES`.
        parameters: Arguments of the architecture, such as side, filters and latent, or widths and blocks.
        files: For each part of the network, such as encoder and decoder, its file name, size in bytes and SHA-256.
        training: How it was trained: protocol, epochs, batch size, learning rate, precision, seconds.
        data: What it was trained on: source, number of pairs, how they were blurred, licences.
        figures: Rows of figures at epochs, each with loss, accuracy, PSNR (dB), SSIM for training and validation.
        do_nothing: The same figures of the blurred input itself.
        test: Figures on pictures that took no part in training, where there are any.
    """

    name: str
    architecture: str
    parameters: dict[str, Any]
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    figures: list[dict[str, Any]] = field(default_factory=list)
    do_nothing: dict[str, Any] = field(default_factory=dict)
    test: dict[str, Any] = field(default_factory=dict)


def save(model: keras.Model, card: Card, path: Path) -> Card:
    """Write the card to `path` (JSON) and each part of `model` as float16 arrays beside it.

    Stored as float16 and computed in float32, the output changes by about 3e-5 and the file is half the size.

    Returns:
        The card as written, with its `files` filled in.

    Raises:
        DeblurError: The folder cannot be written to or the disk is full.
    """
    files = {}
    for part in _parts(model):
        buffer = io.BytesIO()
        arrays: dict[str, Any] = {v.path: values(v).astype(np.float16) for v in part.weights}
        np.savez_compressed(buffer, **arrays)
        data = buffer.getvalue()
        file = path.with_name(f"{path.stem}-{part.name}.npz")
        write_atomic(file, data)
        files[part.name] = {"file": file.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    saved_card = Card(**{**asdict(card), "files": files})
    text = json.dumps({"format": FORMAT, **asdict(saved_card)}, indent=1, ensure_ascii=False)
    write_atomic(path, text.encode())
    return saved_card


def values(variable: keras.Variable) -> NDArray[Any]:
    """Return the numbers of a variable as they are now, not copied.

    TensorFlow never writes into memory that somebody else still holds: the next assignment gets memory of its own.
    A copy of the largest layer would hold Python's lock, and with it the window, for 100 ms.
    """
    return np.asarray(memoryview(tf.convert_to_tensor(variable)))


def read_card(path: Path) -> Card:
    """Read and check a card.

    Raises:
        DeblurError: No such file, no card, a newer format, an unknown architecture, or parameters out of bounds.
    """
    content = card_content(path)
    if content.pop("format", None) != FORMAT:
        raise DeblurError(f"“{path.name}” was written by another version of Deblur. Update Deblur or train again.")
    try:
        card = Card(**content)
        _check(card)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise DeblurError(f"The model card “{path.name}” is broken ({shorten(error)}). Get the model again.") from error
    return card


def load(path: Path, *, dtype: str = "float32") -> tuple[keras.Model, Card]:
    """Build the network that the card at `path` names and fill it with its weights.

    Args:
        path: The card.
        dtype: Keras's dtype policy to compute in.

    Raises:
        DeblurError: The card or an array file is missing, changed, or does not fit the network.
    """
    card = read_card(path)
    contents = {part: _read_file(path.with_name(entry["file"]), entry) for part, entry in card.files.items()}
    parameters = {key: tuple(v) if isinstance(v, list) else v for key, v in card.parameters.items()}
    model = ARCHITECTURES[card.architecture](**parameters, dtype=dtype)
    for part in _parts(model):
        arrays = _arrays(contents.pop(part.name), part, path.with_name(card.files[part.name]["file"]))
        for variable in part.weights:
            variable.assign(arrays[variable.path])
    return model, card


def _read_file(file: Path, entry: dict[str, Any]) -> bytes:
    """Return the bytes of a weights file, which are those that its card describes."""
    try:
        data = read_plain(file, entry["bytes"])
    except DeblurError as error:
        raise DeblurError(f"{error} A card and its .npz files belong together.") from error
    if len(data) != entry["bytes"]:
        raise DeblurError(f"“{file.name}” is not complete. Get the model again: card and weights belong together.")
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise DeblurError(f"“{file.name}” is not the file that its card describes. Get the model again.")
    return data


def _arrays(data: bytes, part: keras.Model, file: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Return the arrays of a part, in float32, by the name of their variable."""
    try:
        with strict_zip.open_zip(io.BytesIO(data), _MOST_ARRAYS) as members:
            strict_zip.sizes(members, _LIMITS)
            arrays = {v.path: _array(members, v.path, tuple(v.shape)) for v in part.weights}
    except (OSError, *strict_zip.BROKEN) as error:
        raise DeblurError(
            f"“{file.name}” is not a weights file that fits its card ({shorten(error)}). Get the model again."
        ) from error
    return arrays


def _array(members: zipfile.ZipFile, name: str, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """Return one array; its header is compared with the network before anything of its size is allocated.

    `numpy.load` would allocate whatever the header says.
    """
    with members.open(f"{name}.npy") as member:
        header = npy.read_header(member)
        if header.is_fortran:
            raise ValueError(f"{name} is stored in another order")
        if header.shape != shape or header.dtype not in _STORED:
            shape_text = shorten(header.shape, 40)
            raise ValueError(f"{name} is {header.dtype} of shape {shape_text} and should be of shape {shape}")
        array = npy.read_values(member, header)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds values that are no numbers")
    return array.astype(np.float32)


def _parts(model: keras.Model) -> list[keras.Model]:
    """Return the networks that a model is made of, each of which has a file; itself where it is one piece."""
    return [layer for layer in model.layers if isinstance(layer, keras.Model)] or [model]


def _check(card: Card) -> None:
    """Check everything that decides how much memory the network takes or which file is opened.

    The types of the card's values were checked when it was read.

    Raises:
        DeblurError: The architecture is unknown.
        TypeError, KeyError, ValueError: What `read_card` turns into a sentence.
    """
    if card.architecture not in ARCHITECTURES:
        raise DeblurError(
            f"This model is a “{shorten(card.architecture, 40)}”, which this version of Deblur does not know. It "
            f"knows: {', '.join(ARCHITECTURES)}."
        )
    _CHECKS[card.architecture](card.parameters)
    if set(card.files) != _PARTS[card.architecture]:
        raise ValueError(f"files = {sorted(card.files)}")
    for entry in card.files.values():
        _check_file(entry)


def _check_file(entry: dict[str, Any]) -> None:
    """Check that the name stays inside the card's folder on every system: no separators, no drive letters."""
    name = entry["file"]
    if not name.isprintable() or set(name) & set("/\\:") or not name.endswith(".npz"):
        raise ValueError(f"file = {name!r}")
