"""What every HTTP call shares: who asks, problems, validation, idempotency, consistency."""
