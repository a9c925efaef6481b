"""A larger restorer may start from the weights of a smaller one, and then computes the same."""

from pathlib import Path

import numpy as np
import pytest

import training
from deblur_app.core.errors import DeblurError
from deblur_app.networks.restorer import build_restorer
from deblur_app.networks.weights import values
from training.config.config import TrainingConfig, read_config
from training.config.sections import Data, Network
from training.fit.larger_restorer import can_enlarge, enlarge
from training.fit.start_weights import check_start

SMALL = {"widths": (4, 6), "blocks": (1, 2)}


def arrays_of(model, last=None):
    """Return the weights as checkpoints name them; those of the last layer, which starts at zero, may be random."""
    arrays = {f"model/{variable.path}": values(variable) for variable in model.weights}
    if last is not None:
        arrays |= {name: last.normal(size=array.shape) * 0.1 for name, array in arrays.items() if "/last/" in name}
    return arrays


@pytest.mark.parametrize("blocks", [(1, 1, 1), (2, 3, 1)])
def test_a_larger_restorer_computes_what_the_smaller_one_does(blocks):
    """With another level below, and more blocks at the others."""
    small, other = build_restorer(**SMALL, seed=1), build_restorer(widths=(4, 6, 8), blocks=blocks, seed=2)
    before = arrays_of(small, np.random.default_rng(3))
    for variable in small.weights:
        variable.assign(before[f"model/{variable.path}"])

    after = enlarge(before, SMALL["blocks"], arrays_of(other), blocks)
    for variable in other.weights:
        variable.assign(after[f"model/{variable.path}"])

    random = np.random.default_rng(0)
    inputs = [random.random((2, 16, 16, 3), np.float32), np.full(2, 0.01, np.float32)]
    np.testing.assert_allclose(other(inputs), small(inputs), atol=1e-6)
    assert not np.allclose(small(inputs), inputs[0], atol=1e-3)


def test_every_weight_of_the_new_level_can_learn():
    """None of its convolutions is zero but the one that leads to the level above."""
    small, other = build_restorer(**SMALL), build_restorer(widths=(4, 6, 8), blocks=(1, 1, 1))
    arrays = enlarge(arrays_of(small), SMALL["blocks"], arrays_of(other), (1, 1, 1))

    silent = {name for name, array in arrays.items() if "kernel" in name and not array.any()}
    assert silent == {"model/up_1/kernel", "model/last/kernel"}


@pytest.mark.parametrize(
    ("widths", "blocks"), [((4, 8, 8), (1, 1, 1)), ((4, 6), (1, 2)), ((4, 6, 8), (0, 1, 1)), ((4,), (1,))]
)
def test_other_restorers_are_not_larger_ones(widths, blocks):
    """Other widths, no further level, too few blocks."""
    assert not can_enlarge({**SMALL, "pictures": 1}, {"widths": widths, "blocks": blocks, "pictures": 1})


def test_the_bundled_weights_fit_the_larger_restorer():
    """They are found although they are those of a smaller one; a network with other widths finds none."""
    check_start(read_config(Path(training.__path__[0]) / "configs" / "restorer_larger.toml"))
    other = Network("restorer", side=144, widths=(16, 64, 128, 256), blocks=(2, 2, 2, 2), start="bundled")
    with pytest.raises(DeblurError, match="No weights come with the program"):
        check_start(TrainingConfig(network=other, data=Data("synthetic")))
