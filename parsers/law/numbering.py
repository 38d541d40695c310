"""How the clauses of a list are numbered: by numbers, by letters of the alphabet or of abjad, with repeated numbers between."""

from __future__ import annotations

from parsers.grammar.alphabets import ABJAD, ALPHABET, FIRST, FIRST_NAME
from parsers.law.vocabulary import REPEATED

Number = int | str | None
_ORDERS = (ALPHABET, ABJAD)


def repeated(number: int | str, times: int | str | None = None) -> str:
    """Return the number of a clause inserted after `number`; `times` where it says which of several it is."""
    return f"{number} {REPEATED} {times}" if times else f"{number} {REPEATED}"


def successors(number: Number) -> tuple[int | str, ...]:
    """Return what may follow this number in a list, the plain successors first: 6 after 5, «پ» and «ج» after «ب»."""
    if number is None:
        return (1, 2)
    if isinstance(number, int):
        return (number + 1, repeated(number), repeated(number, 1))
    base, again, times = number.partition(f" {REPEATED}")
    if again:
        plain: int | str = int(base) if base.isdigit() else base
        return (repeated(base, int(times or 1) + 1), *successors(plain)[:2])
    letter = FIRST if base == FIRST_NAME else base
    following = [order[order.index(letter) + 1 :][:1] for order in _ORDERS if letter in order]
    return (*filter(None, following), repeated(base), repeated(base, 1))


def is_first(number: Number) -> bool:
    """Return whether a list begins with this number."""
    return number in (1, FIRST_NAME)


def plain_number(number: Number) -> int | None:
    """Return the number that a repeated one stands after, or the number itself; None for letters and dotted numbers."""
    if isinstance(number, int) or number is None:
        return number
    base = number.split()[0]
    return int(base) if base.isdigit() else None


def later(number: Number, last: Number, most: int) -> bool:
    """Return whether `number` comes after `last` with at most `most` missing: clauses are dropped from old laws."""
    if isinstance(number, int) and isinstance(last, int | str):
        base = plain_number(last)
        return base is not None and base < number <= base + 1 + most
    if not isinstance(number, str) or not isinstance(last, int | str):
        return False
    this, before = plain_number(number), plain_number(last)
    if this is not None and before is not None and REPEATED in number:
        return before < this <= before + 1 + most
    if not isinstance(last, str):
        return False
    one, other = ((FIRST if n.startswith(FIRST_NAME) else n[:1]) for n in (number, last))
    return any(one in order and other in order and 0 < order.index(one) - order.index(other) <= 1 + most for order in _ORDERS)


def same_but_last(one: list[str], other: list[str]) -> bool:
    """Return whether a dotted number follows another soon, in the same list: «۳-۲-۱۰» after «۳-۲-۹»."""
    return len(one) == len(other) and one[:-1] == other[:-1] and int(one[-1]) < int(other[-1]) <= int(one[-1]) + 3


def next_dotted(parts: list[str]) -> str:
    """Return the dotted number after this one."""
    return "-".join([*parts[:-1], str(int(parts[-1]) + 1)])
