"""The way in and the way out: REST, the event stream, and the page."""
