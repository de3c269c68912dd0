"""Tariffs and cost rules in Home Assistant: settings, entities, answers, changes."""
