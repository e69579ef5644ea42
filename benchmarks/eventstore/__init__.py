"""The log against raw nats-py, and against PostgreSQL."""
