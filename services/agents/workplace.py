"""What the roles of one worker process work with."""

from dataclasses import dataclass

from services.agents.outage import Outage
from services.agents.sources import Sources
from services.agents.spending import Spending
from services.agents.standing import Standings
from services.log import Log
from services.prospecting.identity import Identity


@dataclass(frozen=True, slots=True)
class Workplace:
    """One per process, handed whole to each role."""

    log: Log
    crews: Outage
    identity: Identity
    sources: Sources
    spending: Spending
    standings: Standings
