"""What can't be rebuilt, step by step; `docs/database.md` says how to write one."""
