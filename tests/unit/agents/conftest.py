import os
import tempfile

os.environ.setdefault("FILON_HOME", tempfile.mkdtemp(prefix="filon-agents-"))
"""CrewAI reads where its files go when it is imported."""
