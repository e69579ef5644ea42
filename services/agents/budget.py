"""What a campaign spent on language models, and whether its budget allows more."""

from typing import NamedTuple

from events.agent import ModelCalled
from events.campaign import Budget
from services.agents.models.settings import Price


class Spent(NamedTuple):
    """What language models took."""

    tokens: int = 0
    euros: float = 0.0

    def and_for(self, called: ModelCalled) -> "Spent":
        tokens = called.prompt_tokens + called.completion_tokens
        return Spent(self.tokens + tokens, self.euros + called.cost)


def overrun(budget: Budget, spent: Spent, price: Price | None) -> tuple[str, dict[str, str]] | None:
    """Why no more may be spent, as a code with parameters; None where more may be.

    Without a `price` no budget in euros can be kept, so that nothing may be spent at all.
    """
    if budget.tokens is not None and spent.tokens >= budget.tokens:
        return "failure.budget", {"tokens": str(spent.tokens)}
    if budget.euros is None:
        return None
    if price is None:
        return "failure.price", {}
    if spent.euros >= budget.euros and spent.euros > 0:
        return "failure.budget-euros", {"euros": f"{spent.euros:.2f}"}
    return None
