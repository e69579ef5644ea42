"""Which campaigns exist, for those who want to subscribe to one."""

from collections import OrderedDict

from events.subjects import InvalidSubjectToken, campaign_address, subject
from services.log import Log

_REMEMBERED = 10_000


class KnownCampaigns:
    """Asks the log, which knows a campaign before any read model does, and remembers."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def note(self, org: str, campaign: str) -> None:
        self._known[org, campaign] = None
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    async def has(self, org: str, campaign: str) -> bool:
        """Whether there is such a campaign; raises `Unavailable` where the log is away."""
        if (org, campaign) in self._known:
            return True
        address = campaign_address(org, campaign)
        try:
            subject(address, "CampaignCreated")
        except InvalidSubjectToken:
            return False
        if not await self._log.load(str(address)):
            return False
        self.note(org, campaign)
        return True
