"""The Energy Web Server itself: everything that needs no Home Assistant."""
