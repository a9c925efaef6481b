"""Pictures, pairs and crops to learn from."""
