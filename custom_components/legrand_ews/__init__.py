"""The Energy Web Server as an integration of Home Assistant."""
