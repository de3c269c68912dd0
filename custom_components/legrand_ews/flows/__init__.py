"""Forms in which the user describes the site; every object has a flow of its own."""
