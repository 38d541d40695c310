"""What a law says of itself and of other laws: title, numbers, days, meetings, citations of itself, changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parsers.law import pieces
from parsers.law.title import read_title
from parsers.models import Capture
from parsers.page.stated_facts import Stated
from parsers.persian.letters import fold
from parsers.record import parse

ZWNJ = "\u200c"
TITLES = [
    ("قانون میدان‌های میوه", "قانون میدان‌های میوه", "law"),
    ("متن کامل قانون میدان‌های میوه", "قانون میدان‌های میوه", "law"),
    ("قانون میدان‌های میوه مصوب ۱۳۹۰/۰۲/۰۳ با اصلاحات و الحاقات بعدی", "قانون میدان‌های میوه", "law"),
    ("قانون میدان‌های میوه (مصوب ۱۳۹۰/۲/۳ مجلس شورای اسلامی)", "قانون میدان‌های میوه", "law"),
    ("آیین‌نامه غرفه‌ها | سامانه قوانین", "آیین‌نامه غرفه‌ها", "bylaw"),
    ("ابلاغ دستورالعمل نگهداری میدان‌ها", "دستورالعمل نگهداری میدان‌ها", "directive"),
    ("مصوبه «نظام میدان‌های میوه» شورای شهر", "نظام میدان‌های میوه", "resolution"),
    ("قانون جرایم رایانه‌ای", "قانون جرایم رایانه‌ای", "law"),
    ("قانون اصلاح قانون جرایم رایانه‌ای", "قانون اصلاح قانون جرایم رایانه‌ای", "law"),
    ('قانون مبارزه با "میوه‌شویی" مصوب ۱۳۸۶ به همراه آیین‌نامه آن', 'قانون مبارزه با "میوه‌شویی"', "law"),
    ("قانون تسهیل اجرای «قانون میدان‌های میوه»", "قانون تسهیل اجرای «قانون میدان‌های میوه»", "law"),
    ("تصویب‌نامه در خصوص «آیین‌نامه اجرایی میدان‌ها»", "آیین‌نامه اجرایی میدان‌ها", "decree"),
    ("قانون میدان‌های میوه + اصلاحات و الحاقات", "قانون میدان‌های میوه", "law"),
    ("قانون میدان‌های میوه (با آخرین اصلاحات تا ۱۳۹۶/۷/۱۲)", "قانون میدان‌های میوه", "law"),
    ("قانون میدان‌های میوه: متن کامل + آخرین اصلاحات ۱۴۰۳", "قانون میدان‌های میوه", "law"),
    ("آیین‌نامه اجرایی میدان‌های میوه (قانون مصوب ۱۳۷۶)", "آیین‌نامه اجرایی میدان‌های میوه", "bylaw"),
    ("آیین‌نامه شماره ۱۰۰", "آیین‌نامه شماره ۱۰۰", "bylaw"),
    ("سیاست‌ها و اقدامات سامان‌دهی پیام‌رسان‌های اجتماعی", "سیاست‌ها و اقدامات ساماندهی پیام‌رسان‌های اجتماعی", "resolution"),
]


@pytest.mark.parametrize(("printed", "name", "kind"), TITLES)
def test_a_title_is_read_without_what_is_printed_around_it(printed, name, kind):
    title = read_title(printed)
    assert (title.name, title.kind) == (name, kind)


@pytest.mark.parametrize("printed", ["قانون موافقت‌نامه با «سازمان باغ‌ها»", "قانون تفسیر قانون «منع هرس»"])
def test_what_a_title_quotes_is_no_name_of_the_law(printed):
    assert not {"سازمان باغ‌ها", "منع هرس"} & {read_title(printed).name, *read_title(printed).others}


def test_what_a_headline_adds_to_the_line_above_the_clauses_is_cut():
    printed = "آیین‌نامه کارگزاری میوه – شرکت کارگزاری رسمی میوه مستقیم برخط آینده‌نگر همراه"
    assert read_title(printed, None, "آیین نامه کارگزاری میوه\nشورا در جلسه امروز").name == "آیین‌نامه کارگزاری میوه"
    assert read_title(printed, None, "آیین‌نامه دیگر").name == printed


def test_a_short_name_that_the_text_gives_is_another_name():
    preamble = f"این قانون که از این پس «قانون میدان{ZWNJ}ها» نامیده می{ZWNJ}شود، برای همه است."
    assert f"قانون میدان{ZWNJ}ها" in read_title("قانون ساماندهی میدان‌های میوه", None, preamble).others


SHORTER = [
    ("قانون نحوه اجرای محکومیت‌های نمونه", "قانون محکومیت‌های نمونه"),
    ("قانون راجع به ثبت باغچه‌ها", "قانون ثبت باغچه‌ها"),
    ("قانون استفاده از خدمات باغبانان به عنوان باغبان رسمی", "قانون استفاده از خدمات باغبانان"),
]


@pytest.mark.parametrize(("printed", "short"), SHORTER)
def test_what_people_call_a_law_is_another_name_of_it(printed, short):
    assert short in read_title(printed).others


@pytest.mark.parametrize(
    "printed", ["قانون نحوه کار", "قانون اصلاح قانون باغچه‌ها", "قانون راجع به کار", "قانون نحوه مجازات اسلامی"]
)
def test_a_shorter_name_that_could_be_another_law_is_none(printed):
    short = {"قانون کار", "قانون باغچه‌ها", "قانون مجازات اسلامی"}
    assert not short & set(read_title(printed).others)


def law(*lines):
    record = parse(Capture("\n".join(lines).encode()))
    assert record.verdict == "law", record.evidence
    assert record.law is not None
    return record


ARTICLES = ("ماده ۱ – میوه رسیده فروخته می‌شود.", "ماده ۲ – ترازو سنجیده است.", "ماده ۳ – میدان جمعه بسته است.")


def test_the_three_days_and_the_numbers_are_kept_apart():
    found = law(
        "شماره: 99/10441", "تاریخ: ۱۳۹۹/۰۷/۱۶", "مصوبه شماره ۸ درباره میدان‌ها",
        "هیئت وزیران در جلسه مورخ ۱۳۹۹/۰۶/۲۵ به تصویب رسانید:", *ARTICLES,
        "این متن در روزنامه رسمی شماره ۲۲۰۱۶ مورخ ۱۳۹۹/۰۷/۲۴ چاپ شد.", "رئیس هیئت – نمونه",
    ).law  # fmt: skip
    assert (found.communicated_number, found.communicated_on) == ("99/10441", "2020-10-07")
    assert found.number == "8"
    assert found.body == "هیئت وزیران"
    assert (found.gazette_number, found.gazetted_on) == ("22016", "2020-10-15")
    assert found.approved_on == "2020-09-15"


GAZETTES = [
    ("روزنامه رسمی شماره ۲۲۰۱۶ مورخ ۱۳۹۹/۰۷/۲۴", "22016", "2020-10-15"),
    ("نقل از شماره ۲۲۰۱۶ مورخ ۱۳۹۹/۰۷/۲۴ روزنامه رسمی", "22016", "2020-10-15"),
    ("این متن در تاریخ ۱۳۹۹/۰۷/۲۴ در روزنامه رسمی شماره ۲۲۰۱۶ چاپ شد.", "22016", "2020-10-15"),
    ("روزنامه رسمی مورخ بیست و چهارم مهر ۱۳۹۹", None, "2020-10-15"),
    ("روزنامه رسمی شماره ۲۲۰۱۶", "22016", None),
    ("این متن در تاریخ ۱۳۹۹/۰۷/۲۴ چاپ شد.", None, None),
]


@pytest.mark.parametrize(("line", "number", "day"), GAZETTES)
def test_the_day_of_the_gazette_is_that_of_the_line_that_names_it(line, number, day):
    found = law("قانون میدان‌های میوه مصوب ۱۳۹۹/۰۶/۲۵", *ARTICLES, line, "رئیس مجلس – نمونه").law
    assert (found.gazette_number, found.gazetted_on) == (number, day)
    assert found.approved_on == "2020-09-15"


APPROVED = [
    (
        ("قانون فوق مشتمل بر سه ماده در جلسه مورخ "
         "پانزدهم اردیبهشت ماه یکهزار و سیصد و نود و هشت مجلس تصویب و در ۱۳۹۸/۲/۲۵ به تأیید شورای نگهبان رسید."), "2019-05-05",
    ),
    ("قانون فوق مشتمل بر سه ماده در تاریخ ۱۵ / ۲ / ۱۳۹۸ به تصویب مجلس شورای اسلامی رسیده است.", "2019-05-05"),
    ("قانون فوق که مشتمل بر سه ماده و در تاریخ ۱۳۹۸/۲/۱۵ بتصویب کمیسیون رسیده پس از تصویب مجلس اجرا می‌شود.", "2019-05-05"),
    (
        ("قانون فوق مشتمل بر سه ماده پس از تصویب سنا در جلسه ۲۵۳۵/۱۱/۴، "
         "در جلسه اول آبان ماه دو هزار و پانصد و سی و شش شاهنشاهی به تصویب مجلس شورای ملی رسید."), "1977-10-23",
    ),
    ("قانون فوق مشتمل بر سه ماده در جلسه ششم رمضان ۱۳۲۹ هجری قمری به تصویب مجلس رسید.", "1911-08-31"),
    ("قانون فوق مشتمل بر سه ماده است و اجرای آن از تاریخ تصویب ۱۳۹۸/۲/۱۵ نیست.", None),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "day"), APPROVED)
def test_the_day_of_approval_is_read_from_every_formula_and_calendar(formula, day):
    assert law("قانون میدان‌های میوه", *ARTICLES, formula).law.approved_on == day


LAST_ARTICLES = [
    ("این آیین‌نامه مشتمل بر چهار ماده و ۲ تبصره در تاریخ ۳۱/۵/۱۳۹۸ به تصویب رئیس قوه قضاییه رسید.", "2019-08-22", "قوه قضاییه"),
    ("این آیین‌نامه جایگزین آیین‌نامه مورخ ۲۳/۶/۱۳۹۵ است و در ۴ماده در تاریخ ۱۳۹۸/۵/۳۱ به تصویب ستاد مبارزه با آفات رسید.",
     "2019-08-22", "ستاد مبارزه با آفات"),
    ("این آیین‌نامه از تاریخ تصویب اجرا و آیین‌نامه مورخ ۱۳۹۵/۶/۲۳ که در ماده ۵ به تصویب هیئت وزیران رسید لغو می‌شود.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "day", "body"), LAST_ARTICLES)
@pytest.mark.parametrize("joint", [" – ", "\n"])
def test_an_approval_may_be_told_in_the_last_article(words, day, body, joint):
    recital = "در اجرای ماده ۵ قانون باغ‌ها مصوب ۱۳۹۴/۴/۹ مجلس شورای اسلامی این مواد ابلاغ می‌گردد:"
    found = law("آیین‌نامه میدان‌های میوه", recital, *ARTICLES, f"ماده ۴{joint}{words}", "رئیس – نمونه").law
    assert (found.approved_on, found.clauses[-1].eid) == (day, "art_4")
    assert found.body == body


RECITALS = [
    ("هیئت وزیران در جلسه مورخ 1363/2/16 به استناد بند ۱ ماده ۲۹ قانون باغ‌ها مصوب ۱۰ اسفند ماه ۱۳۵۱، آیین‌نامه را تصویب نمود.",
     "1984-05-06"),
    ("شورای باغ‌ها در جلسه خود با توجه به قانون باغ‌ها مصوب ششم شهریور ۱۳۸۰ مجلس شورای اسلامی این آیین‌نامه را تصویب نمود:", None),
    ("مصوب 1387,10,25با اصلاحات و الحاقات بعدی", "2009-01-14"),
    ("(مصوب ۱۳۹۳,۱۱,۲۷ رئیس قوه قضاییه)", "2015-02-16"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "day"), RECITALS)
def test_the_day_of_a_law_on_which_a_bylaw_rests_is_not_its_own(line, day):
    found = law("آیین‌نامه میدان‌های میوه", line, *ARTICLES).law
    assert found.approved_on == day
    assert found.body not in ("مجلس شورای اسلامی", "شورای نگهبان")


def test_a_day_far_from_the_year_in_the_laws_own_title_is_that_of_a_law_printed_below():
    formula = "قانون فوق مشتمل بر ماده واحده در جلسه یازدهم دی ماه ۱۳۶۷ مجلس شورای اسلامی تصویب و به تأیید شورای نگهبان رسید."
    found = law("قانون میدان‌های میوه مصوب ۱۳۵۱ با اصلاحات بعدی", *ARTICLES, formula).law
    assert (found.approved_on, found.year, found.body) == (None, 1351, "مجلس شورای اسلامی")


NUMBERS = [
    ("تصویب‌نامه شماره ۷۲۲۰۸/ت۵۵۷۶۲هـ مورخ ۱۳۹۸/۶/۱۱ هیئت وزیران", "72208/ت55762ه"),
    ("تصویب نامه شماره 188031/ ت 63899 هـ مورخ 1403/11/24", "188031/ت63899ه"),
    ("مصوبه شماره 5 هیئت وزیران", "5"),
    ("مصوبه شماره ۹۰۰۰/۶۹۸۵۵/۱۰۰ مورخ ۱۳۹۸/۶/۶", "9000/69855/100"),
]


@pytest.mark.parametrize(("line", "number"), NUMBERS)
def test_the_number_of_a_decree_is_kept_with_its_letters(line, number):
    assert law("آیین‌نامه میدان‌های میوه", line, *ARTICLES).law.number == number


LETTERHEADS = [
    ("شماره ۲۱۶۱۰۵/ت ۶۰۱۷۸هـ ۱۴۰۱/۱۱/۲۳", "216105/ت60178ه", "2023-02-12"),
    ("شماره33053/ت۳۸۱۹۶هـ", "33053/ت38196ه", None),
    ("شماره ۴۰۳۶۴ مورخ ۱۴/۴/۱۴۰۰", "40364", "2021-07-05"),
]


@pytest.mark.parametrize(("line", "number", "day"), LETTERHEADS)
def test_a_letterhead_without_colons_has_a_number_and_a_day(line, number, day):
    found = law("آیین‌نامه میدان‌های میوه", line, "وزارت کشور", *ARTICLES).law
    assert (found.communicated_number, found.communicated_on) == (number, day)


def test_a_resolution_has_its_own_meeting_day_and_number_and_not_those_it_cites():
    found = law(
        "مصوبه شماره ۱ جلسه شماره ۴۲۰ کمیسیون تنظیم مقررات ارتباطات",
        "کمیسیون تنظیم مقررات ارتباطات در جلسه شماره ۴۲۰ مورخ 20/02/1401 در راستای اجرای مصوبه شماره (۷۱۶) مورخ 02/11/1400 "
        "شورای رقابت و بازنگری ماده (۲) مصوبه شماره (۵) جلسه شماره (۴۰۹) مورخ 20/12/1398 کمیسیون تصویب کرد:", *ARTICLES,
        *(f"ماده {n} – غرفه شماره {n} هر روز از بامداد تا شامگاه باز است و میوه تازه می‌فروشد." for n in range(4, 10)),
    ).law  # fmt: skip
    assert (found.sessions, found.number, found.approved_on) == ((420,), "1", "2022-05-10")
    assert found.body == "کمیسیون تنظیم مقررات ارتباطات"


def test_the_formula_behind_a_law_tells_its_approval_and_its_issuer():
    found = law(
        "قانون میدان‌های میوه", *ARTICLES,
        "قانون فوق مشتمل بر سه ماده در جلسه علنی روز یکشنبه مورخ ۱۳۹۸/۰۲/۱۵ مجلس شورای اسلامی تصویب شد.",
    ).law  # fmt: skip
    assert (found.approved_on, found.body) == ("2019-05-05", "مجلس شورای اسلامی")
    assert found.clauses[-1].eid == "art_3"
    assert found.closing_start < len("\n".join(ARTICLES)) + 400


def test_the_meetings_that_passed_it_are_its_sessions_and_those_in_its_clauses_are_not():
    found = law(
        "ضوابط میدان‌های میوه", "شورای عالی فضای مجازی در جلسات ۳۶ تا ۳۸ این ضوابط را تصویب کرد:", *ARTICLES,
        "ماده ۴ – مصوبه جلسه ۱۲ شورای عالی فضای مجازی برقرار است.",
    ).law  # fmt: skip
    assert found.sessions == (36, 37, 38)


def test_labels_are_no_citations_and_a_bare_citation_is_of_the_law_itself():
    record = law(
        "قانون میدان‌های میوه",
        "ماده ۱ – شرط‌ها:", "الف – ترازو؛", "ب – پروانه.", "ماده ۲ – دارنده پروانه بند ب ماده ۱ این قانون معاف است.",
        "تبصره ۱ – مهلت این معافیت یک سال است.", "تبصره ۲ – مهلت تبصره ۱ این ماده تمدید می‌شود.",
    )  # fmt: skip
    references = record.facts.references
    assert [(r.surface, r.instrument, r.eids) for r in references] == [
        ("بند ب ماده ۱", "قانون میدان‌های میوه", ("art_1__cl_b",)),
        ("تبصره ۱", "قانون میدان‌های میوه", ("art_2__note_1",)),
    ]
    for reference in references:
        assert record.article.body[reference.start : reference.end] == reference.surface


CHANGES = [
    ("ماده ۵ قانون مطبوعات به شرح زیر اصلاح می‌شود.", "amends", "قانون مطبوعات", "art_5"),
    ("ماده ۹ قانون مطبوعات لغو می‌شود.", "cancels", "قانون مطبوعات", "art_9"),
    ("قانون مدیریت بازار میوه از این تاریخ نسخ می‌گردد.", "repeals", "قانون مدیریت بازار میوه", None),
    ("یک تبصره به عنوان تبصره ۳ به ماده ۷ قانون مطبوعات الحاق می‌شود.", "inserts", "قانون مطبوعات", "art_7__note_3"),
]


@pytest.mark.parametrize(("sentence", "kind", "title", "eid"), CHANGES)
def test_what_a_clause_does_to_another_law_is_a_relation_with_the_day_of_its_approval(sentence, kind, title, eid):
    found = law("قانون میدان‌های میوه مصوب ۱۳۹۹/۰۲/۰۳", *ARTICLES, f"ماده ۴ – {sentence}").law
    assert (found.relations[-1].kind, found.relations[-1].title) == (kind, title)
    assert eid in {relation.eid for relation in found.relations}
    assert {relation.source for relation in found.relations} == {"art_4"}
    assert {relation.on for relation in found.relations} == {"2020-04-22"}


def test_a_title_that_amends_says_what_and_a_law_changes_not_itself():
    found = law("قانون اصلاح ماده ۹ قانون مطبوعات", *ARTICLES, "ماده ۴ – این قانون هر سال اصلاح می‌شود.").law
    assert [(r.kind, r.title, r.eid, r.section) for r in found.relations] == [("amends", "قانون مطبوعات", "art_9", "title")]


@pytest.mark.parametrize("name", ["dotic", "majlis", "cra_document", "rrk_labels", "shora_gc", "qavanin_tree"])
def test_a_portals_page_has_the_clauses_of_its_law(name):
    page = Path(__file__).resolve().parents[1] / "pages" / "law" / f"{name}.html"
    url = json.loads(page.with_suffix(".json").read_text("utf-8")).get("url")
    record = parse(Capture(page.read_bytes(), url=url))
    assert record.law is not None
    assert [c.eid for c in record.law.clauses] == [
        "art_1", "art_1__cl_a", "art_1__cl_b", "art_2", "art_2__note_1", "art_2__note_2", "art_3",
    ]  # fmt: skip


def letters(text):
    return [char for char in fold(text) if char.isalnum()]


LAWS = sorted((Path(__file__).resolve().parents[1] / "laws").glob("*.txt"))


@pytest.mark.parametrize("file", LAWS, ids=lambda file: file.stem)
def test_no_letter_of_a_recognised_law_is_in_no_field(file):
    text = file.read_text("utf-8").partition("\n=====\n")[0]
    for title in ("", "قانون کوچه‌های نمونه\n"):
        record = parse(Capture((title + text).encode()))
        if record.verdict != "law":
            continue
        article, found = record.article, record.law
        inside = "".join(piece for _, piece in pieces(article.body, found.clauses))
        assert inside == article.body
        untitled = any(issue.code == "law_without_title" for issue in record.issues)
        kept = letters(article.body if untitled else article.title + article.body)
        assert sorted(kept) == sorted(letters(title + text))


UNTITLED = [
    "ماده ۱ – هر باغچه دفتر دارد.\nماده ۲ – مالک سند می‌گیرد.",
    "فصل اول – کلیات\nماده ۱ – هر باغچه دفتر دارد.\nماده ۲ – مالک سند می‌گیرد.",
    "بسمه تعالی\nماده ۱ – هر باغچه دفتر دارد.\nماده ۲ – مالک سند می‌گیرد.",
    "ماده واحده – دولت پل می‌سازد.\nتبصره – پل دو راه دارد.",
    "مصوب ۱۳۹۰/۱/۲۸ مجلس شورای اسلامی\nماده واحده – دولت پل می‌سازد.\nتبصره – پل دو راه دارد.",
    "ماده ۴۹۸ – هر پل نامی دارد.\nماده ۴۹۹ – نام بر پل نوشته است.\nماده ۴۹۹ مکرر – نام تازه هم.\nماده ۵۰۰ – پل دو سو دارد.",
    "مقدمه‌ای بلند است این.\nاین سند از پل‌ها می‌گوید.\n" + "\n".join(f"ماده {n} – هر پل شهر {n} ستون دارد." for n in range(1, 23)),
]


@pytest.mark.parametrize("address", [None, "https://example.ir/laws/5.txt"])
@pytest.mark.parametrize("text", UNTITLED)
def test_a_text_that_begins_with_a_firm_label_is_a_law_under_a_working_name(text, address):
    record = parse(Capture(text.encode(), url=address))
    assert (record.verdict, [issue.code for issue in record.issues]) == ("law", ["law_without_title"])
    assert record.article.title.startswith("متن بی‌عنوان: ")
    assert letters(record.article.body) == letters(text)


FORMULAS = [
    (
        "در اجرای قانون پل‌ها مصوب ۱۳۸۴ این دستورالعمل در جلسه مورخ ۱۳۸۵/۷/۳۰ هیئت مدیره سازمان پل‌ها تصویب شد.\n"
        "ماده ۱: هر پل دفتر دارد.\nماده ۲: مالک سند می‌گیرد.\nماده ۳: سند سبز است."
    ),
    (
        "هیئت وزیران در جلسه مورخ ۲۱/۸/۱۳۹۱ به استناد ماده (۴۶) قانون پل‌ها آیین‌نامه زیر را تصویب کرد:\nمصوب ۱۳۹۱,۰۸,۲۱\n"
        "با اصلاحات و الحاقات بعدی\nماده ۱ – هر پل دفتر دارد.\nماده ۲ – مالک سند می‌گیرد."
    ),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_resolutions_formula_may_begin_with_its_ground_and_be_followed_by_its_day(text):
    record = parse(Capture(text.encode()))
    assert (record.verdict, [clause.eid for clause in record.law.clauses][:2]) == ("law", ["art_1", "art_2"])
    assert letters(record.article.body) == letters(text)


def test_a_text_without_a_title_takes_what_a_person_or_its_file_says():
    said = Stated(title="قانون باغچه‌ها", body="مجلس شورای اسلامی", approved="۱۳۹۰/۲/۳", file="x.txt")
    record = parse(Capture(UNTITLED[0].encode(), headers=said.headers()))
    assert (record.article.title, record.issues) == ("قانون باغچه‌ها", ())
    assert (record.law.body, record.law.approved_on) == ("مجلس شورای اسلامی", "2011-04-23")
    record = parse(Capture(UNTITLED[0].encode(), headers=Stated(file="قانون باغچه‌های شهر.txt").headers()))
    assert (record.article.title, record.issues) == ("قانون باغچه‌های شهر", ())


CONTENTS = "فهرست\nفصل اول – تعاریف\nفصل دوم – پل‌ها\nفصل سوم – راه‌ها"
BELOW_CONTENTS = (
    "قانون پل‌های نمونه\nمصوب ۱۳۹۰/۲/۳\nفصل اول – تعاریف\n"
    "ماده ۱ – پل راهی است که از روی رود یا دره می‌گذرد و دو سوی آن را به هم می‌رساند.\n"
    "فصل دوم – پل‌ها\nماده ۲ – پل سنگی است و هر سال پیش از زمستان به دست شهرداری همان شهر بازرسی و مرمت می‌شود."
)


@pytest.mark.parametrize("above", [CONTENTS, f"خبر فوری\nبخشنامه‌ها\nبخشنامه ها\n{CONTENTS}"])
def test_a_title_may_stand_below_a_list_of_contents(above):
    found = law(above, BELOW_CONTENTS).law
    assert (found.title, found.approved_on) == ("قانون پل‌های نمونه", "2011-04-23")
    assert [clause.eid for clause in found.clauses] == ["chp_1", "art_1", "chp_2", "art_2"]


def test_a_short_law_in_a_long_page_is_known_by_its_formula():
    around = [f"قانون شماره {n} راه‌های شهر و روستا در بایگانی این سایت است و هر روز خوانده می‌شود." for n in range(30)]
    formula = "قانون فوق مشتمل بر ماده واحده در جلسه علنی مورخ ۱۳۷۶/۸/۲۱ مجلس شورای اسلامی تصویب شد."
    found = law("قانون پل‌های نمونه", "گزارش", "ماده واحده - دولت پل می‌سازد.", formula, *around).law
    assert (found.title, found.approved_on, [c.eid for c in found.clauses]) == ("قانون پل‌های نمونه", "1997-11-12", ["art"])


RULED = "\n".join(f"{letter}- ماده ۵ قانون پل‌ها در پرونده {n} خوانده شد و دادگاه رأی داد." for n, letter in enumerate("ابپتث", 1))
RULINGS = [
    "رأی وحدت رویه شماره ۹۱۷ – ۱۳۷۶/۴/۳ هیئت عمومی دیوان عالی کشور",
    "رای وحدت رویه شماره 917 هیات عمومی دیوان عالی کشور درباره قانون پل‌ها",
    "نظریه مشورتی درباره نحوه طرح دعوای پل‌ها",
    "شماره دادنامه: ۲۱۶۷ تا ۲۱۷۰",
    "ابطال تبصره ماده ۶ دستورالعمل پل‌ها",
]


@pytest.mark.parametrize("head", RULINGS)
def test_a_ruling_that_quotes_clauses_is_no_law(head):
    text = f"{head}\nقانون پل‌های نمونه\n{RULED.replace('ا-', 'الف-')}"
    assert parse(Capture(text.encode())).verdict != "law"


def test_a_formula_may_stand_between_an_unknown_heading_and_the_articles():
    formula = "هیئت وزیران در جلسه مورخ ۲۱/۸/۱۳۹۱ به استناد ماده (۴۶) قانون پل‌ها ضوابط زیر را تصویب کرد:"
    found = law("پل‌های نمونه", formula, "ماده ۱ – هر پل دفتر دارد.", "ماده ۲ – مالک سند می‌گیرد.", "ماده ۳ – سند سبز است.").law
    assert (found.title, found.approved_on) == ("پل‌های نمونه", "2012-11-11")


APPROVERS = [
    ("قانون", "مصوب ۱۳۹۰/۶/۱۹ شورای عالی باغ‌ها", "", "شورای عالی باغ‌ها"),
    ("آیین‌نامه", "مصوب ۱۹/۶/۱۳۹۰ شوراي عالي باغ ها با اصلاحات بعدی", "", "شورای عالی باغ‌ها"),
    ("آیین‌نامه", "", "آیین‌نامه فوق در ۲ ماده به تصویب شورای عالی باغ‌ها رسید.", "شورای عالی باغ‌ها"),
]


@pytest.mark.parametrize(("kind", "head", "after", "body"), APPROVERS)
def test_who_approved_may_be_in_no_list_and_told_without_a_day(kind, head, after, body):
    clauses = "ماده ۱ - هر باغچه دفتر دارد.\nماده ۲ - دفتر سبز است."
    assert law(*filter(None, (f"{kind} باغچه‌های نمونه", head, clauses, after))).law.body == body


def test_a_body_named_within_a_sentence_did_not_issue_a_by_law():
    preamble = "این دستورالعمل بر پایه آنچه در سال‌های گذشته با همکاری هیئت وزیران نوشته شد به شرح زیر است:"
    clauses = [f"ماده {n} - هر باغچه شهر دفتری سبز دارد و مالک آن {n} درخت در آن می‌کارد." for n in range(1, 7)]
    found = law("دستورالعمل باغچه‌های نمونه", preamble, *clauses).law
    assert found.body is None


AFTER = "شهردار در پایان گفت که کار ادامه دارد و هر سال چند باغچه تازه ساخته می‌شود و مردم باید در نگهداری آن‌ها سهم داشته باشند."
NEWS = [
    "مجلس قانون تازه را تصویب کرد\nنمایندگان در جلسه امروز ماده ۱ و ماده ۲ را بررسی کردند و رأی دادند.",
    "ماده ۵ قانون باغچه‌ها اصلاح شد\nشهردار گفت: ماده ۱ این قانون نیز اصلاح می‌شود.",
    "ماده ۵ – مالک باغچه سند می‌گیرد.\nماده ۹ – سند هر سال تازه می‌شود.\n" + AFTER * 9,
    "آیین‌نامه تازه باغچه‌ها ابلاغ شد\nبه گزارش روابط عمومی شهرداری:\nماده ۵ – مالک سند می‌گیرد.\n" + AFTER,
]


@pytest.mark.parametrize("address", [None, "https://example.ir/news/5"])
@pytest.mark.parametrize("text", NEWS)
def test_news_that_cites_clauses_is_no_law(text, address):
    assert parse(Capture(text.encode(), url=address)).verdict != "law"
