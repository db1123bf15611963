"""Statements, claims and answers to prompts have no table of their own: all of it is sealed records (vault)."""
