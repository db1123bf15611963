"""The demonstration: an invented coalition, invented people, and the main job walked through the same services as the pages."""
