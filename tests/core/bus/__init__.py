"""How words become values, and when which device is read."""
