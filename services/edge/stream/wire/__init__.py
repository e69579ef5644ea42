"""Bytes: frames encoded once, and uvicorn protocols with a direct way to the transport."""
