"""The figures that the paper prints."""

from __future__ import annotations

PAPER_ACCURACIES = {10: (0.6012, 0.6225, 0.6100), 50: (0.7359, 0.7502, 0.7410), 100: (0.7729, 0.7913, 0.7850)}
"""Epoch → accuracy over the training, validation and testing pictures, as printed in Table 2 of the paper."""
