"""Figures of a network on held-out pictures."""
