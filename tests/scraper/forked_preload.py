"""What the server of forked commands does before it forks: imports, and one page parsed, which compiles the patterns."""

from __future__ import annotations

from fault_server import BODY, article

import scraper.add
import scraper.cli.jobs
import scraper.cli.main
import scraper.cli.operations
import scraper.cli.output
import scraper.cli.readers
import scraper.cli.texts
import scraper.crawl  # noqa: F401 - loaded for those that are forked
from parsers.models import Capture
from parsers.record import parse

TEXT = (
    BODY + " بند ۴ ماده ۲ قانون مطبوعات در جلسه ۷۲ شورای عالی فضای مجازی درباره پیام\u200cرسان بله، ۱۲ آبان ۱۴۰۲ به گزارش ایسنا."
)

parse(Capture(article(1, TEXT).encode(), "http://127.0.7.1/fa/news/1"))
