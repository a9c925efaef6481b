"""Pictures of one scene laid on each other."""
