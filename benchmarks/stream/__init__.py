"""What `benchmarks.edge` runs: the servers, the load, and the rig that watches both."""
