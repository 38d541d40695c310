"""What a law says of its own clauses is of itself, with its own year, whatever other law was named last."""

from __future__ import annotations

import pytest

from db.archive import Archive
from parsers.models import Capture
from parsers.record import parse
from scraper.registry import Registry
from scraper.reparse import reparse

LAW = """قانون سامان باغ\u200cها
مجلس شورای اسلامی مصوب ۱۳۶۲/۰۳/۱۷
ماده ۱- باغ زمینی است که در آن درخت کاشته شده باشد.
ماده ۲- شهرداری باغ را ثبت می\u200cکند.
تبصره ۱- ثبت رایگان است.
ماده ۳- آیین دادرسی شکایت از شهرداری همان است که در ماده ۹ قانون تشکیل دادگاه\u200cهای عمومی و انقلاب مصوب ۱۳۷۹ آمده است. ارزیابی
باغ به ترتیب مقرر در {own} خواهد بود.
ماده ۴- این قانون از تاریخ تصویب لازم\u200cالاجرا است.
"""
OWN = ["ماده ۲ این قانون", "تبصره ۱ ماده ۲ این قانون", "مواد ۱ و ۲ همین قانون", "ماده ۲"]


@pytest.mark.parametrize("own", OWN)
def test_a_law_cites_itself_by_its_own_year(own):
    record = parse(Capture(LAW.format(own=own).encode()))
    assert record.article.title == "قانون سامان باغ\u200cها"
    cited = {(r.instrument, r.year) for r in record.facts.references}
    assert ("قانون سامان باغ\u200cها", 1362) in cited
    assert {year for title, year in cited if title == "قانون سامان باغ\u200cها"} == {1362}


def test_reading_a_law_again_leaves_its_citations_with_it(tmp_path):
    with Archive(tmp_path / "archive.db") as archive:
        for own in OWN:
            capture = Capture(LAW.format(own=own).encode(), f"https://sobh.example/laws/{OWN.index(own)}")
            archive.store(capture, parse(capture))
        sql = "SELECT title, year, (SELECT count(*) FROM cited_clauses c WHERE c.instrument_id = i.id) FROM instruments i"
        before = archive.db.execute(f"{sql} WHERE title LIKE '%سامان باغ%'").fetchall()
        reparse(archive, Registry({}))
        assert archive.db.execute(f"{sql} WHERE title LIKE '%سامان باغ%'").fetchall() == before
        assert [row[:2] for row in before] == [("قانون سامان باغ\u200cها", 1362)]
