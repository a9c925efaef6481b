"""`deblur evaluate`: figures in a table or as JSON, and a page."""

from __future__ import annotations

import json

import pytest

from deblur_app.cli import evaluate
from deblur_app.cli import main as cli
from tests.engine.evaluation.pairs import write_pairs


@pytest.fixture
def data_set(tmp_path, monkeypatch):
    """Two pairs, and a place for figures that is not the user's."""
    monkeypatch.setattr(evaluate, "records_folder", lambda _: tmp_path / "records")
    folder = tmp_path / "data"
    return write_pairs(folder, 2)


def test_results_of_others_get_figures_and_a_page(data_set, tmp_path, capsys):
    """A line for each photo and each candidate, then the means; the page is not replaced unasked."""
    report = tmp_path / "report.html"
    command = ["evaluate", str(data_set), "--results", str(data_set / "sharp"), "--report", str(report)]
    assert cli.main([*command, "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["case"], line["candidate"]) for line in lines if "case" in line] == [
        ("0", "do_nothing"), ("0", "sharp"), ("1", "do_nothing"), ("1", "sharp"),
    ]  # fmt: skip
    assert [line["candidate"] for line in lines if "gain" in line] == ["do_nothing", "sharp"]
    assert "base64" in report.read_text(encoding="utf-8")
    assert cli.main(command) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert cli.main([*command, "--overwrite", "--fresh"]) == 0
    assert "do nothing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--method", "nonsense"], "not a method, a model"),
        (["--results", "nowhere"], "is not a folder"),
        (["--layout", "levin"], "im01_ker02"),
        (["--report", "{data}/sharp/0.png", "--overwrite"], "never overwritten"),
    ],
)
def test_what_cannot_be_evaluated_is_said(data_set, arguments, sentence, capsys):
    """In a sentence, before anything is restored."""
    arguments_given = [text.format(data=data_set) for text in arguments]
    assert cli.main(["evaluate", str(data_set), *arguments_given]) == 2
    assert sentence in capsys.readouterr().err
