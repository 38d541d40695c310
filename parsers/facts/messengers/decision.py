"""Which candidates are messengers: evidence at the place, in a list, in the document."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.messengers.answers import answers_to_nobody, is_answer, is_joined, opens_statement, starts_adverb
from parsers.facts.messengers.candidates import runs_of
from parsers.facts.messengers.said_of_names import has_handle, is_called, is_in_apposition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parsers.facts.messengers.candidates import NameCandidate

_COLON = expression(r":[\s«“\"(]*$")
# So far from an accepted name of the same sense, in letters, the sense is an inference.
_FAR = 300


def decide(candidates: Sequence[NameCandidate]) -> None:
    """Set `rule` on every candidate of a document, in order of section and place, that is a messenger."""
    for candidate in candidates:
        _look_at_name(candidate)
    runs = list(runs_of(candidates))
    _spread(runs)
    accepted = [(one.section, one.start) for one in candidates if one.rule]
    for candidate in _open(candidates):
        candidate.rule = _evidence(candidate, accepted)
        if candidate.rule:
            insort(accepted, (candidate.section, candidate.start))
    _spread(runs)
    _one_sense(candidates)


def _open(candidates: Iterable[NameCandidate]) -> Iterator[NameCandidate]:
    return (candidate for candidate in candidates if not (candidate.rule or candidate.refused))


def _look_at_name(candidate: NameCandidate) -> None:
    """What its neighbours alone decide: a distinct name, an unmistakable noun before it, or something else."""
    if candidate.sure:
        candidate.rule = "name"
    elif candidate.evidence.vetoed(candidate.at):
        candidate.refused = True
    elif candidate.evidence.named_by_app(candidate.at):
        if candidate.evidence.answers and _COLON.search(candidate.at.before):
            candidate.introduced = candidate.doubted = True
        else:
            candidate.rule = "governor"
    else:
        candidate.doubted = candidate.evidence.doubted(candidate.at) or is_answer(candidate)


def _spread(runs: Iterable[list[NameCandidate]]) -> None:
    """Members of a list accept each other: one that is accepted, three that may be, two that nothing speaks against."""
    for run in runs:
        members = [one for one in run if not one.refused]
        slugs = {one.slug for one in members}
        certain = any(one.rule for one in members)
        doubted = any(one.doubted for one in members) and not (members[0].introduced or is_joined(members[0]))
        trusted = certain or len(slugs) > 2 or (len(slugs) == 2 and not doubted)
        if len(members) < 2 or not trusted:
            continue
        for one in _open(run):
            if not (one.doubted and one.evidence.answers and not answers_to_nobody(one, members)):
                one.rule = "list"


def _evidence(one: NameCandidate, accepted: Sequence[tuple[int, int]]) -> str | None:
    """Return the rule that accepts a candidate on its sentence, if any."""
    evidence, at = one.evidence, one.at
    if evidence.out_of_place(at):
        return None
    if evidence.governed(at):
        return "governor"
    if has_handle(one):
        return "handle"
    if one.doubted:
        return None
    return _formal_evidence(one, _company(one, accepted))


def _company(one: NameCandidate, accepted: Sequence[tuple[int, int]]) -> bool:
    """Return whether its sentence names a messenger already accepted."""
    first, last = one.start - len(one.at.before), one.end + len(one.at.after)
    nearest = bisect_left(accepted, (one.section, first))
    return nearest < len(accepted) and accepted[nearest] < (one.section, last)


def _formal_evidence(one: NameCandidate, company: bool) -> str | None:
    evidence, at = one.evidence, one.at
    spoken_of = company or evidence.in_domain(at)
    bare = evidence.is_bare(at)
    if one.quoted and (spoken_of or evidence.preposition_suffices(at)):
        return "quoted"
    if (bare or one.quoted) and (evidence.preposition_suffices(at) or (spoken_of and evidence.after_preposition(at))):
        return "preposition"
    if evidence.preposition_suffices(at) and evidence.no_adjective_here(at):
        return "preposition"
    if evidence.acted_on(at):
        return "action"
    if evidence.beside_peer(at):
        return "list"
    if (spoken_of and is_called(one)) or evidence.has_predicate(at) or is_in_apposition(one):
        return "predicate"
    opens = evidence.opens_as_noun(at) or (evidence.answers and not at.before.strip() and not starts_adverb(at.after))
    is_subject = opens or (evidence.subject and bare and evidence.in_domain(at))
    return "subject" if evidence.rare or (spoken_of and is_subject) else None


def _one_sense(candidates: Sequence[NameCandidate]) -> None:
    """A name accepted in the document keeps its sense wherever it stands bare, unless the document has both senses."""
    accepted = [one for one in candidates if one.rule]
    slugs = {one.slug for one in accepted} - {one.slug for one in candidates if one.refused and one.evidence.exclusive}
    for one in _open(candidates):
        doubted = one.doubted and not opens_statement(one)
        if one.slug in slugs and not doubted and one.evidence.may_stand(one.at):
            one.rule = "one_sense" if any(_is_near(one, other) for other in accepted) else "one_sense_far"


def _is_near(one: NameCandidate, other: NameCandidate) -> bool:
    """Return whether two places of one name are at most so many letters apart; sections count as if they stood side by side."""
    if one.slug != other.slug:
        return False
    if one.section == other.section:
        return abs(one.start - other.start) <= _FAR
    first, second = sorted((one, other), key=lambda place: place.section)
    return len(first.text) - first.start + second.start <= _FAR
