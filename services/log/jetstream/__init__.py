"""NATS JetStream's protocol: appending, reading, following, deleting, on one stream."""
