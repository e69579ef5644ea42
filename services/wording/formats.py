"""Numbers as people write them. What is no number is left as it is: words never fail a reader."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from services.wording.languages import Language

Format = Callable[[str, Language], str]
_SIZES = ("byte", "kilobyte", "megabyte", "gigabyte", "terabyte")
_DURATIONS = (
    (Decimal(7200), 3600, "hour"),
    (Decimal(120), 60, "minute"),
    (Decimal(0), 1, "second"),
)


def number(value: str, language: Language) -> str:
    """Grouped, with two decimals at most."""
    return format_decimal(Decimal(value), "#,##0.##", language)


def money(value: str, language: Language) -> str:
    """An amount of euros."""
    return format_currency(Decimal(value), "EUR", locale=language)


def percent(value: str, language: Language) -> str:
    """A share, 0 to 1."""
    return format_percent(Decimal(value), locale=language)


def duration(value: str, language: Language) -> str:
    """Seconds, told in the unit that suits them: `4.16745` is “4.2 sec”."""
    seconds = Decimal(value)
    length, unit = next((length, unit) for least, length, unit in _DURATIONS if seconds >= least)
    return _measure(seconds / length, f"duration-{unit}", language)


def size(value: str, language: Language) -> str:
    """Bytes, in the largest unit (1024 of the one before) that has one of them."""
    left, unit = Decimal(value), 0
    while left >= 1024 and unit < len(_SIZES) - 1:
        left, unit = left / 1024, unit + 1
    return _measure(left, f"digital-{_SIZES[unit]}", language)


def _measure(value: Decimal, unit: str, language: Language) -> str:
    pattern = "#,##0.#" if value < 10 else "#,##0"
    return format_unit(value, unit, "short", pattern, language)


_FORMATS: dict[str, Format] = {
    "number": number, "money": money, "percent": percent, "duration": duration, "size": size,
}  # fmt: skip


@lru_cache(maxsize=4096)
def _formatted(name: str, value: str, language: Language) -> str:
    """Babel takes some 50 µs, and the same figures come again and again."""
    return _FORMATS[name](value, language)


def format_named(name: str) -> Callable[[object, Language], str]:
    """The format that a text names after a parameter, `{seconds:duration}`; raises `KeyError`."""
    if name not in _FORMATS:
        raise KeyError(name)

    def spell(value: object, language: Language) -> str:
        try:
            return _formatted(name, str(value), language)
        except (InvalidOperation, ValueError, StopIteration):
            return str(value)

    return spell
