"""Where companies come from: lists that people bring, the French company search, a sample."""
