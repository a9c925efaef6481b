"""`deblur models`: networks that are added, listed and removed."""

from __future__ import annotations

import json

import pytest

from deblur_app.cli import main as cli
from deblur_app.core.task import run_to_end
from deblur_app.engine.models import bundle, installed
from deblur_app.engine.models.third_party import store
from tests.engine.models.third_party.tiny import Made


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    """Nothing of the user's is listed or touched; what a process of its own would do is done here."""
    monkeypatch.setattr(store, "folder", lambda: tmp_path / "guests")
    monkeypatch.setattr(installed, "models_folder", lambda: tmp_path / "models")
    monkeypatch.setattr(store, "run_isolated", lambda task, *arguments: task(*arguments))


def answers(capsys):
    """The JSON objects that were printed."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_package_is_added_listed_used_and_removed(tmp_path, photo, capsys):
    """From the archive to the method and back; the licence is told with it."""
    archive = Made().archive(tmp_path / "tiny.tgz")
    assert cli.main(["models", "list"]) == 0
    assert "No network was added" in capsys.readouterr().out
    assert cli.main(["models", "add", str(archive)]) == 0
    out = capsys.readouterr().out
    assert "MAXIM" in out
    assert "licence Apache-2.0" in out
    assert cli.main(["models", "list", "--json"]) == 0
    (answer,) = answers(capsys)
    assert (answer["name"], answer["version"], answer["kind"]) == ("maxim", "0.1.0", "guest")
    assert cli.main(["methods", "--json"]) == 0
    assert "maxim" in [method["name"] for method in answers(capsys)]
    assert cli.main(["models", "remove", "maxim"]) == 0
    capsys.readouterr()
    assert cli.main(["methods", "--json"]) == 0
    assert "maxim" not in [method["name"] for method in answers(capsys)]
    assert cli.main(["restore", str(photo), "--method", "maxim"]) == 2
    assert "npm pack" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["add", "nowhere.tgz"], "does not exist"),
        (["remove", "maxim"], "nothing to remove"),
        (["remove", "other"], "other"),
        ([], "required"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, sentence, capsys):
    """One sentence and exit code 2."""
    assert cli.main(["models", *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_a_package_that_is_refused_is_said_and_not_added(tmp_path, capsys):
    """The sentence names what it has that it should not."""
    package = Made()
    package.nodes.append({"name": "evil", "op": "ReadFile", "input": ["xs"]})
    assert cli.main(["models", "add", str(package.folder(tmp_path / "evil"))]) == 2
    assert "ReadFile" in capsys.readouterr().err
    assert cli.main(["models", "list", "--json"]) == 0
    assert answers(capsys) == []


def test_an_exported_model_is_used_by_the_name_of_its_file(tmp_path, photo, tiny_card, capsys):
    """Whatever the run was called, and whatever is in the folder; as docs/training.md says."""
    file = run_to_end(bundle.write_bundle(tiny_card, tmp_path / "mine.deblur", name="run of monday"))
    assert cli.main(["models", "add", str(file)]) == 0
    assert "The model “mine” was installed." in capsys.readouterr().out
    assert cli.main(["models", "add", str(file)]) == 0
    assert "installed already, as “mine”" in capsys.readouterr().out
    assert cli.main(["models", "add", str(file), "--name", "other"]) == 0
    capsys.readouterr()
    assert cli.main(["models", "list", "--json"]) == 0
    assert [answer["name"] for answer in answers(capsys)] == ["mine", "other"]
    out = tmp_path / "out.png"
    arguments = ["--method", "autoencoder", "--set", "model=mine", "-o", str(out)]
    assert cli.main(["restore", str(photo), *arguments]) == 0
    assert out.exists()


def test_only_a_model_in_one_file_takes_a_name(tmp_path, capsys):
    """A public network is called as it is."""
    archive = Made().archive(tmp_path / "tiny.tgz")
    assert cli.main(["models", "add", str(archive), "--name", "mine"]) == 2
    assert "can be given a name" in capsys.readouterr().err
