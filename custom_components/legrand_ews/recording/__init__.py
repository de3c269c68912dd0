"""From reports of the buses to samples in the archive."""
