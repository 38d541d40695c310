"""Whose clause it is: the instrument after it, before it, or the one that «آن», «این قانون», «این ماده» point back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.facts.instruments import BackReference, InstrumentsNamed, TitleMention, instrument_at, listed_mention
from parsers.grammar.blanks import GAP, LETTER
from parsers.grammar.instrument_titles import listed, mentioned, this_unit
from parsers.grammar.joints import AND_OR, COMMA, OF, any_word
from parsers.grammar.names import key_of
from parsers.grammar.units import unit_named, units
from parsers.grammar.words_around import sentence_around
from parsers.lexicon import load

if TYPE_CHECKING:
    from parsers.facts.citations.antecedents import Antecedents
    from parsers.facts.citations.clause_paths import ClausePath, CoordinatedPaths
    from parsers.facts.view import View
    from parsers.models import Ancestor

_WORDS: dict[str, Any] = load("units")["links"]
# Between a clause and its instrument: «ماده ۵» به بعد از متن «قانون …».
_LINK = expression(
    rf"""(?x)
    {GAP}(?:[)»"]{GAP})?
    (?:{any_word(_WORDS["onward"])}{GAP})?
    (?:{OF}{GAP})?
    """
)
# «ماده ۵ (الحاقی ۱۳۸۰) قانون …», «ماده ۳ (مهمان موقت) آیین‌نامه …».
_BRACKET = expression(rf"{GAP}\([^()\n]{{1,40}}\)")
# Between an instrument and its clause: «قانون مطبوعات» مصوب ۱۳۶۴، در «ماده ۶».
_BEFORE = expression(
    rf"""(?x)
    {GAP}(?:[»"”)]{GAP})?
    (?:\(?{any_word(_WORDS["approved"])}{GAP}(?:{any_word(_WORDS["year"])}{GAP})?[0-9/.-]{{2,10}}{GAP}\)?{GAP})?
    (?:[،,:؛(-]{GAP})?
    (?:{any_word(_WORDS["within"])}{GAP})?
    """
)
_JOINED = expression(f"{GAP}{COMMA}?{GAP}{AND_OR}{GAP}")
_OWN = expression(f"{GAP}{any_word(_WORDS['own'])}")
_UNIT = expression(f"({LETTER}+)[\u064b-\u0654]?")
_NEAR = 40


@dataclass(frozen=True, slots=True)
class ThisClause:
    """«این ماده», «ماده مذکور»: points back to the last clause of that unit."""

    unit: str
    end: int


@dataclass(frozen=True, slots=True)
class OfConstitution:
    """«اصل ۸۹ و ماده ۲۲۲ آیین‌نامه …»: articles called «اصل» are the constitution's, whatever the next clause belongs to."""


Target = TitleMention | BackReference | ThisClause | OfConstitution


@dataclass(frozen=True, slots=True)
class Owner:
    """What a clause belongs to: the levels above it that are not printed with it, its instrument, and who issued that."""

    levels: tuple[Ancestor, ...] = ()
    instrument: TitleMention | None = None
    body: str | None = None
    rule: str = "alone"
    certain: bool = True


def beside(view: View, path: ClausePath) -> Target | None:
    """Return what follows a clause, if any: an instrument, or words that point back."""
    found = _linked(view, path.end)
    bracket = _BRACKET.match(view.folded, path.end) if found is None else None
    return _linked(view, bracket.end()) if bracket else found


def _linked(view: View, at: int) -> TitleMention | BackReference | ThisClause | None:
    link = _LINK.match(view.folded, at)
    start = link.end() if link else at
    return _this_clause(view.folded, start) or instrument_at(view, start)


def _this_clause(folded: str, at: int) -> ThisClause | None:
    before = this_unit().match(folded, at)
    word = _UNIT.match(folded, before.end() if before else at)
    if word is None or word[1] not in units():
        return None
    after = mentioned().match(folded, word.end())
    if before is not None:
        return ThisClause(units()[word[1]].name, word.end())
    return ThisClause(units()[word[1]].name, after.end()) if after else None


def before(view: View, paths: CoordinatedPaths, named: InstrumentsNamed) -> TitleMention | None:
    """Return the instrument right before clauses, if any: «قانون مطبوعات، ماده ۶», «قانون مطبوعات در ماده ۶ خود»."""
    folded = view.folded
    last = named.last_before(view, paths.start, including=True)
    if last is None:
        return None
    near = paths.start - last.end <= _NEAR
    if near and (_BEFORE.fullmatch(folded, last.end, paths.start) or _JOINED.fullmatch(folded, last.end, paths.start)):
        return last
    low, _ = sentence_around(folded, paths.start, paths.end)
    return last if _OWN.match(folded, paths.end) and last.start >= low else None


def shared(path: ClausePath, following: Target | None) -> Target | None:
    """Return what a clause belongs to by the clause after it, which it is coordinated with."""
    if path.unit.slug == "asl" and isinstance(following, TitleMention) and not _has_principles(following):
        return OfConstitution()
    return following


def _has_principles(instrument: TitleMention) -> bool:
    """Return whether articles of an instrument are called «اصل»: those of constitutions are, and of policies and charters."""
    return key_of(_constitution()) in key_of(instrument.title) or instrument.kind in ("policy", "document", "treaty", "statute")


def _constitution() -> str:
    title: str = load("units")["unit"]["asl"]["instrument"]
    return title


def owner_of(view: View, section: int, path: ClausePath, target: Target | None, known: Antecedents) -> Owner:
    """Return what a clause belongs to by what stands next to it."""
    if target is None:
        return Owner()
    if isinstance(target, TitleMention):
        return Owner((), target, target.body, _rule_of(path, target), target.certain)
    if isinstance(target, OfConstitution):
        known_title = listed(_constitution())
        instrument = listed_mention(path.start, path.end, known_title, "listed_title") if known_title else None
        return Owner((), instrument, None, "article_of_constitution", certain=False)
    if isinstance(target, ThisClause):
        found = known.with_unit(target.unit)
        instrument = found[1] if found else known.instrument(None)
        return Owner(found[0] if found else (), instrument, _body_of(instrument), "this_clause", found is not None)
    if target.kind is None:
        return _it(view, section, path, known)
    instrument, rule = _pointed_to(target, known)
    certain = rule != "head_alone" and (instrument is None or instrument.certain)
    return Owner((), instrument, _body_of(instrument) or target.body, rule, certain)


def _rule_of(path: ClausePath, target: TitleMention) -> str:
    return "beside_instrument" if target.start >= path.end else "of_named_before"


def _body_of(instrument: TitleMention | None) -> str | None:
    return instrument.body if instrument else None


def _pointed_to(back: BackReference, known: Antecedents) -> tuple[TitleMention | None, str]:
    """Return the instrument of «این قانون» and the rule; of a bare «مصوبه» only when it names no body, or the same."""
    defined = known.defined(back.kind) if back.weak and back.kind else None
    if defined is not None:
        return defined, "defined_head"
    instrument = known.instrument(back.kind)
    if instrument is None or (back.weak and back.body and instrument.body != back.body):
        return None, "this_instrument"
    return instrument, "head_alone" if back.weak else "this_instrument"


def _it(view: View, section: int, path: ClausePath, known: Antecedents) -> Owner:
    """«آن»: the clause just cited, where it can hold this one, else the last instrument."""
    held = _holder(view, section, path, known)
    if held is not None:
        return held
    instrument = known.instrument(None)
    low, _ = sentence_around(view.folded, path.start, path.end)
    return Owner((), instrument, _body_of(instrument), "it", instrument is None or low <= instrument.start < path.start)


def _holder(view: View, section: int, path: ClausePath, known: Antecedents) -> Owner | None:
    cited = known.last_cited
    unit = path.ancestors[0].unit if path.ancestors else path.unit
    low, _ = sentence_around(view.folded, path.start, path.end)
    sentence = low
    if unit.slug == "tabsare":  # a note is of an article as a rule, so that its antecedent may stand a sentence before
        low, _ = sentence_around(view.folded, max(0, low - 2), path.end)
    if cited is None or cited.section != section or cited.start < low:
        return None
    levels = _above(cited.levels, unit.name, unit.rank)
    between = view.folded[cited.end : path.start]
    inner = unit_named(cited.levels[-1].unit).slug
    if not levels and unit.slug == "tabsare" and inner in ("band", "joz") and _JOINED.fullmatch(between):
        levels = cited.levels
    if not levels:
        return None
    return Owner(levels, cited.instrument, _body_of(cited.instrument), "it", cited.start >= sentence)


def _above(levels: tuple[Ancestor, ...], unit: str, rank: float) -> tuple[Ancestor, ...]:
    """Return the levels down to the innermost that can hold a clause of this unit."""
    for index in range(len(levels) - 1, -1, -1):
        if unit_named(levels[index].unit).rank > rank and levels[index].unit != unit:
            return levels[: index + 1]
    return ()
