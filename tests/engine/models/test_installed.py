"""A model travels as one file, is installed once, and is chosen by its name."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.engine.models import bundle, installed
from deblur_app.networks import weights
from tests.engine.models.bundles import CURVE, jpeg

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path


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
