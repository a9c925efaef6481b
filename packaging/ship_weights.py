"""Puts the model of a run into resources/weights, with a card that tells where its pictures came from.

    python packaging/ship_weights.py runs/paper --test pairs_test --sources photos/LICENCES.csv

The pictures of `--test` must have taken no part in the training; their figures go into the card.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
from collections import Counter
from pathlib import Path

from deblur_app.core.task import run_to_end
from deblur_app.networks import weights
from training.data.pairs import find_pairs
from training.evaluation import evaluate
from training.runs.run import Run
from training.synthetic import pair_files

TARGET = Path(__file__).parents[1] / "resources" / "weights" / "autoencoder.json"


def main() -> None:
    """Evaluate and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--test", type=Path, required=True, help="folder of pairs that took no part in the training")
    parser.add_argument("--sources", type=Path, required=True, help="table of the photographs: name,source,licence,…")
    arguments = parser.parse_args()
    run = Run(arguments.run)
    judged = run_to_end(evaluate.evaluate(run.card, find_pairs(arguments.test).pairs))
    model, card = weights.load(run.card)
    data = {
        "pairs": "photographs blurred in code: half by a defocus disk, half by linear motion (sections 2.3 and 2.1)",
        "defocus_radius_share_of_long_side": pair_files.RADIUS,
        "motion_length_share_of_long_side": pair_files.LENGTH,
        "photographs": photographs(arguments.sources),
        **card.data,
    }
    test = {
        "pairs": judged.pairs,
        "what": "further photographs of the same sources, which took no part in the training",
        "model": judged.model.as_json(),
        "do_nothing": judged.do_nothing.as_json(),
    }
    weights.save(model, dataclasses.replace(card, name="The paper's autoencoder", data=data, test=test), TARGET)


def photographs(table: Path) -> list[dict[str, object]]:
    """Count the photographs of each source and licence that there are to draw from."""
    with table.open(encoding="utf-8", newline="") as file:
        counts = Counter((row["source"], row["licence"]) for row in csv.DictReader(file))
    return [{"source": s, "licence": licence, "photographs": n} for (s, licence), n in sorted(counts.items())]


if __name__ == "__main__":
    main()
