"""Who works on the queues: researcher, qualifier and rescorer."""
