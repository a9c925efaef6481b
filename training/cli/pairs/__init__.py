"""The subcommands for pairs: making and checking them."""
