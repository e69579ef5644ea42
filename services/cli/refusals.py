"""Why a command on accounts is refused, said at the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from services.cli.terminal import refuse


class Refusal(Exception):
    """Why not: a code of `services.wording`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def refusing(command: Callable[..., None]) -> Callable[..., int]:
    """Ends with 0, or says why not and ends with 1."""

    @wraps(command)
    def run(**arguments: object) -> int:
        try:
            command(**arguments)
        except Refusal as refusal:
            return refuse(refusal.code, **refusal.params)
        return 0

    return run


@contextmanager
def refusals(email: str) -> Iterator[None]:
    """Raises `Refusal` for what `services.accounts` raises of an account."""
    from services.accounts import (
        EmailTaken,
        LastAdmin,
        NotAnEmail,
        UnknownAccount,
        UnknownOrganisation,
    )
    from services.accounts.passwords import WeakPassword

    try:
        yield
    except EmailTaken:
        raise Refusal("operations.email-taken", email=email) from None
    except UnknownAccount:
        raise Refusal("operations.no-account", email=email) from None
    except LastAdmin:
        raise Refusal("operations.last-admin", email=email) from None
    except NotAnEmail:
        raise Refusal("setting.an-email") from None
    except UnknownOrganisation:
        raise Refusal("setting.an-org") from None
    except WeakPassword as weak:
        raise Refusal(weak.code) from None
