"""The core's rules. Home Assistant is never loaded here."""
