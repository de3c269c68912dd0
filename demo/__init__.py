"""A ready-made building in Home Assistant: simulator, site, a year of history."""
