"""The findings of the pair doctor in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from training.pair_doctor.doctor import Diagnosis
    from training.pair_doctor.registration import Registered

TITLES = {
    "unmatched": tr_later("Without a counterpart"),
    "unreadable": tr_later("Cannot be read"),
    "sizes": tr_later("Different sizes"),
    "swapped": tr_later("Blurred and sharp swapped"),
    "not-blurred": tr_later("Not blurred"),
    "duplicate": tr_later("Nearly the same scene"),
    "leak": tr_later("In both folders"),
    "misaligned": tr_later("Misaligned"),
    "unmeasured": tr_later("Could not be measured"),
}
"""The title of each kind of finding."""


def describe(diagnosis: Diagnosis, name: str) -> str:
    """Return a sentence on the findings."""
    count = f"{diagnosis.pairs} pair{'' if diagnosis.pairs == 1 else 's'}"
    if not diagnosis.findings:
        return tr("“{name}” is in order: {count} examined, nothing wrong.", name=name, count=count)
    kinds = Counter(finding.kind for finding in diagnosis.findings)
    words = " · ".join(f"{TITLES[kind]}: {number}" for kind, number in kinds.items())
    return tr("“{name}”: {count} examined. {words}.", name=name, count=count, words=words)


def summary_of(registered: Registered) -> str:
    """Return a sentence or two on the pairs that were registered."""
    count, count_out = len(registered.mended), len(registered.left_out)
    if not count:
        return tr("None of the pairs could be registered; no folder was made.")
    text = f"{count} pair{' was' if count == 1 else 's were'} registered into “{registered.folder}”."
    if count_out:
        reason = registered.left_out[0].sentence
        text += f" {count_out} could not be and {'is' if count_out == 1 else 'are'} left out: {reason}"
    return text
