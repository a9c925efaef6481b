"""Curves over numbers, with pyqtgraph."""
