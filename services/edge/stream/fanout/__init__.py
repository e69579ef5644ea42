"""One reader of the log per process, and every connection that is told of what it reads."""
