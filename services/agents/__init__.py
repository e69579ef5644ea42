"""The agents: workers that read the log, and the CrewAI crews that do their thinking."""
