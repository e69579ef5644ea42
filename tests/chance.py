"""Randomness that a failure can be repeated with: `FILON_TESTS_SEED`, which the header prints."""

import os
import random
import secrets

SEED = int(os.environ.get("FILON_TESTS_SEED") or secrets.randbits(32))


def chance(about: str) -> random.Random:
    """The same for the same seed and test, whichever tests ran before."""
    return random.Random(f"{SEED}/{about}")
