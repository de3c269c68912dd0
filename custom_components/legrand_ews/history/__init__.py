"""History of other systems, imported into the archive and the statistics."""
