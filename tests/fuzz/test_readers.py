"""Every reader of files of others answers any bytes with a result or with one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.harness import check
from tests.fuzz.readers import all_readers

if TYPE_CHECKING:
    from random import Random

pytestmark = pytest.mark.slow

READERS = all_readers()


@pytest.mark.parametrize("name", READERS)
def test_any_bytes_get_an_answer(name: str) -> None:
    """No exception but `DeblurError`, nothing on stderr, within seconds and bounded memory.

    The same files at each run, so that a change is judged by what it changes; `dev.py fuzz` looks for new ones.
    """
    reader = READERS[name]

    @settings(max_examples=reader.cases, derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(random=st.randoms(use_true_random=False))
    def one(random: Random) -> None:
        check(reader, reader.make(random))

    one()
