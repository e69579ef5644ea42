"""What Filon does with the facts: keep them, decide on them, work on them, show them."""
