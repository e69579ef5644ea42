"""The crews: one run for a source's page, one for a prospect."""
