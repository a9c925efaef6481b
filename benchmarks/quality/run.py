"""The run: options, cases over two processes, costs one after the other, then the files."""

from __future__ import annotations

import argparse
import functools
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import cv2

from benchmarks.measuring import report
from benchmarks.quality import cases as quality_cases
from benchmarks.quality import report as quality_report
from benchmarks.quality import rows as quality_rows
from benchmarks.quality import scores as quality_scores
from benchmarks.quality.large_pictures import write_large_pictures
from benchmarks.quality.report import Results
from benchmarks.quality.rows import UNSHARP
from benchmarks.quality.sheet import contact_sheet
from benchmarks.quality.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.quality.cases import Recipe
    from benchmarks.quality.rows import Row
    from benchmarks.quality.scores import Cost, Outcome

_SAMPLE = 30
"""Cases that the fixed setting of the unsharp mask is chosen on."""

_PUBLISHED = Path("docs/benchmarks")
_QUICK_PICTURES = 1  # pictures, kernels and pairs with --quick
_QUICK_BLURS = ("motion", "defocus")
_QUICK_CROP = 128  # side in pixels with --quick


def main(description: str | None, arguments: list[str] | None = None) -> Results:
    """Run the benchmark as `arguments` ask, write its files and print its figures on the last line.

    With `--quick` files are written only where `--out` says: a glance must not replace the published table.
    """
    options = _options(description, arguments)
    results = run(options)
    out = options.out or (None if options.quick else _PUBLISHED)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / "quality.md").write_text(quality_report.markdown(results, _command(options)), encoding="utf-8")
        (out / "quality.png").write_bytes(contact_sheet(results))
    written = f"quality.md and quality.png are in {out}" if out else "no file is written"
    print(f"{len(results.outcomes)} cases in {results.seconds:.0f} s; {written}.")
    report("quality", quality_report.figures(results))
    return results


def run(options: argparse.Namespace) -> Results:
    """Score every row on every case, then measure what each row costs."""
    begin = time.perf_counter()
    pictures = quality_cases.pictures_in(options.sharp) if options.sharp else quality_cases.photographs()
    kernels = sorted(options.kernels.glob("*.npy")) if options.kernels else []
    levin = sorted(options.levin.glob("*.mat")) if options.levin else []
    crop = options.crop
    if options.quick:
        pictures, kernels, levin = (paths[:_QUICK_PICTURES] for paths in (pictures, kernels, levin))
        crop = crop or _QUICK_CROP
    if not pictures or (options.kernels and not kernels) or (options.levin and not levin):
        raise SystemExit("One of the folders has no pictures, kernels (.npy) or pairs (.mat). Name another.")
    recipes = quality_cases.recipes(pictures, kernels=kernels, levin=levin, crop=crop, seed=options.seed)
    blurs = options.blur or (_QUICK_BLURS if options.quick and not (kernels or levin) else ())
    recipes = [recipe for recipe in recipes if not blurs or recipe.blur in blurs]
    if quality_cases.LARGE in blurs:
        large = quality_cases.pictures_in(options.large) if options.large else write_large_pictures()
        large = large[-_QUICK_PICTURES:] if options.quick else large
        recipes += quality_cases.list_large_recipes(large, crop=options.crop, seed=options.seed)
    rows = quality_rows.rows(options.method)
    unsharp = _choose_fixed_unsharp(rows, recipes)
    outcomes = _outcomes(recipes, options, unsharp)
    costs = [] if options.no_cost or options.quick else _costs(rows, recipes, outcomes)
    seconds = time.perf_counter() - begin
    text = quality_report.setting_text(unsharp, unsharp.settings[0]) if unsharp else "not run"
    return Results(rows, outcomes, costs, text, len(pictures), crop, options.seed, seconds)


def _outcomes(recipes: list[Recipe], options: argparse.Namespace, unsharp: Row | None) -> list[Outcome]:
    store = Store(options.keep, options.reuse)
    known = [store.load_scores(recipe) for recipe in recipes]
    score = functools.partial(
        quality_scores.score, wanted=options.method, unsharp=unsharp.settings[0] if unsharp else ()
    )
    if options.processes == 1:
        return list(_store_as_they_come(map(score, recipes, known), recipes, store))
    # By spawn: a fork of a process that holds TensorFlow hangs.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.processes, spawn, initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        return list(_store_as_they_come(pool.map(score, recipes, known), recipes, store))


def _store_as_they_come(outcomes: Iterable[Outcome], recipes: list[Recipe], store: Store) -> Iterator[Outcome]:
    """Yield each outcome as it comes, kept in the store; print now and then how far the run is."""
    for number, (recipe, outcome) in enumerate(zip(recipes, outcomes, strict=True), 1):
        store.add(recipe, outcome)
        if number % 50 == 0:
            print(f"{number} of {len(recipes)} cases", flush=True)
        yield outcome


def _choose_fixed_unsharp(rows: list[Row], recipes: list[Recipe]) -> Row | None:
    row = next((row for row in rows if row.name == UNSHARP), None)
    sample = recipes[:: max(len(recipes) // _SAMPLE, 1)]
    return quality_rows.best_fixed(row, [quality_cases.make(recipe) for recipe in sample]) if row else None


def _costs(rows: list[Row], recipes: list[Recipe], outcomes: list[Outcome]) -> list[Cost]:
    """Measure the cost of each row on the cases that are shown, each row in a new process and nothing beside it."""
    shown = [(r, o) for r, o in zip(recipes, outcomes, strict=True) if r.is_shown]
    costs = []
    for row in rows:
        settings = {o.blur: score.setting for _, o in shown for score in o.scores if score.row == row.name}
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            costs += pool.submit(quality_scores.cost, [r for r, _ in shown], row.name, settings).result()
    return costs


def _options(description: str | None, arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sharp", type=Path, metavar="DIR", help="sharp pictures; scikit-image's photographs if none")
    parser.add_argument("--kernels", type=Path, metavar="DIR", help="kernels (.npy) to use instead of the made blurs")
    parser.add_argument("--levin", type=Path, metavar="DIR", help="Levin's pairs (.mat with x, y and f)")
    parser.add_argument("--large", type=Path, metavar="DIR", help="pictures for --blur shake-large; made ones if none")
    parser.add_argument("--blur", action="append", metavar="KEY", help="only this blur; may be given again")
    parser.add_argument("--method", action="append", metavar="NAME", help="only this row; may be given again")
    parser.add_argument("--crop", type=int, default=0, metavar="PX", help="only the middle of each picture")
    parser.add_argument("--seed", type=int, default=0, help="equal seeds give equal figures")
    parser.add_argument("--processes", type=int, default=2, help="cases at the same time")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="take known scores of peers from here, add new ones")
    parser.add_argument("--reuse", action="append", default=[], metavar="NAME", help="a method that --keep holds too")
    parser.add_argument("--no-cost", action="store_true", help="measure no time and no memory")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help=f"where files go (default: {_PUBLISHED}; with --quick nowhere)"
    )
    parser.add_argument("--quick", action="store_true", help="one small picture, two blurs, no costs: ends within 60 s")
    return parser.parse_args(arguments)


def _command(options: argparse.Namespace) -> str:
    """Return the command with the names of folders left out: whoever repeats it has others."""
    words = ["python benchmarks/quality.py"]
    words += [f"--{name} DIR" for name in ("sharp", "kernels", "levin", "large") if getattr(options, name)]
    words += [f"--{name} {value}" for name in ("blur", "method") for value in getattr(options, name) or ()]
    words += [f"--crop {options.crop}"] if options.crop else []
    words += [f"--seed {options.seed}"] if options.seed else []
    return " ".join([*words, *(["--quick"] if options.quick else [])])
