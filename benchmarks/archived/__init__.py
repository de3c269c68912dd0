"""Parts of the benchmark of the archive."""
