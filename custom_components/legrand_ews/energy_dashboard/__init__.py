"""Sets Home Assistant's Energy dashboard up."""
