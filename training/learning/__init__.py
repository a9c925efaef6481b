"""Learning from a batch: objectives, losses and the step."""
