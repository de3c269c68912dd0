"""What entities of all platforms have in common."""
