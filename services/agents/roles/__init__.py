"""Who works on the queues: researcher, dispatcher and qualifier."""
