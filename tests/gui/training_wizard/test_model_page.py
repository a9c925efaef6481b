"""The page of networks is drawn from the table of what can be trained."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deblur_app.gui.training_wizard.model import WizardModel
from deblur_app.gui.training_wizard.pages.model_page import ModelPage
from training.trainables.autoencoder import AUTOENCODER
from training.trainables.trainables import TRAINABLES

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


def test_a_network_that_is_added_to_the_table_is_offered(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its label and its key, and without a change of the window."""
    monkeypatch.setitem(TRAINABLES, "new", replace(AUTOENCODER, name="new", label="Another network", access_key="t"))
    page = ModelPage(WizardModel())
    qtbot.addWidget(page)
    button = page.networks["new"]
    assert button.text() == "Ano&ther network"
    button.click()
    assert page.model.network == "new"
    assert button.isChecked()
