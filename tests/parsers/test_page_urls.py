"""Addresses: one spelling for each, publishers, and which canonical is believed."""

from __future__ import annotations

import pytest

from parsers.models import Capture
from parsers.page import read_page
from parsers.page.urls import canonicalize, publisher_of


@pytest.mark.parametrize(
    ("given", "spelt"),
    [
        ("HTTPS://WWW.Asriran.com:443/fa/news/666280#top", "https://www.asriran.com/fa/news/666280"),
        ("https://a.ir/fa/news/1?utm_source=x&fbclid=2&gclid=3", "https://a.ir/fa/news/1"),
        ("https://a.ir/view?id=5&utm_medium=y", "https://a.ir/view?id=5"),
        ("https://a.ir/news/1/سلام", "https://a.ir/news/1/%D8%B3%D9%84%D8%A7%D9%85"),
        ("https://a.ir/news/1/%d8%b3%d9%84%d8%a7%d9%85", "https://a.ir/news/1/%D8%B3%D9%84%D8%A7%D9%85"),
        ("https://a.ir/fa/print/12", "https://a.ir/fa/news/12"),
        ("http://127.0.7.1:8101/fa/news/1", "http://127.0.7.1:8101/fa/news/1"),
    ],
)
def test_an_address_has_one_spelling(given: str, spelt: str) -> None:
    assert canonicalize(given) == spelt
    assert canonicalize(spelt) == spelt


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://www.asriran.com/fa/news/1", "asriran"),
        ("https://rc.majlis.ir/fa/law/show/1", "majlis"),
        ("https://asnad.cra.gov.ir/x", "cra"),
        ("https://www.shora-gc.ir/", "shora-gc"),
        (None, None),
        ("nonsense", None),
    ],
)
def test_the_publisher_is_the_label_of_the_domain(url: str | None, slug: str | None) -> None:
    assert publisher_of(url) == slug


@pytest.mark.parametrize(
    ("canonical", "believed"),
    [
        ("https://www.nemuneh.ir/fa/news/7", "https://www.nemuneh.ir/fa/news/7"),
        ("http://nemuneh.ir/fa/news/7?utm_source=x", "http://nemuneh.ir/fa/news/7"),
        ("/fa/news/7", "https://www.nemuneh.ir/fa/news/7"),
        ("https://www.nemuneh.ir/", None),
        ("https://elsewhere.ir/fa/news/7", None),
    ],
)
def test_a_canonical_is_believed_on_its_own_host_only(canonical: str, believed: str | None) -> None:
    source = f'<html><head><link rel="canonical" href="{canonical}"></head><body><p>متن</p></body></html>'
    page = read_page(Capture(source.encode(), url="https://www.nemuneh.ir/fa/news/7/x"))
    assert page.canonical_url == believed
    assert ("bad_canonical" in {issue.code for issue in page.issues}) == (believed is None)
