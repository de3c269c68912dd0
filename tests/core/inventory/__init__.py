"""Installations as files."""
