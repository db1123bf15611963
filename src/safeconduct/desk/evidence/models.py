"""Evidence has no table of its own yet: items are sealed records with sealed files (vault)."""
