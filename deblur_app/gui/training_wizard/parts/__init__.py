"""Widgets of the training wizard's pages."""
