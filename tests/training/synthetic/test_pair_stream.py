"""Pairs made while a network trains: the same for a seed, whoever makes them, and nothing is left behind."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from contextlib import suppress
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
import pytest
from PIL import Image
from skimage import data

import training
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from training.synthetic import photo_store
from training.synthetic.crop_pair import make_pair
from training.synthetic.pair_stream import open_synthetic_pairs
from training.synthetic.photo_store import load_photos
from training.synthetic.recipe import FOUR_BLURS, Recipe, draw_pair, photo_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

RECIPE = Recipe(side=32, batch_size=3)
PHOTOS = 4
ROOT = Path(training.__path__[0]).parent


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four parts of a photograph, of different sizes, one of them stored lying on its side."""
    folder = tmp_path_factory.mktemp("photos")
    paths = [folder / f"{number}.png" for number in range(PHOTOS)]
    for number, path in enumerate(paths):
        exif = Image.Exif()
        exif[274] = 6 if number == 1 else 1
        picture = data.astronaut()[number * 20 : number * 20 + 64 + 8 * number, 150:250]
        Image.fromarray(picture).save(path, exif=exif)
    return paths


def some(photos: list[Path], recipe: Recipe = RECIPE, count: int = 4, **how: int) -> list[NDArray[np.uint8]]:
    """The first batches, blurred and sharp in one array each."""
    with run_to_end(open_synthetic_pairs(photos, recipe, **how)) as pairs:
        return [np.stack(next(pairs)) for _ in range(count)]


def test_batches_are_crops_blurred_and_sharp(photos: list[Path]) -> None:
    """As uint8; the blurred ones are smoother."""
    with run_to_end(open_synthetic_pairs(photos, RECIPE, workers=0)) as pairs:
        blurred, sharp = next(pairs)
        assert pairs.next == 1
    assert blurred.shape == sharp.shape == (3, 32, 32, 3)
    assert blurred.dtype == sharp.dtype == np.uint8
    assert np.abs(np.diff(blurred.astype(int), axis=2)).mean() < np.abs(np.diff(sharp.astype(int), axis=2)).mean()


def test_equal_seeds_give_equal_batches_whatever_the_processes_and_the_memory(photos: list[Path]) -> None:
    """None, one or two processes, photographs shared or decoded again; another seed gives others."""
    here = some(photos, workers=0)
    assert all(map(np.array_equal, here, some(photos, workers=1)))
    assert all(map(np.array_equal, here, some(photos, workers=2, memory=1)))
    assert not np.array_equal(here[0], some(photos, Recipe(side=32, batch_size=3, seed=1), 1, workers=0)[0])
    assert not np.array_equal(here[0], here[1])


def test_a_resumed_training_sees_the_batches_that_follow(photos: list[Path]) -> None:
    """The number of a batch is all that it depends on."""
    assert np.array_equal(some(photos, count=3, workers=0)[2], some(photos, count=1, workers=1, start=2)[0])


def test_every_photograph_serves_equally_often() -> None:
    """Also where there are more of them than are drawn from at a time."""
    for count in (1, 4, 40):
        served = Counter(photo_of(number, count, 42) for number in range(16 * 80))
        assert set(served.values()) == {16 * 80 // count}


@pytest.mark.parametrize("kind", [*FOUR_BLURS, "shake-varying"])
def test_any_mix_of_blurs_can_be_made(photos: list[Path], kind: str) -> None:
    """The sharp crop is a part of the photograph, turned or mirrored, and the blurred one lies on it."""
    recipe = Recipe(side=48, blurs={kind: FOUR_BLURS.get(kind, {"extent": (5.0, 9.0)})}, noise=(0, 0), jpeg_share=0)
    loaded = run_to_end(load_photos(photos, recipe.side, 10**9))
    for number in range(4):
        blurred, sharp = make_pair(loaded, PHOTOS, recipe, number)
        assert blurred.shape == sharp.shape == (48, 48, 3)
        assert np.corrcoef(blurred.ravel(), sharp.ravel())[0, 1] > 0.7
        assert not np.array_equal(blurred, sharp)
    loaded.close(forget=True)


def test_a_margin_is_blurred_with_the_crop(photos: list[Path]) -> None:
    """Light from beside the crop moves into it: a crop of a photograph is blurred as the whole photograph is."""
    from deblur_app.blur import models
    from deblur_app.blur.degrade import blur
    from deblur_app.core.picture import from_integer, to_uint8

    recipe = Recipe(side=24, blurs={"defocus": {"radius": (4.0, 4.0)}}, noise=(0, 0), jpeg_share=0)
    photo = data.astronaut()[:80, 150:260]
    whole = to_uint8(blur(from_integer(photo), models.defocus(4.0))).astype(int)
    blurred, sharp = make_pair(lambda _: photo, 1, recipe, 0)
    for turns in range(4):
        for mirrored in (False, True):
            first, second = ((crop[:, ::-1] if mirrored else crop) for crop in (blurred, sharp))
            first, second = np.rot90(first, turns), np.rot90(second, turns)
            for top, left in np.argwhere((photo == second[0, 0]).all(axis=2)).tolist():
                if np.array_equal(photo[top : top + 24, left : left + 24], second):
                    assert np.abs(whole[top : top + 24, left : left + 24] - first).max() <= 1
                    return
    pytest.fail("the sharp crop is no part of the photograph")


def test_a_small_memory_keeps_the_latest(photos: list[Path]) -> None:
    """Photographs beyond the limit are decoded again, those within are not."""
    loaded = run_to_end(load_photos(photos, 32, 45_000))
    assert loaded.contents.name is None
    first, again = loaded(0), loaded(0)
    assert first is again
    assert loaded(1) is loaded(1)
    assert loaded(0) is first
    loaded(2)
    assert loaded(1) is not again
    assert loaded(0).shape == first.shape
    assert loaded(1).shape == (100, 72, 3)  # upright
    loaded.close()


def test_nothing_is_left_behind(photos: list[Path]) -> None:
    """Processes have ended and the shared memory is gone, also after a second close and amid work."""
    pairs = run_to_end(open_synthetic_pairs(photos, RECIPE, workers=1))
    processes, slots, name = pairs._processes, pairs._slots, pairs._photos.contents.name
    assert slots is not None
    assert name is not None
    pairs.close()
    pairs.close()
    assert not any(process.is_alive() for process in processes)
    for removed in (slots.name, name):
        with pytest.raises(FileNotFoundError):
            SharedMemory(removed)


def test_a_cancelled_opening_frees_the_memory(photos: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The shared memory of the photographs read so far is gone, also for other processes."""
    names: list[str] = []

    def create(**how: Any) -> SharedMemory:
        memory = SharedMemory(**how)
        names.append(memory.name)
        return memory

    monkeypatch.setattr(photo_store, "SharedMemory", create)
    task = load_photos(photos, 32, 10**9)
    next(task)
    next(task)
    (name,) = names
    SharedMemory(name).close()  # until then it is there
    task.close()
    with pytest.raises(FileNotFoundError):
        SharedMemory(name)


def test_a_bad_photograph_is_named(photos: list[Path], tmp_path: Path) -> None:
    """Broken or too small; here or in a process; and no photograph at all is a sentence too."""
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"none")
    with (
        pytest.raises(DeblurError, match=r"broken\.png"),
        run_to_end(open_synthetic_pairs([broken], RECIPE, workers=1)) as p,
    ):
        next(p)
    with pytest.raises(DeblurError, match=r"0\.png” is smaller than the crops of 200"):
        run_to_end(open_synthetic_pairs(photos, Recipe(side=200), workers=0))
    with pytest.raises(DeblurError, match="no photographs"):
        run_to_end(open_synthetic_pairs([], RECIPE))


def test_sharp_and_noiseless_crops_come_as_often_as_asked_for() -> None:
    """And noise of photons never where there is none at all; a sharp crop without noise and JPEG is the photograph."""
    recipe = Recipe(side=16, sharp_share=0.3, noiseless_share=0.4, photons_share=0.5, jpeg_share=0.0)
    draws = [draw_pair(recipe, number) for number in range(1000)]
    quiet = [draw for draw in draws if draw.noise == 0.0]
    assert 0.25 < sum(draw.kind == "none" for draw in draws) / 1000 < 0.35
    assert 0.35 < len(quiet) / 1000 < 0.45
    assert all(draw.photons is None for draw in quiet)
    counted = [draw.photons for draw in draws if draw.photons is not None]
    assert 0.25 < len(counted) / 1000 < 0.35
    assert 2_000 <= min(counted) < 4_000
    assert 50_000 < max(counted) <= 100_000
    number = next(n for n, draw in enumerate(draws) if draw.kind == "none" and draw.noise == 0.0)
    photo = data.astronaut()[:64, 150:250]
    assert np.array_equal(*make_pair(lambda _: photo, 1, recipe, number))


def test_the_noise_level_is_the_deviation_in_linear_light() -> None:
    """Read noise and photons together, measured on a grey crop."""
    from deblur_app.core.colour import srgb_to_linear
    from deblur_app.core.picture import from_integer

    recipe = Recipe(
        side=64, sharp_share=1.0, noise=(0.01, 0.01), photons=(3000, 3000), photons_share=1.0, jpeg_share=0.0
    )
    photo = np.full((80, 80, 3), 150, np.uint8)
    noisy, sharp = make_pair(lambda _: photo, 1, recipe, 0)
    measured = srgb_to_linear(from_integer(noisy)).std()
    assert draw_pair(recipe, 0).noise_level(sharp) == pytest.approx(measured, rel=0.05)


def test_photographs_are_reduced_before_they_are_blurred(photos: list[Path]) -> None:
    """A crop shows more of the scene; one that would not fit is reduced less."""
    recipe = Recipe(side=32, blurs={"defocus": {"radius": (2.0, 2.0)}}, noise=(0, 0), jpeg_share=0, scale=(0.5, 0.5))
    ramp = np.broadcast_to(np.arange(0, 200, 2, np.uint8)[:, None, None], (100, 100, 3))
    for number in range(4):
        blurred, sharp = make_pair(lambda _: ramp, 1, recipe, number)
        assert np.ptp(sharp) == pytest.approx(2 * 2 * 31, abs=6)
        assert np.abs(blurred.astype(int) - sharp)[8:-8, 8:-8].max() <= 2  # a ramp stays a ramp, and where it was
        _, small = make_pair(lambda _: ramp[:40, :40], 1, recipe, number)
        assert small.shape == (32, 32, 3)


_LEFT_ALONE = """
import sys
from pathlib import Path
from deblur_app.core.task import run_to_end
from training.synthetic.pair_stream import open_synthetic_pairs
from training.synthetic.recipe import Recipe
if __name__ == "__main__":
    pairs = run_to_end(open_synthetic_pairs([Path(sys.argv[1])], Recipe(side=32, batch_size=3), workers=1))
    next(pairs)
    print(pairs._processes[0].pid, flush=True)
    sys.stdin.read()
"""


def test_processes_end_when_the_training_is_killed(photos: list[Path], tmp_path: Path) -> None:
    """They have nobody to work for, and hold the photographs in memory."""
    (tmp_path / "main.py").write_text(_LEFT_ALONE)
    command = [sys.executable, tmp_path / "main.py", photos[0]]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        worker = psutil.Process(int(process.stdout.readline()))
        process.kill()
    with suppress(psutil.NoSuchProcess):
        worker.wait(timeout=30)
    assert not worker.is_running()


@pytest.mark.parametrize(
    "wrong",
    [
        {"side": 4},
        {"batch_size": 0},
        {"blurs": {}},
        {"blurs": {"fog": {}}},
        {"blurs": {"motion": {"length": (3, 999)}}},
        {"scale": (0.0, 1.0)},
        {"scale": (0.5, 2.0)},
        {"photons": (0.0, 10.0)},
    ],
)
def test_a_wrong_recipe_is_a_sentence(wrong: dict[str, object]) -> None:
    """Found when it is written, not in a process an hour later."""
    with pytest.raises(DeblurError):
        Recipe(**wrong)  # type: ignore[arg-type]
