"""The commands in which people describe a campaign."""

from pydantic import ConfigDict, Field, model_validator

from events.campaign import Budget, Source
from events.fact import Value
from events.targeting import Targeting, Words


class CreateCampaign(Value):
    """What a person says of a new campaign."""

    name: Words
    targeting: Targeting = Targeting()
    sources: tuple[Source, ...] = Field(max_length=4, examples=[["sample"]])
    threshold: int = Field(80, ge=0, le=100, strict=True)
    budget: Budget = Budget()


class ChangeCampaign(Value):
    """What a person changes; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    name: Words | None = None
    targeting: Targeting | None = None
    sources: tuple[Source, ...] | None = Field(None, max_length=4)
    threshold: int | None = Field(None, ge=0, le=100, strict=True)
    budget: Budget | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "ChangeCampaign":
        if not self.model_fields_set:
            raise ValueError("name at least one field to change")
        return self
