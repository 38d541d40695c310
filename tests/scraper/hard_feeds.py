"""A hundred kinds of hard feeds and sitemaps, made from small pieces: each with the addresses, and the moment, that are right."""

# ruff: noqa: E501 - a table

from __future__ import annotations

import json
from dataclasses import dataclass

BASE = "http://a.ir/feeds/main"
ONE, TWO = "http://a.ir/1", "http://a.ir/2"
TITLE = "خبر یک"


@dataclass(frozen=True)
class Hard:
    name: str
    data: bytes
    urls: tuple[str, ...]
    content_type: str = ""
    title: str | None = None
    at: str | None = None
    repaired: bool = False
    lost: int = 0


def rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>', root: str = '<rss version="2.0">') -> str:
    return f"{head}{root}<channel><title>روزنامه</title><link>http://a.ir/</link>{''.join(items)}</channel></rss>"


def item(link: str = ONE, title: str = TITLE, more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def atom(*entries: str, root: str = '<feed xmlns="http://www.w3.org/2005/Atom">') -> str:
    return f'<?xml version="1.0"?>{root}<title>t</title><link href="http://a.ir/"/>{"".join(entries)}</feed>'


def entry(inside: str) -> str:
    return f"<entry><title>{TITLE}</title>{inside}</entry>"


def sitemap(*urls: str, root: str = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">') -> str:
    return f"<?xml version='1.0'?>{root}{''.join(f'<url>{url}</url>' for url in urls)}</urlset>"


TWO_ITEMS = item() + item(TWO, "خبر دو")
GOOD = rss(TWO_ITEMS)
LINK = '<link href="/1"/>'


def _text(name: str, text: str, urls: tuple[str, ...] = (ONE, TWO), **more: object) -> Hard:
    return Hard(name, text.encode(), urls, **more)  # type: ignore[arg-type]


# The namespace of RSS 0.90, in two parts: it is a name, and no address of anything that is fetched.
RSS_090 = "http://my.netscape.com/rdf" + "/simple/0.9/"
STRUCTURE = [
    _text("rss 2.0", GOOD, title=TITLE),
    _text("rss 0.91 with a doctype", rss(TWO_ITEMS, head='<!DOCTYPE rss SYSTEM "http://a.ir/rss-0.91.dtd">')),
    _text("rss 0.92 without a version", GOOD.replace(' version="2.0"', "")),
    _text("a channel alone", f"<channel>{TWO_ITEMS}</channel>"),
    _text("rss 0.90", f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{RSS_090}">'
          f"<channel/>{TWO_ITEMS}</rdf:RDF>"),
    _text("rss 1.0", f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
          f"<channel><items><rdf:Seq><rdf:li/></rdf:Seq></items></channel>{TWO_ITEMS}</rdf:RDF>"),
    _text("rss 1.0 that names its items by rdf:about only", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
          f'xmlns="http://purl.org/rss/1.0/"><item rdf:about="{ONE}"><title>{TITLE}</title></item></rdf:RDF>', (ONE,), title=TITLE),
    _text("a prefix for rss itself", '<r:rss xmlns:r="http://backend.userland.com/rss2"><r:channel><r:item><r:link>/1</r:link>'
          "</r:item></r:channel></r:rss>", (ONE,)),
    _text("atom 1.0", atom(entry(LINK)), (ONE,), title=TITLE),
    _text("atom 0.3", atom(entry('<link rel="alternate" type="text/html" href="/1"/><issued>2026-11-27T22:00:00+03:30</issued>'),
          root='<feed version="0.3" xmlns="http://purl.org/atom/ns#">'), (ONE,), at="2026-11-27T22:00:00+03:30"),
    _text("atom with a prefix", '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:link href="/1"/></a:entry></a:feed>', (ONE,)),
    _text("atom without a namespace", atom(entry(LINK), root="<feed>"), (ONE,)),
    _text("atom with several links", atom(entry('<link rel="self" href="/self"/><link rel="enclosure" href="/a.mp3"/>'
          '<link rel="alternate" type="application/json" href="/1.json"/><link rel="alternate" type="text/html" href="/1"/>')), (ONE,)),
    _text("atom with a link by its registered name", atom(entry(
          '<link rel="http://www.iana.org/assignments/relation/alternate" href="/1"/>')), (ONE,)),
    _text("atom with content elsewhere", atom(entry('<content src="/1" type="text/html"/>')), (ONE,)),
    _text("atom with an id that is an address", atom(entry(f"<id>{ONE}</id>")), (ONE,)),
    _text("atom with an id that is none", atom(entry("<id>tag:a.ir,2026:1</id>"), entry(LINK)), (ONE,), lost=1),
    _text("atom in an rss item", rss('<item><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="/self"/>'
          f"<link>{ONE}</link></item>"), (ONE,)),
    _text("a guid that is the address", rss(f"<item><guid>{ONE}</guid></item>"), (ONE,)),
    _text("a guid that is not", rss(f'<item><guid isPermaLink="false">{ONE}</guid></item>', item(TWO)), (TWO,), lost=1),
    _text("an address of feedburner", rss('<item><link>http://feeds.example/~r/1</link><f:origLink '
          f'xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">{ONE}</f:origLink></item>'), (ONE,)),
    _text("an item without an address", rss(item(), "<item><title>هیچ</title></item>"), (ONE,), lost=1),
    _text("an empty link", rss("<item><link/><guid>http://a.ir/1</guid></item>"), (ONE,)),
    _text("links in CDATA", rss("<item><link><![CDATA[ http://a.ir/1?a=1&b=2 ]]></link></item>"), ("http://a.ir/1?a=1&b=2",)),
    _text("links on lines of their own", rss(item(f"\n   {ONE}\n  ")), (ONE,)),
    _text("relative links", rss(item("../1")), (ONE,)),
    _text("an address without a scheme", rss(item("//a.ir/1")), (ONE,)),
    _text("elements in capitals", GOOD.replace("item>", "ITEM>").replace("link>", "LINK>")),
    _text("a feed without items", rss(), ()),
]  # fmt: skip

NESTED = [
    _text("the source of an atom entry", atom(entry(f'<source><id>http://b.ir/</id><link href="http://b.ir/9"/></source>{LINK}')), (ONE,)),
    _text("the source's moment", atom(entry(f"<source><updated>2001-01-01T00:00:00Z</updated></source>{LINK}"
          "<updated>2026-11-27T00:00:00Z</updated>")), (ONE,), at="2026-11-27T00:00:00+00:00"),
    _text("the author's address", atom(entry(f"<author><name>x</name><uri>/x</uri><link>/x</link></author>{LINK}")), (ONE,)),
    _text("an image of an item", rss(f"<item><image><link>http://b.ir/</link><title>نگاره</title></image><link>{ONE}</link></item>"), (ONE,)),
    _text("a media group", rss('<item xmlns:media="http://search.yahoo.com/mrss/"><media:group><media:title>نگاره</media:title>'
          f"</media:group><media:title>نگاره</media:title><title>{TITLE}</title><link>{ONE}</link></item>"), (ONE,), title=TITLE),
    _text("the images of a sitemap", sitemap("<i:image xmlns:i='http://www.google.com/schemas/sitemap-image/1.1'><i:loc>/a.jpg</i:loc>"
          "</i:image><loc>/1</loc>"), (ONE,)),
    _text("a video's publication", sitemap("<v:video xmlns:v='http://www.google.com/schemas/sitemap-video/1.1'><v:publication_date>"
          "2001-01-01</v:publication_date></v:video><loc>/1</loc><lastmod>2026-11-27</lastmod>"), (ONE,),
          at="2026-11-27T00:00:00+00:00"),
    _text("the news of a sitemap", sitemap("<loc>/1</loc><n:news xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><n:publication>"
          "<n:name>روزنامه</n:name></n:publication><n:publication_date>2026-11-27T22:00:00+03:30</n:publication_date>"
          f"<n:title>{TITLE}</n:title></n:news>"), (ONE,), title=TITLE, at="2026-11-27T22:00:00+03:30"),
    _text("alternates of a sitemap", sitemap('<loc>/1</loc><x:link xmlns:x="http://www.w3.org/1999/xhtml" rel="alternate" '
          'hreflang="en" href="/en/1"/>'), (ONE,)),
    _text("a link in a description", rss(f'<item><description><a href="/x">x</a><link>/x</link></description><link>{ONE}</link></item>'),
          (ONE,)),
    _text("an xhtml title", atom(f'<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">خبر <b>یک</b></div></title>{LINK}'
          "</entry>"), (ONE,), title=TITLE),
    _text("an html title", atom(f'<entry><title type="html">خبر &lt;b&gt;یک&lt;/b&gt;</title>{LINK}</entry>'), (ONE,), title=TITLE),
    _text("a title escaped twice", rss(item(title="خبر&amp;nbsp;یک")), (ONE,), title=TITLE),
    _text("a title of dublin core", rss(f'<item><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">{TITLE}</dc:title><link>{ONE}</link>'
          "</item>"), (ONE,), title=TITLE),
    _text("an item inside an item's content", rss(f"<item><content><item><link>/x</link></item></content><link>{ONE}</link></item>"), (ONE,)),
]  # fmt: skip

BASES = [
    _text("xml:base of the feed", atom(entry('<link href="1"/>'), root='<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://b.ir/x/">'),
          ("http://b.ir/x/1",)),
    _text("xml:base of an entry", atom('<entry xml:base="http://b.ir/y/"><link href="1"/></entry>', entry(LINK)), ("http://b.ir/y/1", ONE)),
    _text("xml:base of a link", atom(entry('<link xml:base="/z/" href="1"/>')), ("http://a.ir/z/1",)),
    _text("xml:base inside xml:base", atom('<entry xml:base="y/"><link href="1"/></entry>',
          root='<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://b.ir/x/">'), ("http://b.ir/x/y/1",)),
    _text("xml:base of something else", atom(entry(f'<content xml:base="http://b.ir/">x</content>{LINK}')), (ONE,)),
    _text("xml:base in rss", rss(item("1"), root='<rss xml:base="http://b.ir/">'), ("http://b.ir/1",)),
]  # fmt: skip

HALF = "خ".encode()[:1]


def _bytes(name: str, data: bytes, urls: tuple[str, ...] = (ONE, TWO), **more: object) -> Hard:
    return Hard(name, data, urls, **more)  # type: ignore[arg-type]


ENCODINGS = [
    _bytes("a byte order mark", b"\xef\xbb\xbf" + GOOD.encode(), title=TITLE),
    _bytes("a byte order mark and a blank line", b"\xef\xbb\xbf\r\n" + GOOD.encode(), title=TITLE),
    _bytes(
        "windows-1256, declared",
        GOOD.replace("utf-8", "windows-1256").replace("ی", "ي").encode("cp1256"),
        title="خبر يک",
        repaired=True,
    ),
    _bytes(
        "windows-1256, by the HTTP header only",
        rss(TWO_ITEMS, head="").replace("ی", "ي").encode("cp1256"),
        title="خبر يک",
        content_type="text/xml; charset=windows-1256",
        repaired=True,
    ),
    _bytes("windows-1256, by nobody", rss(TWO_ITEMS, head="").replace("ی", "ي").encode("cp1256"), title="خبر يک", repaired=True),
    _bytes("utf-8 that is declared windows-1256", GOOD.replace("utf-8", "windows-1256").encode(), title=TITLE),
    _bytes("utf-8 that the header calls latin-1", GOOD.encode(), content_type="text/xml; charset=ISO-8859-1", title=TITLE),
    _bytes("utf-16 with a mark", GOOD.replace("utf-8", "utf-16").encode("utf-16"), title=TITLE),
    _bytes("utf-16 without one", GOOD.replace("utf-8", "utf-16").encode("utf-16-le"), title=TITLE),
    _bytes("an encoding that nobody knows", GOOD.replace("utf-8", "unicode").encode(), title=TITLE),
    _bytes("utf8 without a hyphen", GOOD.replace("utf-8", "UTF8").encode(), title=TITLE),
    _bytes("half a letter in a title", GOOD.encode().replace("دو".encode(), "دو".encode() + HALF), repaired=True, title=TITLE),
    _bytes(
        "half a letter in fifty items",
        rss(*(item(f"http://a.ir/{n}") for n in range(50))).encode().replace(b"<title>", b"<title>" + HALF, 1),
        tuple(f"http://a.ir/{n}" for n in range(50)),
        repaired=True,
    ),
    _bytes("a surrogate half in UTF-8", GOOD.encode().replace("دو".encode(), b"\xed\xa0\x80"), repaired=True),
]

BROKEN = [
    _text("a bare ampersand in a link", rss(item("http://a.ir/?a=1&b=2")), ("http://a.ir/?a=1&b=2",), repaired=True),
    _text("a bare ampersand in a title", rss(item(title="این & آن")), (ONE,), title="این & آن", repaired=True),
    _text("an ampersand in CDATA of a broken feed", rss(item(title="a & b"), item("<![CDATA[http://a.ir/?a=1&b=2]]>")),
          (ONE, "http://a.ir/?a=1&b=2"), repaired=True),
    _text("an entity of HTML", rss(item(title="خبر&nbsp;یک")), (ONE,), title=TITLE, repaired=True),
    _text("an entity that nobody knows", rss(item(title="خبر &foo; یک"), item(TWO)), repaired=True, title="خبر &foo; یک"),
    _text("an entity of HTML in a link", rss(item("http://a.ir/1&copy;=2")), ("http://a.ir/1©=2",), repaired=True),
    _text("a control character", rss(item(title="خبر\x0b یک"), item(TWO)), title=TITLE, repaired=True),
    _text("a null", rss(item(title="خبر\x00 یک"), item(TWO)), title=TITLE, repaired=True),
    _text("a number of no character", rss(item(title="خبر&#x1f; یک"), item(TWO)), repaired=True),
    _text("an undeclared prefix", rss(item(more='<media:thumbnail url="/x"/>'), item(TWO)), repaired=True, title=TITLE),
    _text("an undeclared prefix around text", rss(f"<item><media:title>نگاره</media:title><title>{TITLE}</title><link>{ONE}</link></item>"),
          (ONE,), title=TITLE, repaired=True),
    _text("an undeclared dc:date", rss(item(more="<dc:date>2026-11-27T00:00:00Z</dc:date>")), (ONE,), at="2026-11-27T00:00:00+00:00",
          repaired=True),
    _text("the end cut off", GOOD[: GOOD.index("</channel>")], repaired=True),
    _text("cut off in the second item", GOOD[: GOOD.index(TWO) + 12], (ONE,), repaired=True, lost=1),
    _text("a notice of PHP in front", f"<br />\n<b>Notice</b>: Undefined index in <b>/x.php</b> on line <b>3</b><br />\n{GOOD}", repaired=True),
    _text("a notice of PHP behind", f"{GOOD}<br /><b>Notice</b>: x", repaired=True),
    _text("a notice of PHP between items", GOOD.replace("</item>", "</item><br><b>Notice</b>: x &", 1), repaired=True),
    _text("two feeds behind each other", GOOD + rss(item("http://a.ir/3")), repaired=True),
    _text("a comment in front", f"<!-- made by x -->{GOOD}", repaired=True),
    _text("blank lines in front", f"\n\n  {GOOD}"),
    _text("a comment with two hyphens", GOOD.replace("<item>", "<!-- a -- b --><item>", 1), repaired=True),
    _text("an attribute without quotes", GOOD.replace("<item>", "<item id=1>", 1), repaired=True),
    _text("an attribute twice", GOOD.replace("<item>", '<item a="1" a="2">', 1), repaired=True),
    _text("a tag that is never closed", GOOD.replace("</title><link>", "<br></title><link>", 1), repaired=True),
    _text("XML 1.1", GOOD.replace('"1.0"', '"1.1"')),
    _text("a less-than in a title", rss(item(title="۲ < ۳"), item(TWO)), repaired=True),
    _text("markup in a title", rss(item(title="خبر <b>یک</b>"), item(TWO)), title=TITLE),
]  # fmt: skip


def _dated(text: str, at: str | None) -> Hard:
    return _text(f"the date {text!r}", rss(item(more=f"<pubDate>{text}</pubDate>")), (ONE,), at=at)


DATES = [
    _dated("Fri, 27 Nov 2026 22:00:00 +0330", "2026-11-27T22:00:00+03:30"),
    _dated("Fri, 27 Nov 2026 22:00:00 +03:30", "2026-11-27T22:00:00+03:30"),
    _dated("27 Nov 2026 22:00:00 GMT+03:30", "2026-11-27T22:00:00+03:30"),
    _dated("27 Nov 26 22:00 GMT", "2026-11-27T22:00:00+00:00"),
    _dated("Fri, 27 Nov 2026 22:00:00 EST", "2026-11-27T22:00:00-05:00"),
    _dated("Fri, 27 Nov 2026 22:00:00 IRST", "2026-11-27T22:00:00+03:30"),
    _dated("Fri Nov 27 22:00:00 2026", "2026-11-27T22:00:00+00:00"),
    _dated("November 27, 2026 22:00", "2026-11-27T22:00:00+00:00"),
    _dated("Fri, 27 Nov, 2026 22:00:00 UTC", "2026-11-27T22:00:00+00:00"),
    _dated("Fri, 27 Nov 2026", "2026-11-27T00:00:00+00:00"),
    _dated("27-Nov-26 22:00 MET", "2026-11-27T22:00:00+01:00"),
    _dated("2026-11-27", "2026-11-27T00:00:00+00:00"),
    _dated("2026/11/27 22:00", "2026-11-27T22:00:00+00:00"),
    _dated("20261127T220000Z", "2026-11-27T22:00:00+00:00"),
    _dated("2026-11-27 22:00:00.7", "2026-11-27T22:00:00+00:00"),
    _dated("2026-331", "2026-11-27T00:00:00+00:00"),
    _dated("1405/09/06 22:00", "2026-11-27T22:00:00+03:30"),
    _dated("۱۴۰۵-۰۹-۰۶", "2026-11-27T00:00:00+03:30"),
    _dated("2026", None),
    _dated("2026-11", None),
    _dated("2026-02-30", None),
    _dated("0000-00-00", None),
    _dated("yesterday", None),
]

JSON_ROWS = [{"id": "1", "url": "/1", "title": TITLE, "date_published": "2026-11-27T22:00:00+03:30"}, {"id": TWO}]
OTHERS = [
    _text("JSON Feed", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": JSON_ROWS}), title=TITLE,
          at="2026-11-27T22:00:00+03:30"),
    _text("JSON Feed with what is no item", json.dumps({"version": "https://jsonfeed.org/version/1", "items": [*JSON_ROWS, 7, {}]}), lost=2),
    _text("a JSON sitemap", json.dumps({"urls": [{"loc": "/1", "lastmode": "2026-11-27"}]}), (ONE,), at="2026-11-27T00:00:00+00:00"),
    _text("a JSON sitemap with a mark", "\ufeff" + json.dumps([{"loc": "/1"}]), (ONE,)),
    _text("a sitemap of lines", f"{ONE}\n{TWO}\n"),
    _text("a sitemap of lines with a mark and blanks", f"\ufeff{ONE} \r\n\r\n{TWO}"),
    _text("a sitemap of lines with another in it", f"{ONE}\nnot an address\n{TWO}", lost=1),
    _text("an old namespace", sitemap("<loc>/1</loc>", root='<urlset xmlns="http://www.google.com/schemas/sitemap/0.84">'), (ONE,)),
    _text("no namespace", sitemap("<loc>/1</loc>", root="<urlset>"), (ONE,)),
    _text("a namespace of their own", sitemap("<loc>/1</loc>", root='<urlset xmlns="https://www.sitemaps.org/schemas/sitemap/9">'), (ONE,)),
    _text("a sitemap with an address of two words", sitemap("<loc>http://a.ir/خبر یک</loc>"), ("http://a.ir/خبر یک",)),
]  # fmt: skip

HARD = [*STRUCTURE, *NESTED, *BASES, *ENCODINGS, *BROKEN, *DATES, *OTHERS]
