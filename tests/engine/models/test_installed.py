"""A model travels as one file; what is broken or hostile is told in a sentence and leaves nothing behind."""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
import re
import shutil
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.engine.models import bundle, installed
from deblur_app.networks import weights

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

type Members = dict[str, bytes]

CURVE = [{"kind": "epoch", "epoch": 1, "loss": 0.5, "gains": {"motion": 0.25}, "sharp_psnr": None}]


def jpeg() -> bytes:
    """A small picture as a file."""
    file = io.BytesIO()
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(scope="module")
def packed_model(tiny_card: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as one file."""
    target = tmp_path_factory.mktemp("packed") / "tiny.deblur"
    return run_to_end(bundle.write_bundle(tiny_card, target, curve=CURVE, thumbnails={"input-1": jpeg()}))


@pytest.fixture(scope="module")
def members(packed_model: Path) -> Members:
    """Return what is in that file."""
    with zipfile.ZipFile(packed_model) as file:
        return {name: file.read(name) for name in file.namelist()}


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


def test_a_model_comes_back_as_it_was(packed_model: Path, tiny_card: Path, tmp_path: Path) -> None:
    """Equal weights, its curve, its pictures, and a name by which it is found and removed."""
    assert bundle.summary(packed_model).name == "tiny"
    assert bundle.summary(packed_model).architecture == "autoencoder"
    model = run_to_end(installed.install(packed_model, tmp_path)).model
    assert (model.name, model.architecture, model.parameters["side"]) == ("tiny", "autoencoder", 16)
    assert json.loads(model.curve.read_bytes()) == CURVE
    assert [path.name for path in model.thumbnails] == ["input-1.jpg"]
    own, loaded = (weights.load(card)[0].get_weights() for card in (tiny_card, model.card))
    assert all(np.array_equal(one, other) for one, other in zip(own, loaded, strict=True))
    assert [each.name for each in installed.list_installed(tmp_path, architecture="autoencoder")] == ["tiny"]
    assert installed.list_installed(tmp_path, architecture="restorer") == []
    installed.remove("tiny", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_equal_models_make_equal_files(packed_model: Path, tiny_card: Path, tmp_path: Path) -> None:
    """So that a hash tells whether two people have the same model."""
    again = run_to_end(
        bundle.write_bundle(tiny_card, tmp_path / "a.deblur", curve=CURVE, thumbnails={"input-1": jpeg()})
    )
    assert again.read_bytes() == packed_model.read_bytes()


def test_a_model_is_installed_once_and_names_are_kept_apart(packed_model: Path, tmp_path: Path) -> None:
    """The same one again changes nothing; another one of the same name stands beside it; both are said."""
    place = tmp_path / "models"
    first = run_to_end(installed.install(packed_model, place))
    assert first.sentence == "The model “tiny” was installed."
    again = run_to_end(installed.install(packed_model, place))
    assert again.model == first.model
    assert again.sentence == "This model is installed already, as “tiny”."
    card = first.model.card
    card.write_bytes(card.read_bytes().replace(b'"sha256": "', b'"sha256": "0'))
    with pytest.raises(DeblurError, match="Another model is called “tiny”"):
        run_to_end(installed.install(packed_model, place, name="tiny"))
    other = run_to_end(installed.install(packed_model, place))
    assert other.sentence == "“tiny” is another model, so this one was installed as “tiny-2”."
    assert not run_to_end(installed.install(packed_model, place)).is_new
    card.write_bytes(b"broken")
    assert run_to_end(installed.install(packed_model, place)).model.name == "tiny-2"


@pytest.mark.parametrize(
    ("file", "expected"), [("mine", "mine"), ("mine.v2 (1)", "mine.v2 (1)"), ("_a", "_a"), ("nul", "model-nul")]
)
def test_a_model_is_called_as_its_file(packed_model: Path, tmp_path: Path, file: str, expected: str) -> None:
    """Whatever its maker called it; so the name that one has typed is the one to use it by."""
    shutil.copy(packed_model, tmp_path / f"{file}.deblur")
    place = tmp_path / "models"
    assert run_to_end(installed.install(tmp_path / f"{file}.deblur", place)).model.name == expected
    assert run_to_end(installed.install(packed_model, place, name="other")).model.name == "other"
    assert [each.name for each in installed.list_installed(place)] == sorted([expected, "other"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [("../../up", "up"), ("", "model"), ("a:b/c\\d", "a-b-c-d"), ("con.x", "model-con.x"), ("a\n", "a")],
)
def test_names_fit_every_system(packed_model: Path, tmp_path: Path, name: str, expected: str) -> None:
    """One that no folder can have is refused where it was asked for, with one that can be had."""
    assert installed.folder_name(name) == expected
    with pytest.raises(DeblurError, match=f"Call it “{expected}”"):
        run_to_end(installed.install(packed_model, tmp_path / "models", name=name))


def _install(file: Path, place: Path, line: Connection) -> None:
    """In a process of its own: install when told to."""
    task = installed.install(file, place)
    while next(task).stage != "Installing the model":
        pass
    line.send("ready")
    line.recv()
    installation = run_to_end(task)
    line.send((installation.model.name, installation.is_new))


def test_two_processes_install_one_model_once(packed_model: Path, tmp_path: Path) -> None:
    """Both have checked it before either gives it its name; both succeed, and the second says that it is there."""
    context = multiprocessing.get_context("spawn")
    lines = []
    for _ in range(2):
        line, other = context.Pipe()
        context.Process(target=_install, args=(packed_model, tmp_path, other), daemon=True).start()
        lines.append(line)
    assert [line.recv() for line in lines] == ["ready", "ready"]
    for line in lines:
        line.send("go")
    assert sorted(line.recv() for line in lines) == [("tiny", False), ("tiny", True)]
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]


def test_a_model_is_chosen_by_name_or_path(packed_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the same name here, such as the run it came from, is not in the way; a file to be added is told."""
    monkeypatch.setattr(installed, "models_folder", lambda: tmp_path / "models")
    monkeypatch.chdir(tmp_path)
    model = run_to_end(installed.install(packed_model)).model
    (tmp_path / "tiny").mkdir()
    assert installed.card_of("tiny") == model.card
    assert installed.card_of(str(model.card)) == model.card
    with pytest.raises(DeblurError, match="has to be installed first"):
        installed.card_of(str(packed_model))


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


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_a_sentence_and_leaves_nothing(kind: str, members: Members, tmp_path: Path) -> None:
    """Whatever is in it: no folder, no file, no traceback, and the models that were there are still there."""
    path, place = tmp_path / "bad.deblur", tmp_path / "place" / "models"
    HOSTILE[kind](members, path)
    with pytest.raises(DeblurError) as raised:
        run_to_end(installed.install(path, place))
    assert len(str(raised.value)) < 400
    assert str(raised.value).isprintable()
    assert not place.exists() or list(place.iterdir()) == []
    assert {each.name for each in tmp_path.iterdir()} <= {"bad.deblur", "place"}


def test_no_byte_can_be_changed_unnoticed(packed_model: Path, members: Members, tmp_path: Path) -> None:
    """Of what is installed: each change is a sentence, or the same model comes out."""
    data, random = packed_model.read_bytes(), np.random.default_rng(0)
    path, folder = tmp_path / "bad.deblur", tmp_path / "unpacked"
    for place in random.integers(0, len(data), 60):
        folder.mkdir()
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << int(random.integers(8)))]) + data[place + 1 :])
        try:
            run_to_end(bundle.unpack(path, folder))
        except DeblurError:
            pass
        else:
            result = {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
            assert result == {name: content for name, content in members.items() if name != "manifest.json"}
        shutil.rmtree(folder)


def test_a_cancel_leaves_nothing(packed_model: Path, tmp_path: Path) -> None:
    """Installing is a task: closed half way, it takes its folder with it."""
    task = installed.install(packed_model, tmp_path)
    while next(task).fraction < 0.2:
        pass
    assert len(list(tmp_path.iterdir())) == 1
    task.close()
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_model_is_not_listed(packed_model: Path, tmp_path: Path) -> None:
    """A broken card, a hidden folder and a stray file do not keep the others from being listed."""
    run_to_end(installed.install(packed_model, tmp_path))
    for name, content in (("broken", "{"), (".installing-x", "{}"), ("list", "[]")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.json").write_text(content)
    (tmp_path / "stray.txt").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "folder" / "model.json").mkdir(parents=True)
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "model.json").write_text('{"architecture": "autoencoder", "parameters": [], "files": []}')
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "model.json").write_text("[" * 100_000)
    if hasattr(os, "mkfifo"):
        (tmp_path / "pipe").mkdir()
        os.mkfifo(tmp_path / "pipe" / "model.json")
    assert [model.name for model in installed.list_installed(tmp_path)] == ["tiny"]
    assert installed.list_installed(tmp_path / "none") == []
    with pytest.raises(DeblurError, match=r"No model “gone” is installed\. Installed: tiny"):
        installed.remove("gone", tmp_path)


def test_what_cannot_be_packed_is_a_sentence(tiny_card: Path, tmp_path: Path) -> None:
    """No such card, a card without its weights, no such folder; nothing half written remains."""
    shutil.copy(tiny_card, tmp_path)
    for card, target in ((tmp_path / "none.json", "a"), (tmp_path / "model.json", "a"), (tiny_card, "none/a")):
        with pytest.raises(DeblurError):
            run_to_end(bundle.write_bundle(card, tmp_path / target))
    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(DeblurError, match="not a model card"):
        run_to_end(bundle.write_bundle(tmp_path / "list.json", tmp_path / "a"))
    assert {path.name for path in tmp_path.iterdir()} == {"model.json", "list.json"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX systems only")
def test_a_pipe_or_a_device_is_no_model(tmp_path: Path) -> None:
    """They are not opened, which would wait for ever."""
    os.mkfifo(tmp_path / "a.deblur")
    (tmp_path / "b.deblur").symlink_to("/dev/zero")
    for name in ("a.deblur", "b.deblur"):
        with pytest.raises(DeblurError, match="is a pipe or a device"):
            run_to_end(installed.install(tmp_path / name, tmp_path / "models"))
