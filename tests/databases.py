"""On which databases a module's tests run, where that is not both."""

import pytest

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tests about something that no database answers otherwise: half the time, as much proven."""
