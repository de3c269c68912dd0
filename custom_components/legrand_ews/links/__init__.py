"""Links between events of devices and commands of others."""
