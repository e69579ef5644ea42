"""Why a whole file is refused."""


class NotCsv(ValueError):
    """This file is no list of companies; `code` and `params` say why (`services.wording`)."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
