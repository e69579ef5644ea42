"""What is fast, measured: ratios within one run, for machines differ."""
