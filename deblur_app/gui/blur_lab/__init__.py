"""The blur lab: blur a sharp photo as cameras do."""
