"""Recipes: kept with results in every format that can hold them, read back whole, and checked."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.blur import models
from deblur_app.blur.kernel_grid import even_grid, field_of_grid
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Origin, Psf
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.formats import xmp
from deblur_app.core.picture import Metadata, Picture
from deblur_app.engine.blend import PLAIN, Blend
from deblur_app.engine.masks.mask import Gradient, Mask, Stroke, Subject, mask_of_values, round_place
from deblur_app.engine.method import Request
from deblur_app.engine.recipes import recipe as recipes
from deblur_app.engine.recipes import recipe_json, storage
from deblur_app.engine.recipes.recipe import ModelReference, Outcome, Recipe

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

SHAKE = Psf(models.motion(9.0, 30.0), Origin.DRAWN, None, 0.75)
GRID = Psf(even_grid([[models.motion(5.0, 30.0), models.motion(7.0, 60.0)]], (90, 120)), Origin.ESTIMATED)
RATING = xmp.Property("http://ns.adobe.com/xap/1.0/", "xmp", "Rating")
GIVEN = {"label": "", "origin": "given"}
RECIPES = {
    "defaults": Recipe(Request("wiener", {"smoothing": 0.0}), PLAIN, Outcome("wiener", {})),
    "drawn kernel": Recipe(Request("sparse", {}, psf=SHAKE), Blend(80, skin=50), Outcome("sparse", {}, psf=SHAKE)),
    "model": Recipe(
        Request("wiener", {}, psf=Psf.of_model(Blur("motion", {"length": 7.0, "angle": 20.0}))),
        PLAIN,
        Outcome("wiener", {}),
    ),
    "kernel of a reduced photo": Recipe(
        Request("restorer", {}),
        PLAIN,
        Outcome("restorer", {}, psf=dataclasses.replace(SHAKE, reduction=4)),
    ),
    "regions": Recipe(
        Request("restorer", {}, regions=(2, 1), is_checked=False),
        PLAIN,
        Outcome("restorer", {"noise": 1.5}, "Blur that varies", GRID, ModelReference("bundled", "12ab")),
    ),
}


def _assert_equal(one: Recipe, other: Recipe) -> None:
    """Compare what the JSON says of two recipes, with their kernels as numbers."""
    first, second = (recipe_json.to_table(recipe, with_kernels=False) for recipe in (one, other))
    assert first == second | {"values": first["values"]}
    for mine, read in ((one.request.psf, other.request.psf), (one.outcome.psf, other.outcome.psf)):
        assert (mine is None) == (read is None)
        if mine and read:
            np.testing.assert_allclose(mine.at(3, 3), read.at(3, 3), atol=1e-6)


@pytest.mark.parametrize("name", RECIPES)
def test_json_gives_a_recipe_back(name: str) -> None:
    """Method, values, PSF, regions, blend, model, version and diagnosis; what was left out takes its default."""
    recipe = RECIPES[name]
    read = recipe_json.from_json(recipe_json.to_json(recipe).encode(), "a")
    _assert_equal(recipe, read)
    assert dict(recipe.request.values).items() <= dict(read.request.values).items()


def test_a_field_stays_a_field() -> None:
    """Its kernels are mixed between its places, which those of a grid are not: the same recipe, the same picture."""
    kernels = [[models.motion(9.0, 25.0 * (column + 4 * row)) for column in range(4)] for row in range(3)]
    psf = Psf(field_of_grid(even_grid(kernels, (90, 120))), Origin.ESTIMATED, None, 0.5)
    recipe = Recipe(Request("restorer-psf", {}, psf=psf), PLAIN, Outcome("restorer-psf", {}, psf=psf))
    read = recipe_json.from_json(recipe_json.to_json(recipe).encode(), "a")
    _assert_equal(recipe, read)
    for again in (read.request.psf, read.outcome.psf):
        assert psf.field is not None
        assert again is not None
        assert again.field is not None
        assert again.confidence == psf.confidence
        np.testing.assert_array_equal(again.field.basis, psf.field.basis)
        np.testing.assert_array_equal(again.field.weights, psf.field.weights)
        assert (again.field.xs, again.field.ys) == (psf.field.xs, psf.field.ys)


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize("ending", [".jpg", ".png", ".tif", ".webp"])
def test_a_saved_picture_has_its_recipe_and_keeps_its_xmp(
    tmp_path: Path, scene: Pixels, ending: str, name: str
) -> None:
    """The table of formats that hold XMP: the rating stays, and a second recipe takes the place of the first."""
    photo = Picture(scene, metadata=Metadata(xmp=xmp.set_property(None, RATING, "4")))
    first = storage.attach_recipe(photo, RECIPES["defaults"])
    path = image_io.write(storage.attach_recipe(first, RECIPES[name]), tmp_path / f"a{ending}")
    _assert_equal(RECIPES[name], storage.read_recipe(path))
    packet = image_io.read(path).metadata.xmp
    assert packet is not None
    assert xmp.read_property(packet, RATING) == "4"
    assert packet.count(b"deblur_recipe") == 1


def test_kernels_too_long_for_a_jpeg_are_left_out(scene: Pixels) -> None:
    """The rest of the recipe is kept; a file of its own has it all."""
    random = np.random.default_rng(1)
    kernels = [[random.random((65, 65)).astype(np.float32) for _ in range(4)] for _ in range(3)]
    grid = Psf(even_grid([[kernel / kernel.sum() for kernel in row] for row in kernels], (300, 400)))
    recipe = Recipe(Request("wiener", {}, psf=grid), PLAIN, Outcome("wiener", {}, psf=grid))
    inside = storage.find_recipe(storage.attach_recipe(Picture(scene), recipe))
    assert inside is not None
    assert (inside.request.method, inside.request.psf) == ("wiener", None)
    with pytest.raises(DeblurError, match=r"no room in the photo: Blur that varies over the frame.*\.deblur\.json"):
        recipes.check_psf(inside)
    _assert_equal(recipe, recipe_json.from_json(recipe_json.to_json(recipe).encode(), "a"))


@pytest.mark.parametrize("packet", [b"no XML", b"<a>", b"x" * 64_990])
def test_xmp_that_cannot_be_extended_stays_as_it_is(scene: Pixels, packet: bytes) -> None:
    """No packet of another program is lost for a recipe."""
    photo = Picture(scene, metadata=Metadata(xmp=packet))
    assert storage.attach_recipe(photo, RECIPES["defaults"]).metadata.xmp == packet


def test_a_recipe_beside_a_picture_completes_one_without_its_kernels(tmp_path: Path, scene: Pixels) -> None:
    """The picture has no room for a large kernel; the file has."""
    kernel = np.random.default_rng(1).random((127, 127)).astype(np.float32)
    psf = Psf(kernel / kernel.sum())
    recipe = Recipe(Request("wiener", {}, psf=psf), PLAIN, Outcome("wiener", {}))
    path = image_io.write(storage.attach_recipe(Picture(scene), recipe), tmp_path / "a.png")
    assert storage.read_recipe(path).missing_psf == "Kernel, 127 × 127 px"
    storage.sidecar_of(path).write_text(recipe_json.to_json(recipe), encoding="utf-8")
    read = storage.read_recipe(path)
    assert not read.missing_psf
    _assert_equal(recipe, read)


def test_a_recipe_beside_a_picture_is_found(tmp_path: Path, scene: Pixels) -> None:
    """BMP holds no XMP: the file beside it says how it was made."""
    path = image_io.write(Picture(scene), tmp_path / "a.bmp")
    with pytest.raises(DeblurError, match=r"“a\.bmp” holds no recipe"):
        storage.read_recipe(path)
    storage.sidecar_of(path).write_text(recipe_json.to_json(RECIPES["model"]), encoding="utf-8")
    _assert_equal(RECIPES["model"], storage.read_recipe(path))


@pytest.mark.parametrize(
    ("change", "words"),
    [({"deblur_recipe": 2}, "newer Deblur"), ({"method": "magic"}, "no method “magic”"),
     ({"values": {"smoothing": 99.0}}, "Smoothing must lie"), ({"blend": {"strength": -1}}, "Strength must lie"),
     ({"regions": [0, 1]}, "holds no recipe"), ({"psf": GIVEN | {"kernels": "AAAA"}}, "kernels"),
     ({"psf": GIVEN | {"blur": {"kind": "odd"}}}, "no blur “odd”"), ({"method": 1}, "no recipe")],
)  # fmt: skip
def test_recipes_of_strangers_are_checked(change: dict[str, object], words: str) -> None:
    """Values out of range, unknown ones and those of a newer program get one sentence."""
    table = {**recipe_json.to_table(RECIPES["defaults"]), **change}
    with pytest.raises(DeblurError, match=words):
        recipe_json.from_json(json.dumps(table).encode(), "a.json")


def test_a_model_of_the_users_own_is_called_by_name_and_found_by_its_weights(
    tiny_card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No path of the maker's machine is told; on another machine the model may have another name."""
    values = {"model": str(tiny_card)}
    named = recipes.refer_to_model("autoencoder", values)
    assert named is not None
    recipe = Recipe(
        Request("autoencoder", recipes.without_paths(values)), PLAIN, Outcome("autoencoder", {}, model=named)
    )
    assert str(tiny_card.parent) not in recipe_json.to_json(recipe).replace(tiny_card.parent.name, "")
    with pytest.raises(DeblurError, match="is not installed here"):
        recipes.find_model(recipe)
    model = dataclasses.make_dataclass("Model", ["card"])(tiny_card)
    monkeypatch.setattr(recipes.installed, "list_installed", lambda: [model])
    assert recipes.find_model(recipe).request.values["model"] == str(tiny_card)


@pytest.mark.parametrize("method", ["restorer", "restorer-psf", "restorer-blind", "autoencoder"])
def test_every_method_with_a_network_of_the_program_tells_its_weights(method: str) -> None:
    """The hash is that of the file of weights."""
    reference = recipes.refer_to_model(method, {})
    assert reference is not None
    assert (reference.name, len(reference.sha256)) == ("bundled", 64)


def test_other_weights_of_the_program_are_told() -> None:
    """A recipe of another version of the bundled network says so; one of this version says nothing."""
    ours = recipes.refer_to_model("restorer-blind", {})
    assert ours is not None
    for reference, is_told in ((ours, False), (ModelReference("bundled", "00"), True)):
        recipe = Recipe(Request("restorer-blind", {}), PLAIN, Outcome("restorer-blind", {}, model=reference), "0.0.1")
        assert ("Deblur 0.0.1" in recipes.describe_differences(recipe)) is is_told


MASK = Mask(
    (
        Stroke((round_place(0.1, 0.2), round_place(-0.1, 1.2)), 0.04, 0.25),
        Gradient(round_place(0.5, 0.0), round_place(0.5, 0.4), is_erasing=True),
        Subject((0.25, 0.125, 0.75, 0.5), 0.5),
    ),
    is_inverted=True,
)


@pytest.mark.parametrize("mask", [MASK, mask_of_values(np.eye(20, dtype=np.uint8) * 255)], ids=["shapes", "picture"])
def test_a_mask_comes_back_as_it_was(mask: Mask) -> None:
    """Every shape with its numbers, or every pixel."""
    recipe = dataclasses.replace(RECIPES["defaults"], blend=Blend(80, mask=mask))
    assert recipe_json.from_json(recipe_json.to_json(recipe).encode(), "a").blend == recipe.blend


def test_a_mask_without_room_in_a_photo_is_named_and_not_passed_over() -> None:
    """A picture that cannot be packed small; the recipe is not applied to the whole photo instead."""
    noise = mask_of_values(np.random.default_rng(0).integers(0, 256, (300, 300), np.uint8))
    recipe = dataclasses.replace(RECIPES["defaults"], blend=Blend(mask=noise))
    picture = storage.attach_recipe(Picture(np.zeros((4, 4, 3), np.float32)), recipe)
    read = storage.find_recipe(picture)
    assert read is not None
    assert (read.blend.mask, read.missing_mask) == (None, "a picture")
    with pytest.raises(DeblurError, match="mask that had no room"):
        recipes.check_mask(read)
    again = storage.find_recipe(storage.attach_recipe(picture, read))
    assert again is not None
    assert again.missing_mask == "a picture"


@pytest.mark.parametrize("shape", [
    {"kind": "stroke", "points": ""},
    {"kind": "stroke", "points": "AAA="},
    {"kind": "stroke", "points": "AAAAAA==", "radius": 3},
    {"kind": "gradient", "start": [0, 9]},
    {"kind": "subject", "rectangle": [0, 0, 1, 2]},
    {"kind": "star"},
])  # fmt: skip
def test_a_damaged_mask_is_refused(shape: dict[str, object]) -> None:
    """In one sentence that names the file."""
    table = recipe_json.to_table(RECIPES["defaults"]) | {"mask": {"shapes": [shape]}}
    with pytest.raises(DeblurError, match="“a” holds no recipe"):
        recipe_json.from_json(json.dumps(table).encode(), "a")
