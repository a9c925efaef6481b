"""Settings of a training, as TOML and as values."""
