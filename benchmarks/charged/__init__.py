"""What `benchmarks.charging` is made of: a building, rivals, and the optimum."""
