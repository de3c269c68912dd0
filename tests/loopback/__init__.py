"""Real servers and clients on 127.0.0.1, without Home Assistant."""
