"""The archive in Home Assistant: where it is kept, its care, its sensors and actions."""
