"""A training on crops of scenes, plain blurs and video frames that were made before it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from deblur_app.blur.scene.draw import SHARES
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from tests.training.photos import write_parts
from training.batches.mixed_crops import mixture_of, open_mixed_source
from training.batches.synthetic_pairs import photos_in
from training.cli import main as cli
from training.config.config import write_config
from training.config.sections import Data
from training.fit.trainer import resume, train
from training.runs.run import Run
from training.scenes.frame_crops import load_frames
from training.synthetic.crop_store import CHUNK, find_chunks, make_crops, read_chunk
from training.synthetic.photo_store import load_photos


@pytest.fixture(scope="module")
def settings(tmp_path_factory, tiny_restorer):
    """Return settings of a restorer that learns from four parts of a photograph and twenty frames in no time."""
    folder = tmp_path_factory.mktemp("mixed")
    for name in ("photos", "frames"):
        (folder / name).mkdir()
    write_parts(folder / "photos", 4, 100, 64, (150, 230))
    for number in range(20):
        part = data.astronaut()[100:164, 150 + number : 230 + number]
        Image.fromarray(part).save(folder / "frames" / f"{number:02}.png")
    kinds = {"motion": {"length": (3.0, 5.0), "angle": (0.0, 180.0)}, "defocus": {"radius": (1.0, 2.0)}}
    mixed = Data(
        "mixed",
        photos=(str(folder / "photos"),),
        frames=str(folder / "frames"),
        store=str(folder / "crops"),
        scene_share=0.1,
        frame_share=0.3,
        crops=CHUNK,
        blurs=kinds,
        steps_per_epoch=3,
        validation_crops=1,
        workers=1,
    )
    return replace(tiny_restorer, data=mixed)


def store_of(config):
    """Return the folder of the crops."""
    return Path(config.data.store)


@pytest.fixture(scope="module")
def store(settings, tmp_path_factory):
    """The folder of the crops, made by the command."""
    path = tmp_path_factory.mktemp("config") / "config.toml"
    write_config(settings, path)
    assert cli.main(["make-crops", str(path)]) == 0
    return path


def test_crops_that_are_there_are_not_made_again(settings, store, capsys):
    """A command that was interrupted goes on."""
    (chunk,) = find_chunks(store_of(settings))
    before = chunk.stat().st_mtime_ns

    assert cli.main(["make-crops", str(store)]) == 0
    assert chunk.stat().st_mtime_ns == before
    assert capsys.readouterr().out.startswith(f"{CHUNK} crops in")


def test_equal_numbers_give_equal_crops(settings):
    """Whoever makes them; all three kinds."""
    mixture = mixture_of(settings)
    photos = run_to_end(load_photos(photos_in(settings), 16, 1 << 30))
    frames = load_frames(mixture.frames, None, 0.5)
    first, again = (make_crops(photos, mixture, frames, range(40)) for _ in range(2))
    photos.close(forget=True)

    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    assert first[0].shape == first[1].shape == (40, 16, 16, 3)


@pytest.mark.usefixtures("store")
def test_a_run_is_judged_by_every_kind_and_can_be_resumed(settings, tmp_path):
    """The log tells the gain for plain blurs, scenes and frames."""
    run = run_to_end(train(settings, [], Run(tmp_path / "run")))
    gains = run.events("epoch")[0]["gains"]
    assert set(gains) == {"motion", "defocus", "frames", *(f"scene {kind}" for kind in SHARES)}

    write_config(replace(run.config, epochs=2), tmp_path / "run" / "config.toml")
    run_to_end(resume(run))
    assert len(run.events("epoch")) == 2


def list_turned(*pictures):
    """Return the bytes of pictures after each of the eight turns that a square has, all of them turned alike."""
    return [
        tuple(np.rot90(picture, turns)[:, ::step].tobytes() for picture in pictures)
        for turns in range(4)
        for step in (1, -1)
    ]


@pytest.mark.usefixtures("store")
def test_each_epoch_goes_on_where_the_last_one_ended_and_turns_pairs_alike(settings, tmp_path):
    """Blurred and sharp crops of a batch stay together, and noise levels are those of the file."""
    run = Run(tmp_path / "run")
    run.create(settings, [], photos_in(settings))
    source = run_to_end(open_mixed_source(settings, run))
    batches = [batch for epoch in (1, 2) for batch in source.epoch(epoch)]
    blurred, sharp, noise = read_chunk(find_chunks(store_of(settings))[0])

    levels = np.concatenate([batch[2] for batch in batches])
    assert len(levels) == 24
    assert np.isin(levels, noise).all()
    stored = {pair for b, s in zip(blurred, sharp, strict=True) for pair in list_turned(b, s)}
    pairs = [pair for batch in batches for pair in zip(batch[0], batch[1], strict=True)]
    assert all((b.tobytes(), s.tobytes()) in stored for b, s in pairs)
    upright = {(b.tobytes(), s.tobytes()) for b, s in zip(blurred, sharp, strict=True)}
    assert any((b.tobytes(), s.tobytes()) not in upright for b, s in pairs)
    again = list(source.epoch(2))
    assert all(np.array_equal(one[0], other[0]) for one, other in zip(batches[3:], again, strict=True))


def test_a_store_without_crops_or_of_another_side_is_refused(settings, store, tmp_path):
    """The sentence says what to do."""
    del store
    run = Run(tmp_path / "run")
    empty = replace(settings, data=replace(settings.data, store=str(tmp_path)))
    with pytest.raises(DeblurError, match="make-crops"):
        run_to_end(open_mixed_source(empty, run))
    other = replace(settings, network=replace(settings.network, side=32))
    with pytest.raises(DeblurError, match="side of 16 pixels, not of 32"):
        run_to_end(open_mixed_source(other, run))


def test_shares_and_frames_must_fit_together(settings):
    """At most the whole, and frames where there is a share of them."""
    with pytest.raises(DeblurError, match="must not exceed 1"):
        mixture_of(replace(settings, data=replace(settings.data, scene_share=0.9)))
    with pytest.raises(DeblurError, match="folder of video frames"):
        mixture_of(replace(settings, data=replace(settings.data, frames="")))


def test_a_folder_without_frames_is_told(settings, tmp_path):
    """The frames of a video often lie one folder deeper; the message names the folder that was looked in."""
    upper = tmp_path / "video"
    (upper / "take 1").mkdir(parents=True)
    with pytest.raises(DeblurError, match="video” holds no video frames"):
        mixture_of(replace(settings, data=replace(settings.data, frames=str(upper))))
