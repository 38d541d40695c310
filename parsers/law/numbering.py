"""How the clauses of a list are numbered: by numbers, by letters of the alphabet or of abjad, and «مکرر» between them."""

from __future__ import annotations

Number = int | str | None
ALPHABET = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
ABJAD = "ابجدهوزحطیکلمنسعفصقرشتثخذضظغ"


def successors(number: Number) -> tuple[int | str, ...]:
    """What may follow this number in a list: 6 and «5 مکرر» after 5, «پ» and «ج» after «ب»."""
    if number is None:
        return (1, 2)
    if isinstance(number, int):
        return (number + 1, f"{number} مکرر", f"{number} مکرر 1")
    base, bis, again = number.partition(" مکرر")
    if bis:
        plain: int | str = int(base) if base.isdigit() else base
        more = f"{base} مکرر {int(again or 1) + 1}"
        return (more, *successors(plain)[:2])
    letter = "ا" if base == "الف" else base
    following = [order[order.index(letter) + 1 :][:1] for order in (ALPHABET, ABJAD) if letter in order]
    return (*filter(None, following), f"{base} مکرر", f"{base} مکرر 1")


def is_first(number: Number) -> bool:
    """Whether a list begins with this number."""
    return number in (1, "الف")


def later(number: Number, last: Number, most: int) -> bool:
    """Whether `number` comes after `last` with at most `most` missing between them: clauses are dropped from old laws."""
    if isinstance(number, int) and isinstance(last, int | str):
        base = last if isinstance(last, int) else int(last.split()[0]) if last.split()[0].isdigit() else None
        return base is not None and base < number <= base + 1 + most
    if not isinstance(number, str) or not isinstance(last, str):
        return False
    one, other = (("ا" if n.startswith("الف") else n[:1]) for n in (number, last))
    return any(
        one in order and other in order and 0 < order.index(one) - order.index(other) <= 1 + most for order in (ALPHABET, ABJAD)
    )
