"""The findings of the pair doctor in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from deblur_app.core.texts import tr, tr_count, tr_later

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
    if not diagnosis.findings:
        return tr_count(
            "“{name}” is in order: {count} pairs examined, nothing wrong.",
            "“{name}” is in order: 1 pair examined, nothing wrong.",
            diagnosis.pairs,
            name=name,
        )
    kinds = Counter(finding.kind for finding in diagnosis.findings)
    words = " · ".join(f"{tr(TITLES[kind])}: {number}" for kind, number in kinds.items())
    return tr_count(
        "“{name}”: {count} pairs examined. {words}.",
        "“{name}”: 1 pair examined. {words}.",
        diagnosis.pairs,
        name=name,
        words=words,
    )


def summary_of(registered: Registered) -> str:
    """Return a sentence or two on the pairs that were registered."""
    count, count_out = len(registered.mended), len(registered.left_out)
    if not count:
        return tr("None of the pairs could be registered; no folder was made.")
    text = tr_count(
        "{count} pairs were registered into “{folder}”.",
        "1 pair was registered into “{folder}”.",
        count,
        folder=registered.folder,
    )
    if not count_out:
        return text
    rest = tr_count(
        "{count} could not be and are left out: {reason}",
        "1 could not be and is left out: {reason}",
        count_out,
        reason=registered.left_out[0].sentence,
    )
    return f"{text} {rest}"
