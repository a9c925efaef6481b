"""Keras networks and their weights files, and nothing else."""
