"""The commands that list and tell, and the program as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from deblur_app import __version__
from deblur_app.cli import main as cli
from deblur_app.core import image_io
from deblur_app.engine.methods.registry import list_offered
from tests.cli.json_lines import parse_json_lines


def test_methods_are_listed_with_all_their_settings(capsys):
    """Name, range, unit, default and explanation of each, for people."""
    assert cli.main(["methods"]) == 0
    out = capsys.readouterr().out
    for method in list_offered():
        assert f"{method.name}: {method.label}" in out
        assert method.explanation in out
        for parameter in method.parameters:
            assert f"--set {parameter.name}={parameter.default}" in out
            assert parameter.explanation in out
    assert "--set overlap=32  (0 to 96 px)" in out


def test_methods_in_json_are_the_table(capsys):
    """A script can draw its own form from it."""
    assert cli.main(["methods", "--json"]) == 0
    answers = {answer["name"]: answer for answer in parse_json_lines(capsys.readouterr().out)}
    assert list(answers) == [method.name for method in list_offered()]
    area, overlap, model = answers["autoencoder"]["parameters"]
    assert (area["choices"], area["default"], area["minimum"]) == (["tiles", "whole"], "tiles", None)
    assert (overlap["minimum"], overlap["maximum"], overlap["unit"], overlap["default"]) == (0, 96, "px", 32)
    assert model["is_file"] is True


def test_devices_are_listed_by_name(capsys):
    """The processor is always there, and works."""
    assert cli.main(["devices", "--json"]) == cli.main(["devices"]) == 0
    *_, last = lines = capsys.readouterr().out.splitlines()
    first = json.loads(lines[0])
    assert (first["name"], first["works"]) == ("cpu", True)
    assert f"cpu: {first['label']}" in (last, *lines)


def test_the_version_is_told(capsys):
    """The one of the package."""
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"deblur {__version__}\n"


def _run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deblur_app", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def test_the_program_restores_a_photo(photo, tiny_card):
    """A process of its own, from the arguments to the file: JSON on stdout, and not a word on stderr."""
    process = _run("restore", photo, "--method", "autoencoder", "--json", "--set", f"model={tiny_card}")
    assert (process.returncode, process.stderr) == (0, "")
    (answer,) = parse_json_lines(process.stdout)
    assert np.isfinite(image_io.read(photo.with_name("photo_deblurred.png")).pixels).all()
    assert answer["output"].endswith("photo_deblurred.png")


@pytest.mark.skipif(sys.platform != "linux", reason="only there file names are bytes")
@pytest.mark.skipif(
    not sys.prefix.isascii(), reason="NumPy cannot be loaded from there in a plain terminal without UTF-8"
)
def test_names_that_are_no_unicode_are_no_problem(tmp_path):
    """An old archive, a plain terminal: the answer is a sentence and the name in an escaped form."""
    name = os.fsdecode(b"caf\xe9.jpg")
    process = _run("restore", tmp_path / name, "--json", env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert process.returncode == 2
    assert json.loads(process.stdout)["input"] == str(tmp_path / name)
    assert "does not exist" in process.stderr
    assert "Traceback" not in process.stderr
