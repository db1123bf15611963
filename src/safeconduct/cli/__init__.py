"""Commands, for people who would rather type."""
