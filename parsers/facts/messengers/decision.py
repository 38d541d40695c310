"""Which candidates are messengers: evidence at the place, in a list, in the document."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from parsers.facts.messengers.candidates import runs_of
from parsers.facts.messengers.names import messengers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parsers.facts.messengers.candidates import Candidate

_NEAR = 60
_KINDS = r"(?:پیام[ \u200c]?رسان|شبکه[ \u200c](?:ی )?(?:اجتماعی|پیام)|اپلیکیشن|ابراپلیکیشن|نرم[ \u200c]?افزار پیام)"
_FIRST = r"(?:یک|نخستین|اولین|تنها|محبوب[ \u200c]?ترین|پرکاربرترین|بزرگ[ \u200c]?ترین)"
_APPOSITION = re.compile(
    rf"^[\s»”\"]*(?:[،,(–-]\s*(?:که\s+)?{_FIRST}?|{_FIRST}|)\s*{_KINDS}(?![^\W_]|\u200c?ها)"
    rf"|^[\s»”\"]*به[ \u200c]?عنوان (?:\w+ )?{_KINDS}"
    rf"|^[\s»”\"]*(?:،\s*)?یکی از (?:\w+ ){{0,2}}{_KINDS}"
)
# «گپ؛ پیام‌رسانی که فراموش شد»; not of «بله», which may answer: «بله، پیام‌رسانی که …».
_ONE_OF_THEM = re.compile(rf"^[\s»”\"]*[،؛]\s*{_FIRST}?\s*{_KINDS}[ \u200c]?ی(?![^\W_])")
# «نام این برنامه را شاد گذاشتند».
_CALLED = (
    re.compile(r"(?:نام|اسم)(?![^\W_]).{0,60} را[\s«“\"]*$"),
    re.compile(r"^[\s»”\"]*(?:ن?می[ \u200c]?)?(?:گذاشت|گذار|نهاد|نامید)"),
)
# After «بله»: «بله، …» and «بله در این باره …» answer; «بله در میان پیام‌رسان‌ها نخستین است» does not.
_ADVERB = re.compile(
    r"\s+(?:(?:در|از|به|با)\s+(?:این|مورد|واقع|حال|همین|نظر|شما|ما|آن|خصوص|حقیقت|زمینه|باره|طور|هر|بسیاری|اصل)|را|و|یا|هم|نیز)(?![^\W_])"
)
_COLON = re.compile(r":[\s«“\"(]*$")
# Somebody asked, and not for names: «آیا …؟», «در پاسخ به …»; «کدام پیام‌رسان‌ها …؟» may well be answered by a list.
_QUESTION = re.compile(r"[؟?][\s»”\"–—-]*$")
_ASKED = re.compile(r"(?<![^\W_])(?:آیا|پاسخ|جواب|سؤال|سوال|پرسش|پرسید)(?![^\W_])")
_WHICH = re.compile(r"(?<![^\W_])(?:کدام|چه|چند|چیست|چیستند|کدامند|کدام‌اند)(?![^\W_])")
_BEFORE = 160
_ANSWER = re.compile(r"(?:^|[:؟?!–-]|^[«“\"]|[:؟?]\s*[«“\"])\s*$")


def judge(candidates: Sequence[Candidate]) -> None:
    """Sets `rule` on every candidate of a document, in order of section and place, that is a messenger."""
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


def _open(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    return (candidate for candidate in candidates if not (candidate.rule or candidate.refused))


def _look_at_name(candidate: Candidate) -> None:
    """What its neighbours alone decide: a distinct name, an unmistakable noun before it, or something else."""
    if candidate.sure:
        candidate.rule = "name"
    elif candidate.cues.vetoed(candidate.at):
        candidate.refused = True
    elif candidate.cues.named_by_app(candidate.at):
        if candidate.cues.answers and _COLON.search(candidate.at.before):
            candidate.introduced = candidate.doubted = True
        else:
            candidate.rule = "governor"
    else:
        candidate.doubted = candidate.cues.doubted(candidate.at) or _is_answer(candidate)


def _is_answer(candidate: Candidate) -> bool:
    """«آیا …؟ بله، …»: at the start of a sentence or of speech, and no name that a preposition or verb follows."""
    if not candidate.cues.answers or not _ANSWER.search(candidate.at.before):
        return False
    return not re.match(r"[\s»”\"]+(?:در|از|به|با|را|هم|نیز|و|یا)\s", candidate.at.after)


def _opens_statement(one: Candidate) -> bool:
    """«بله برای کودکان نسخه‌ای دارد.»: no question before it and no pause behind it, where the name is settled."""
    before = one.text[max(0, one.start - 20) : one.start].rstrip(' \n«"')
    pause = re.match(r"\s*(?:$|[^\w\s])", one.at.after)
    return not (one.cues.doubted(one.at) or before.endswith(("؟", "?", ":", "–", "-")) or pause or _ADVERB.match(one.at.after))


def _spread(runs: Iterable[list[Candidate]]) -> None:
    """Members of a list accept each other: one that is accepted, three that may be, two that nothing speaks against."""
    for run in runs:
        members = [one for one in run if not one.refused]
        slugs = {one.slug for one in members}
        certain = any(one.rule for one in members)
        doubted = any(one.doubted for one in members) and not (members[0].introduced or _joined(members[0]))
        trusted = certain or len(slugs) > 2 or (len(slugs) == 2 and not doubted)
        if len(members) < 2 or not trusted:
            continue
        for one in _open(run):
            if not (one.doubted and one.cues.answers and not _answers_to_nobody(one, members)):
                one.rule = "list"


def _answers_to_nobody(one: Candidate, members: Sequence[Candidate]) -> bool:
    """«بله، ایتا و سروش …» is a list of domestic messengers, if nobody asked; «بله، تلگرام …» answers a question."""
    if one.introduced:
        return True
    if one is members[0] and not _joined(one) and _asked(one):
        return False
    if one.quoted != members[-1].quoted:
        return one is not members[0]
    if _joined(one):
        return True
    others = [member for member in members if member.slug != one.slug]
    domestic = all(messengers()[member.slug].domestic for member in others)
    return one is not members[0] or (len(others) > 1 and domestic)


def _joined(one: Candidate) -> bool:
    """«وزیر گفت: بله و ایتا …» in a sentence about messengers: an answer has a pause behind it."""
    return one.cues.answers and one.at.after.startswith((" و ", "» و ")) and one.cues.in_domain(one.at)


def _asked(one: Candidate) -> bool:
    """Whether a question that yes or no answers stands before, or its sentence says that it is an answer."""
    earlier = one.text[max(0, one.start - _BEFORE) : one.start]
    sentence = one.at.before
    question = earlier[: len(earlier) - len(sentence.lstrip())] if len(sentence) <= len(earlier) else ""
    if _QUESTION.search(question.rstrip()):
        asked = re.split(r"[.!؟?\n]", question.rstrip(' \n»”"؟?–—-'))[-1]
        return not _WHICH.search(asked)
    return bool(_ASKED.search(sentence)) and not _WHICH.search(sentence)


def _evidence(one: Candidate, accepted: Sequence[tuple[int, int]]) -> str | None:
    """The rule that accepts a candidate on its sentence, if any."""
    cue, at = one.cues, one.at
    if cue.out_of_place(at):
        return None
    if cue.governed(at):
        return "governor"
    if one.doubted:
        return None
    return _formal_evidence(one, _company(one, accepted))


def _company(one: Candidate, accepted: Sequence[tuple[int, int]]) -> bool:
    """Whether its sentence names a messenger already accepted."""
    first, last = one.start - len(one.at.before), one.end + len(one.at.after)
    nearest = bisect_left(accepted, (one.section, first))
    return nearest < len(accepted) and accepted[nearest] < (one.section, last)


def _formal_evidence(one: Candidate, company: bool) -> str | None:
    cue, at = one.cues, one.at
    spoken_of = company or cue.in_domain(at)
    bare = cue.is_bare(at)
    if one.quoted and (spoken_of or cue.preposition_suffices(at)):
        return "quoted"
    if (bare or one.quoted) and (cue.preposition_suffices(at) or (spoken_of and cue.after_preposition(at))):
        return "preposition"
    if cue.preposition_suffices(at) and cue.no_adjective_here(at):
        return "preposition"
    if cue.beside_peer(at):
        return "list"
    called = _CALLED[0].search(at.before) and _CALLED[1].search(at.after)
    apposition = _APPOSITION.search(at.after) or (not cue.answers and _ONE_OF_THEM.search(one.text[one.end : one.end + _NEAR]))
    if (called and spoken_of) or cue.has_predicate(at) or apposition:
        return "predicate"
    opens = cue.opens_as_noun(at) or (cue.answers and not at.before.strip() and not _ADVERB.match(at.after))
    is_subject = opens or (cue.subject and bare and cue.in_domain(at))
    return "subject" if cue.rare or (spoken_of and is_subject) else None


def _one_sense(candidates: Sequence[Candidate]) -> None:
    """A name accepted in the document keeps its sense wherever it stands bare, unless the document has both senses."""
    accepted = {one.slug for one in candidates if one.rule}
    other_sense = {one.slug for one in candidates if one.refused and one.cues.exclusive}
    for one in _open(candidates):
        doubted = one.doubted and not _opens_statement(one)
        if one.slug in accepted - other_sense and not doubted and one.cues.may_stand(one.at):
            one.rule = "one_sense"
