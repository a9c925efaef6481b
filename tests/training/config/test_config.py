"""Settings survive the trip to disk, and values that cannot work are refused with a sentence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import training
from deblur_app.core.errors import DeblurError
from training.config.config import TrainingConfig, read_config, write_config
from training.config.sections import Data, Learning, Network


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    """A run resumes with what it has stored."""
    config = TrainingConfig(protocol="paper", epochs=7, network=Network(filters=(4, 8), side=16), learning_rate=0.25)
    write_config(config, tmp_path / "config.toml")
    assert read_config(tmp_path / "config.toml") == config


def test_tables_come_back_as_they_were_written(tmp_path: Path) -> None:
    """Also ranges, and folders with odd names."""
    blurs = {"motion": {"length": (3.0, 9.5)}}
    config = TrainingConfig(
        network=Network("restorer", widths=(4, 8), blocks=(1, 2)),
        learning=Learning("adamw", schedule="cosine", average=0.5),
        data=Data("synthetic", photos=('a "b"', "ü"), blurs=blurs, noise=(0.0, 0.01)),
    )
    write_config(config, tmp_path / "config.toml")
    assert read_config(tmp_path / "config.toml") == config


def test_settings_of_older_versions_are_read_under_their_new_names(tmp_path: Path) -> None:
    """Synthetic pairs were called “made”, and the paper's keys stood above the tables; what is written now is new."""
    old = "side = 16\nfilters = [4, 8]\nlatent = 8\n[network]\nstart = 'bundled'\n[data]\nsource = 'made'\n"
    (tmp_path / "old.toml").write_text(old, encoding="utf-8")
    config = read_config(tmp_path / "old.toml")
    network = Network(side=16, filters=(4, 8), latent=8, start="bundled")
    assert config == TrainingConfig(network=network, data=Data("synthetic"))
    write_config(config, tmp_path / "new.toml")
    new = tomllib.loads((tmp_path / "new.toml").read_text(encoding="utf-8"))
    assert (new["data"]["source"], new["network"]["side"], "side" in new) == ("synthetic", 16, False)


def test_the_bundled_settings_are_the_defaults() -> None:
    """The file that explains the paper's settings cannot drift from them."""
    assert read_config(Path(training.__path__[0]) / "configs" / "paper.toml") == TrainingConfig()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("epochs = 0", "Epochs"),
        ("epochs = 1.5", "whole number"),
        ("epochs = true", "whole number"),
        ("learning_rate = nan", "Learning rate"),
        ("learning_rate = 'high'", "number"),
        ("seed = -1", "Seed"),
        ("protocol = 'mine'", "Protocol cannot be “mine”. Choose one of: held-out, paper"),
        ("precision = 'float16'", "mixed_bfloat16"),
        ("side = 100", "multiple of 8"),
        ("filters = []", "Filters"),
        ("filters = [4, 'x']", "Filters"),
        ("filters = 4", "Filters must be 1 to 6 whole numbers"),
        ("colour = 'red'", "unknown keys: colour"),
        ("epochs = = 3", "not a training configuration"),
        ("network = 3", "table"),
        ("[network]\narchitecture = 'gan'", "Architecture cannot be “gan”"),
        ("[network]\nwidths = [4, 8]", "equally many"),
        ("[network]\nwidths = [4, 0, 4]", "Widths"),
        ("[network]\nwidths = 4", "Widths must be 1 to 5 whole numbers"),
        ("[network]\nlayers = 3", r"unknown keys in \[network\]: layers"),
        ("[network]\narchitecture = 'restorer'", "choose the source synthetic"),
        ("[learning]\noptimizer = 'sgd'", "Optimizer cannot be"),
        ("[learning]\nwarmup_steps = 0.5", "whole number"),
        ("[learning]\naverage = 1.0", "Average must be a number between 0 and 0.99999, not 1.0"),
        ("[data]\nsource = 'web'", "Source cannot be"),
        ("protocol = 'paper'\n[data]\nsource = 'synthetic'", "held out"),
        ("[data]\nnoise = 0.1", "range of two numbers"),
        ("[data]\nnoise = [0.2, 0.1]", "Noise must be a range with the smaller number first"),
        ("[data]\nsharp_share = 1.5", "Sharp share"),
        ("[data.blurs]\nmotion = [3, 23]", "tables"),
        ("[data.blurs.motion]\nlength = [3]", "Blurs must be tables of ranges"),
        ("[data]\nphotos = [1]", "Photos must be a list of texts"),
    ],
)
def test_bad_settings_are_refused_with_a_sentence(tmp_path: Path, text: str, word: str) -> None:
    """Each of these is the user's to mend, so the sentence names what is wrong."""
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(DeblurError, match=word):
        read_config(path)


def test_missing_settings_are_a_sentence(tmp_path: Path) -> None:
    """A mistyped file name is the user's to mend."""
    with pytest.raises(DeblurError, match="does not exist"):
        read_config(tmp_path / "none.toml")
