"""Everything that a person reads, in French and in English."""
