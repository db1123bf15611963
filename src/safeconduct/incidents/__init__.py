"""Datasets of incidents and positions of units kept in a home: imported whole or not at all."""
