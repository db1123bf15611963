"""The desk: the Django product, one app a room."""
