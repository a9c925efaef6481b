"""Settings: only differences are stored, and a bad file never stops the program."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from deblur_app.core.settings import LOOKS, Settings, load_look, load_settings, save_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the settings are, in a folder that is not there yet."""
    return tmp_path / "new" / "settings.json"


def test_settings_come_back(file):
    """A change is there at the next start; the rest takes its default."""
    save_settings(Settings(device="cpu", values={"overlap": 8}), file)
    assert load_settings(file) == Settings(device="cpu", values={"overlap": 8})


def test_only_what_differs_is_written(file):
    """A default that changes in a later version reaches everyone who never touched it."""
    save_settings(Settings(device="cpu"), file)
    assert json.loads(file.read_bytes()) == {"device": "cpu"}


def test_names_that_are_no_unicode_are_remembered(file):
    """A file name in an old encoding survives, instead of an error on closing."""
    settings = Settings(recent=["/photos/caf\udce9.jpg"])
    save_settings(settings, file)
    assert load_settings(file) == settings


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1]",
        "null",
        "\xff",
        "[" * 100_000,
        '{"values": ' + '{"a":' * 5000 + "1" + "}" * 5001,
        '{"values": {"a": [[[[1]]]]}}',
        '{"values": {"a": 1e400}}',
        '{"recent": ["a\\u0000b"], "folder": 5, "method": ["x"]}',
        '{"device": "a", "device": "b"}',
        '{"saving": {"quality": 400}, "export": {"suffix": ".exe"}}',
        '{"device": 5, "recent": {"a": 1}, "unknown": null, "__dict__": {}}',
    ],
)
def test_what_is_broken_takes_its_default(file, text):
    """A damaged file, an unknown name and a wrong type cost nothing but themselves; the first such file is kept."""
    file.parent.mkdir()
    file.write_text(text, encoding="latin-1")
    settings = load_settings(file)
    assert settings == Settings()
    assert file.with_name("settings.json.broken").read_text(encoding="latin-1") == text
    settings.device = "cpu"
    save_settings(settings, file)
    assert load_settings(file) == settings
    file.write_text("broken later")
    load_settings(file)
    assert file.with_name("settings.json.broken").read_text(encoding="latin-1") == text


def test_one_bad_setting_does_not_cost_the_others(file):
    """Settings that can be understood are taken."""
    file.parent.mkdir()
    file.write_text('{"method": 3, "device": "gpu:0"}')
    assert load_settings(file) == Settings(device="gpu:0")


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path):
    """Settings are a comfort: where they cannot be written, work goes on."""
    obstacle = tmp_path / "file"
    obstacle.write_text("")
    save_settings(Settings(device="cpu"), obstacle / "settings.json")
    assert obstacle.read_text() == ""


def test_the_newest_ten_pictures_are_remembered_once_each():
    """Opening a picture again moves it to the front."""
    settings = Settings()
    for number in [*range(12), 5]:
        settings.remember(Path(f"/photos/{number}.jpg"))
    assert len(settings.recent) == 10
    assert settings.recent[:2] == [str(Path("/photos/5.jpg")), str(Path("/photos/11.jpg"))]
    assert len(set(settings.recent)) == 10


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX systems only")
def test_a_pipe_in_their_place_is_not_waited_for(file):
    """Nor a folder."""
    file.parent.mkdir()
    os.mkfifo(file)
    assert load_settings(file) == Settings()
    assert load_settings(file.parent) == Settings()


@pytest.mark.parametrize("look", LOOKS)
def test_the_look_can_be_read_alone(file, look):
    """The first paint needs it before the rest."""
    save_settings(Settings(look=look, device="cpu"), file)
    assert load_look(file) == look


@pytest.mark.parametrize("text", ["", "{", "[]", "5", "{}", '{"look": "pink"}', '{"look": ["dark"]}', "[" * 100_000])
def test_a_look_that_cannot_be_read_is_that_of_the_system(file, text):
    """Whatever is in the file."""
    file.parent.mkdir()
    file.write_text(text)
    assert load_look(file) == "system"


def test_without_a_file_the_look_is_that_of_the_system(file):
    """As at the first start."""
    assert load_look(file) == "system"
