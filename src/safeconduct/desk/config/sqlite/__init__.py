"""The database backend for SQLite: Django's own, with a queue for writers."""
