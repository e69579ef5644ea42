"""What the commands say, in the terminal's language."""

import sys


def sentence(code: str, **params: object) -> str:
    from services.wording import operations, supervisor

    language = supervisor.language()
    if code in supervisor.SENTENCES:
        return supervisor.say(code, language, **params)
    return operations.render(code, params, language)


def say(code: str, **params: object) -> None:
    print(sentence(code, **params))


def refuse(code: str, **params: object) -> int:
    """Says why not; returns the exit status."""
    print(sentence(code, **params), file=sys.stderr)
    return 1
