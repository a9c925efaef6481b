"""Methods that take a model of the user's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.engine import model_methods
from deblur_app.engine.devices import Device

if TYPE_CHECKING:
    from pathlib import Path

CPU = Device("cpu", "CPU", "/CPU:0")


def _card(folder: Path, content: object) -> Path:
    path = folder / "model.json"
    path.write_text(json.dumps(content))
    return path


def test_the_card_decides_which_method_takes_a_model(tmp_path, tiny_card):
    """By the kind of its network."""
    assert model_methods.method_for(tiny_card) == "autoencoder"
    assert model_methods.method_for(_card(tmp_path, {"architecture": "restorer", "parameters": {}})) == "restorer-blind"


@pytest.mark.parametrize("content", [{}, [], "text", {"architecture": "unheard of"}, {"architecture": None}])
def test_what_no_method_takes_is_refused(tmp_path, content):
    """A sentence, whatever the file holds."""
    with pytest.raises(DeblurError, match="not a model card of a network that deblurs"):
        model_methods.method_for(_card(tmp_path, content))


def test_a_file_that_is_no_card_is_refused(tmp_path, photo):
    """A picture, and a file that is not there."""
    for path in (photo, tmp_path / "nowhere.json"):
        with pytest.raises(DeblurError, match="not a model card"):
            model_methods.method_for(path)


def test_a_model_is_loaded_to_know_whether_it_can_be_used(tmp_path, tiny_card):
    """One that can be gives no error; one without its weights does."""
    run_to_end(model_methods.check(tiny_card, CPU))
    content = json.loads(tiny_card.read_text())
    with pytest.raises(DeblurError, match="does not exist"):
        run_to_end(model_methods.check(_card(tmp_path, content), CPU))
