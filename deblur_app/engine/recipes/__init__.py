"""Recipes: how a result was made, kept with it, shown, and applied to other photos."""
