"""Fields for values, and forms drawn from parameters."""
