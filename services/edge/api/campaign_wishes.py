"""The bodies in which people describe and change campaigns: a field that we don't know is refused,
in the targeting and the budget too, where facts are read leniently."""

from pydantic import ConfigDict

from events.campaign import Budget
from events.targeting import Targeting
from services.prospecting.commands import ChangeCampaign, CreateCampaign

_STRICT = ConfigDict(extra="forbid")


class AskedTargeting(Targeting):
    __doc__ = Targeting.__doc__
    model_config = _STRICT


class AskedBudget(Budget):
    __doc__ = Budget.__doc__
    model_config = _STRICT


class NewCampaign(CreateCampaign):
    """A campaign to be: without any criterion in `targeting` it finds companies and scores none."""

    model_config = _STRICT
    targeting: AskedTargeting = AskedTargeting()
    budget: AskedBudget = AskedBudget()

    def wish(self) -> CreateCampaign:
        return CreateCampaign.model_validate(self.model_dump(exclude_unset=True))


class CampaignChange(ChangeCampaign):
    """What a person changes; what is left out stays."""

    model_config = _STRICT
    targeting: AskedTargeting | None = None
    budget: AskedBudget | None = None

    def wish(self) -> ChangeCampaign:
        return ChangeCampaign.model_validate(self.model_dump(exclude_unset=True))
