"""Runs in the wizard: trainings in the background, their history and figures, and what is made of them."""
