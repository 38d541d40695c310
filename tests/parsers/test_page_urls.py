"""Addresses: as they are asked for, the key by which they are compared, publishers, and which canonical is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.models import Capture
from parsers.page import read_page
from parsers.page.fields import code_in_url
from parsers.page.urls import canonicalize, fetchable, publisher_of


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("HTTPS://WWW.Asriran.com:443/fa/news/666280#top", "https://www.asriran.com/fa/news/666280"),
        ("http://a.ir:80", "http://a.ir/"),
        ("http://a.ir.:8080/x", "http://a.ir:8080/x"),
        ("http://a.ir:/x", "http://a.ir/x"),
        ("https://a.ir/fa/news/1?utm_source=x&fbclid=2&gclid=3", "https://a.ir/fa/news/1"),
        ("https://a.ir/view?id=5&utm_medium=y", "https://a.ir/view?id=5"),
        ("https://a.ir/view?b=2&a=1&&c", "https://a.ir/view?b=2&a=1&&c"),
        ("https://a.ir/news/1/سلام", "https://a.ir/news/1/%D8%B3%D9%84%D8%A7%D9%85"),
        ("https://a.ir/news/1/%d8%b3%d9%84%d8%a7%d9%85", "https://a.ir/news/1/%D8%B3%D9%84%D8%A7%D9%85"),
        ("https://a.ir/%7Euser/%61", "https://a.ir/~user/a"),
        ("https://a.ir/a/./b/../c", "https://a.ir/a/c"),
        ("https://a.ir/a%2fb", "https://a.ir/a%2Fb"),
        ("https://a.ir/?/news/5", "https://a.ir/?/news/5"),
        ("https://a.ir/?12345", "https://a.ir/?12345"),
        ("https://a.ir/?a=1;b=2", "https://a.ir/?a=1;b=2"),
        ("https://a.ir/?a=1%3Bb=2", "https://a.ir/?a=1%3Bb=2"),
        ("https://a.ir/n?t=%ce%c8%d1", "https://a.ir/n?t=%CE%C8%D1"),
        ("https://a.ir/fa/print/12", "https://a.ir/fa/print/12"),
        ("http://خبر.ایران/a", "http://xn--ngblk.xn--mgba3a4f16a/a"),
        ("http://desk:secret@a.ir/x", "http://a.ir/x"),
        ("http://127.0.7.1:8101/fa/news/1", "http://127.0.7.1:8101/fa/news/1"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("urn:bayegan:a:1", "urn:bayegan:a:1"),
        ("http://[half/", "http://[half/"),
    ],
)
def test_an_address_has_one_key(given: str, key: str) -> None:
    assert canonicalize(given) == key
    assert canonicalize(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/n?t=%CE%C8%D1", "/n?t=%D4%E5%D1"),
        ("/n/a%2Fb", "/n/a/b"),
        ("/n?amp=1", "/n?amp=2"),
        ("/topics/print", "/topics"),
        ("/n?a=1&b=2", "/n?b=2&a=1"),
        ("/n?a=%26", "/n?a=&"),
        ("/n?a+b", "/n?a%20b"),
        ("/n/", "/n"),
        ("/N", "/n"),
    ],
)
def test_addresses_of_two_pages_have_two_keys(one: str, other: str) -> None:
    assert canonicalize(f"https://a.ir{one}") != canonicalize(f"https://a.ir{other}")


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ("https://A.ir/fa/news/1?utm_source=x#top", "https://A.ir/fa/news/1?utm_source=x"),
        (" https://a.ir/a\n\t/b ", "https://a.ir/a/b"),
        ("https://a.ir/a b/خبر?q=a b", "https://a.ir/a%20b/%D8%AE%D8%A8%D8%B1?q=a%20b"),
        ("https://a.ir/n?t=%CE%c8%D1", "https://a.ir/n?t=%CE%c8%D1"),
        ("https://a.ir/n/a%2Fb", "https://a.ir/n/a%2Fb"),
        ("https://a.ir/?/news/5", "https://a.ir/?/news/5"),
        ("https://a.ir/?12345", "https://a.ir/?12345"),
        ("https://a.ir/?a=1;b=2&c[]=3", "https://a.ir/?a=1;b=2&c[]=3"),
        ("https://a.ir/50%/x", "https://a.ir/50%/x"),
        ("https://a.ir/\udcce\udcc8", "https://a.ir/%CE%C8"),
        ('https://a.ir/"<x>', "https://a.ir/%22%3Cx%3E"),
        ("mailto:a@b", "mailto:a@b"),
    ],
)
def test_an_address_is_asked_for_as_it_is_named(named: str, asked: str) -> None:
    assert fetchable(named) == asked
    assert fetchable(asked) == asked


@given(st.text())
def test_any_text_has_a_key_and_the_key_of_what_is_asked_for_is_the_same(text: str) -> None:
    url = f"https://a.ir/{text}"
    assert canonicalize(fetchable(url)) == canonicalize(url)
    assert canonicalize(canonicalize(url)) == canonicalize(url)
    assert fetchable(url).isascii()


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://www.asriran.com/fa/news/1", "asriran"),
        ("https://rc.majlis.ir/fa/law/show/1", "majlis"),
        ("https://asnad.cra.gov.ir/x", "cra"),
        ("https://www.shora-gc.ir/", "shora-gc"),
        ("http://خبر.ایران/", "xn-ngblk"),
        ("http://xn--ngblk.xn--mgba3a4f16a/", "xn-ngblk"),
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


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.nemuneh.ir/blog/2024/06/19/springs/", None),
        ("https://www.nemuneh.ir/posts/1403-03-30-springs", None),
        ("https://www.nemuneh.ir/archive/1395/05/", None),
        ("https://www.nemuneh.ir/2024/06/19/45123/springs", "45123"),
        ("https://www.nemuneh.ir/news/1395", "1395"),
        ("https://www.nemuneh.ir/news/2024-springs", "2024"),
        ("https://www.nemuneh.ir/fa/news/451234/springs", "451234"),
    ],
)
def test_the_year_of_a_day_in_an_address_is_no_number_of_a_piece(url: str, code: str | None) -> None:
    assert code_in_url(url) == code
