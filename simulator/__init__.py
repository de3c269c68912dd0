"""A virtual installation: gateways, meters and the building they measure."""
