"""Why Filon can't start on this machine."""

import os

from services.wording import Language, render


class CannotStart(Exception):
    """Something outside Filon must be put right first; the sentence says what."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        """Without `supervisor.`, which every code of the supervisor's sentences begins with."""
        self.params = params

    def sentence(self, language: Language) -> str:
        return render(f"supervisor.{self.code}", self.params, language)

    @property
    def status(self) -> int:
        """The process's exit status."""
        return os.EX_CONFIG if self.code == "wrong-settings" else 1
