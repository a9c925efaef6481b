"""The training wizard: pictures, model, settings, training, result."""
