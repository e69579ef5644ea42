"""`/ws` and `/api/stream`: who connects, what they ask for, and how they are answered."""
