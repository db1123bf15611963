"""Vectors of dossiers: packages, trust files and notices, made from parts, so that what nobody would write is there too."""
