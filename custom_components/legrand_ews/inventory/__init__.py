"""The installation as a file: its actions and commands."""
