"""More kinds of hard feeds: tags that are never closed, words where numbers are expected, wrappers, forms that nobody declares."""

# ruff: noqa: E501 - a table

from __future__ import annotations

import json

from hard_feeds import GOOD, LINK, ONE, TITLE, TWO, TWO_ITEMS, _bytes, _dated, _text, atom, entry, item, rss, sitemap

SOUP = "<p>این <br> و <br> آن <img src=/x.jpg> <li>یک<li>دو"

UNCLOSED = [
    _text("html in a description, never closed", rss(f"<item><title>{TITLE}</title><link>{ONE}</link><description>{SOUP}</description></item>",
          item(TWO)), title=TITLE, repaired=True),
    _text("html in a description that stands before the link", rss(f"<item><title>{TITLE}</title><description>{SOUP}</description><link>{ONE}</link>"
          "</item>", item(TWO)), title=TITLE, repaired=True),
    _text("html in every description", rss(*(f"<item><description>{SOUP}</description><link>http://a.ir/{n}</link></item>" for n in range(30))),
          tuple(f"http://a.ir/{n}" for n in range(30)), repaired=True),
    _text("an item that is never closed", rss(f"<item><title>{TITLE}</title><link>{ONE}</link>{item(TWO)}"), title=TITLE, repaired=True),
    _text("a title that is never closed", rss(f"<item><title>{TITLE}<link>{ONE}</link></item>", item(TWO)), title=TITLE, repaired=True),
    _text("a link that is never closed", rss(f"<item><link>{ONE}<pubDate>Fri, 27 Nov 2026 22:00:00 +0330</pubDate></item>", item(TWO)),
          repaired=True),
    _text("an end that lacks its bracket", rss(f"<item><title>{TITLE}</title><link>{ONE}</link</item>", item(TWO)), repaired=True, title=TITLE),
    _text("an end of nothing", rss(f"<item></b></description><link>{ONE}</link></p></item>", item(TWO)), repaired=True),
    _text("letters of another case at the end", rss(f"<item><title>{TITLE}</Title><link>{ONE}</LINK></Item>", item(TWO)), repaired=True,
          title=TITLE),
    _text("a channel that ends too early", rss(item(), "</channel></rss>", item(TWO)), (ONE,), repaired=True),
    _text("a sitemap whose url is never closed", sitemap("<loc>/1</loc>", "<loc>/2</loc>").replace("</url>", "", 1), repaired=True),
    _text("a sitemap that is cut off in an address", sitemap("<loc>/1</loc>", "<loc>/2</loc>").partition("2</loc>")[0], (ONE,), repaired=True, lost=1),
    _text("a comment that is never closed", rss(item(), "<!-- ", item(TWO)), repaired=True),
    _text("CDATA inside CDATA", rss(item(title="<![CDATA[ a <![CDATA[ b ]]> c ]]>"), item(TWO)), repaired=True),
    _text("an attribute with a bracket", rss(f'<item><description x="a<b">x</description><link>{ONE}</link></item>', item(TWO)), repaired=True),
    _text("an attribute that is never closed", rss(f'<item><enclosure url="/a.mp3/><link>{ONE}</link></item>', item(TWO)), repaired=True),
    _text("an ampersand in an attribute", atom('<entry><link href="/1?a=1&b=2"/></entry>'), ("http://a.ir/1?a=1&b=2",), repaired=True),
    _text("an entity of HTML in an attribute", atom('<entry><link href="/1?a=1&amp;b=2" title="&nbsp;"/></entry>'), ("http://a.ir/1?a=1&b=2",),
          repaired=True),
    _text("xml:base in a broken feed", atom('<entry xml:base="http://b.ir/y/"><link href="1"/></entry>', entry(f"{LINK}&")),
          ("http://b.ir/y/1", ONE), repaired=True),
    _text("the source of an entry in a broken feed", atom(entry(f'<source><link href="http://b.ir/9"/><br></source>{LINK}')), (ONE,), repaired=True),
    _text("a namespace by default in a broken feed", atom(entry(f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><br>'
          f'<link href="/x"/></div></content>{LINK}')), (ONE,), repaired=True),
    _text("dublin core in a broken feed", rss("<item><q:date xmlns:q='http://purl.org/dc/elements/1.1/'>2026-11-27T00:00:00Z</q:date>"
          f"<link>{ONE}</link>&</item>"), (ONE,), at="2026-11-27T00:00:00+00:00", repaired=True),
    _text("script of a counter behind the feed", f"{GOOD}<script>if (a && b < c) x()</script>", repaired=True),
    _text("a processing instruction in the middle", GOOD.replace("<item>", "<?php echo 1; ?><item>", 1)),
    _text("a declaration in the middle", GOOD.replace("<item>", "<?xml version='1.0'?><item>", 1), repaired=True),
]  # fmt: skip

WRAPPED = [
    _text("an atom link as text", atom(entry(f"<link>{ONE}</link>")), (ONE,)),
    _text("an atom link of its own as text", atom(entry(f'<link rel="self">http://a.ir/self</link>{LINK}')), (ONE,)),
    _text("an rss link as attribute", rss(f'<item><title>{TITLE}</title><link href="{ONE}"/></item>'), (ONE,), title=TITLE),
    _text("an item of channel definitions", f'<CHANNEL><ITEM HREF="{ONE}"><TITLE>{TITLE}</TITLE></ITEM></CHANNEL>', (ONE,), title=TITLE),
    _text("an id in capitals", atom(entry("<id>HTTP://a.ir/1</id>")), ("HTTP://a.ir/1",)),
    _text("a guid below the site", rss('<item><guid isPermaLink="true">/1</guid></item>'), (ONE,)),
    _text("a host without a scheme", rss(item("a.ir/1"), item("www.a.ir/2")), (ONE, "http://www.a.ir/2")),
    _text("two relations at once", atom(entry('<link rel="alternate bookmark" href="/1"/>')), (ONE,)),
    _text("a relation in capitals", atom(entry('<link rel="Alternate" href="/1"/>')), (ONE,)),
    _text("a relation that is empty", atom(entry('<link rel="" href="/1"/>')), (ONE,)),
    _text("an enclosure before the address", rss(f'<item><enclosure url="/a.mp3"/><comments>/c</comments><link>{ONE}</link></item>'), (ONE,)),
    _text("a title in base64", atom('<entry><title mode="base64">2K7YqNixINuM2qk=</title><link href="/1"/></entry>'), (ONE,), title=TITLE),
    _text("a script in a title", rss(item(title="<![CDATA[خبر<script>x()</script> یک<!-- ۲ -->]]>")), (ONE,), title=TITLE),
    _text("two links", rss(f"<item><link>{ONE}</link><link>{TWO}</link></item>"), (ONE,)),
    _text("rss in a namespace that is its own", GOOD.replace("<rss ", '<rss xmlns="http://www.rssboard.org/rss-specification" '), title=TITLE),
    _text("rss 2.0 in the namespace of a blog", GOOD.replace("<rss ", '<rss xmlns="http://backend.userland.com/RSS2" '), title=TITLE),
    _text("atom of the future", atom(entry(LINK), root='<feed xmlns="http://purl.org/atom/ns#draft-ietf-atompub-format-03">'), (ONE,)),
    _text("sitemaps in a set of addresses", sitemap().replace("</urlset>", f"<sitemap><loc>{ONE}</loc></sitemap></urlset>"), (ONE,)),
    _text("rss in an envelope", f"<feeds>{rss(TWO_ITEMS, head='')}</feeds>", title=TITLE, repaired=True),
    _text("atom in an envelope", f"<x:e xmlns:x='urn:x'>{atom(entry(LINK)).partition('?>')[2]}</x:e>", (ONE,), repaired=True),
    _text("atom in a declared envelope", f"<?xml version='1.0'?><e>{atom(entry(LINK)).partition('?>')[2]}</e>", (ONE,)),
    _text("a news sitemap in another prefix", sitemap("<loc>/1</loc><g:news xmlns:g='http://www.google.com/schemas/sitemap-news/0.9'>"
          "<g:publication_date>2026-11-27</g:publication_date></g:news>"), (ONE,), at="2026-11-27T00:00:00+00:00"),
    _text("a news sitemap whose prefix nobody declares", sitemap("<loc>/1</loc><news:news><news:publication_date>2026-11-27"
          f"</news:publication_date><news:title>{TITLE}</news:title></news:news>"), (ONE,), at="2026-11-27T00:00:00+00:00", repaired=True),
    _text("an image without its own address", sitemap("<image:image><image:loc>/a.jpg</image:loc></image:image><loc>/1</loc>"), (ONE,), repaired=True),
]  # fmt: skip

BYTES = [
    _bytes("two byte order marks", b"\xef\xbb\xbf\xef\xbb\xbf" + GOOD.encode(), title=TITLE),
    _bytes(
        "a byte order mark behind the declaration", GOOD.replace("?><rss", "?>\ufeff<rss").encode(), title=TITLE, repaired=True
    ),
    _bytes("utf-32 with a mark", GOOD.replace("utf-8", "utf-32").encode("utf-32"), title=TITLE),
    _bytes("utf-32 without one", GOOD.replace("utf-8", "utf-32").encode("utf-32-be"), title=TITLE),
    _bytes("utf-16 of the other order", GOOD.encode("utf-16-be"), title=TITLE),
    _bytes("utf-8 that is declared utf-16", GOOD.replace("utf-8", "utf-16").encode(), title=TITLE),
    _bytes("utf-8 that the header calls windows-1256", GOOD.encode(), content_type="text/xml;charset=windows-1256", title=TITLE),
    _bytes(
        "windows-1256 with a wrong byte",
        rss(TWO_ITEMS, head="").replace("ی", "ي").encode("cp1256") + b"\x00",
        title="خبر يک",
        content_type="text/xml; charset=windows-1256",
        repaired=True,
    ),
    _bytes("windows-1256 that is declared utf-8", GOOD.replace("ی", "ي").encode("cp1256"), title="خبر يک", repaired=True),
    _bytes(
        "iso-8859-6, declared",
        rss(TWO_ITEMS.replace("خبر یک", "خبر")).replace("utf-8", "iso-8859-6").encode("iso-8859-6"),
        title="خبر",
        repaired=True,
    ),
    _bytes("nulls at the end", GOOD.encode() + b"\0" * 50, title=TITLE, repaired=True),
    _bytes("a byte in the middle of a tag", GOOD.encode().replace(b"<title>", b"<ti\x02tle>", 1), repaired=True),
    _bytes("a sitemap of lines in utf-16", f"{ONE}\n{TWO}\n".encode("utf-16")),
    _bytes("a sitemap of lines under a remark", f"# all\n{ONE}\n{TWO}\n".encode(), lost=1, content_type="text/plain"),
    _bytes(
        "a sitemap of lines with schemes in capitals", b"HTTP://a.ir/1\nHttps://a.ir/2\n", ("HTTP://a.ir/1", "Https://a.ir/2")
    ),
    _bytes("a sitemap of lines that end as on an old Macintosh", f"{ONE}\r{TWO}\r".encode()),
]

WORDS = [
    _dated("جمعه، ۶ آذر ۱۴۰۵ ۲۲:۰۰", "2026-11-27T22:00:00+03:30"),
    _dated("جمعه 06 آذر 1405 - 22:00:00", "2026-11-27T22:00:00+03:30"),
    _dated("6 آذر 1405", "2026-11-27T00:00:00+03:30"),
    _dated("۲۷ نوامبر ۲۰۲۶ ساعت ۲۲:۰۰", "2026-11-27T22:00:00+03:30"),
    _dated("Fri, 06 Azar 1405 22:00:00 +0330", "2026-11-27T22:00:00+03:30"),
    _dated("Fri, 06 Azr 1405 22:00:00 +0330", None),
    _dated("11/27/2026 10:00:00 PM", "2026-11-27T22:00:00+00:00"),
    _dated("11/10/2026 10:00:00 PM", None),
    _dated("27/11/2026 22:00", "2026-11-27T22:00:00+00:00"),
    _dated("27.11.2026 22:00:00", "2026-11-27T22:00:00+00:00"),
    _dated("2026/11/27 10:00:00 ب.ظ", "2026-11-27T22:00:00+03:30"),
    _dated("1405/09/06 12:05 ق.ظ", "2026-11-27T00:05:00+03:30"),
    _dated("Fri, 27 Nov 2026 10:00:00 PM +0330", "2026-11-27T22:00:00+03:30"),
    _dated("1795804200", "2026-11-27T18:30:00+00:00"),
    _dated("1795804200000", "2026-11-27T18:30:00+00:00"),
    _dated("Fri, 27 Nov 2026 24:00:00 GMT", "2026-11-28T00:00:00+00:00"),
    _dated("Fri, 27 Nov 2026 22:00:00 Z", "2026-11-27T22:00:00+00:00"),
    _dated("Fri, 27 Nov 2026 22:00:00 +0330 (IRST)", "2026-11-27T22:00:00+03:30"),
    _dated("Fri, 27 Nov 2026 22:00:00 Asia/Tehran", "2026-11-27T22:00:00+03:30"),
    _dated("2026-11-27T22:00:00+0330", "2026-11-27T22:00:00+03:30"),
    _dated("2026-11-27T22:00:00 +03:30", "2026-11-27T22:00:00+03:30"),
    _dated("2026-11-27T22:00+03:30", "2026-11-27T22:00:00+03:30"),
    _dated("2026-11-27T22:00:00.123456789Z", "2026-11-27T22:00:00+00:00"),
    _dated("2026-11-27T22Z", "2026-11-27T22:00:00+00:00"),
    _dated("2026-W48-5", "2026-11-27T00:00:00+00:00"),
    _dated("Friday, November 27, 2026, 10:00 PM", "2026-11-27T22:00:00+00:00"),
    _dated("Fri, 2026/11/27 22:00:00 UTC", "2026-11-27T22:00:00+00:00"),
    _dated("Thu, 27 Nov 2026 22:00:00 GMT", "2026-11-27T22:00:00+00:00"),
    _dated("27 Nov 2026 22:00:00 +0330", "2026-11-27T22:00:00+03:30"),
    _dated("27 November 2026", "2026-11-27T00:00:00+00:00"),
    _dated("Fri,27 Nov 2026 22:00:00 GMT", "2026-11-27T22:00:00+00:00"),
    _dated("Fri, 27 Nov 2026 22:00:00 +zz:00", None),
    _dated("2026-13-01", None),
    _dated("1405/13/01", None),
    _dated("12", None),
    _dated("179580420", None),
]

ROW = {"url": "/1", "title": TITLE, "date_published": "2026-11-27T22:00:00+03:30"}
FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "items", "items": [ROW, {"url": TWO}]}, ensure_ascii=False
)
JSON = [
    _text("JSON Feed that is cut off", FEED[:-12], (ONE,), repaired=True, lost=1, title=TITLE),
    _text("JSON Feed with a bare line end", FEED.replace("خبر یک", "خبر\n یک"), title=TITLE),
    _text("JSON Feed with a comma too many", FEED.replace("}]}", "},]}"), repaired=True, title=TITLE),
    _text("JSON Feed in a notice of PHP", f"<br /><b>Notice</b>: x\n{FEED}", repaired=True, title=TITLE),
    _bytes("JSON Feed in utf-16", FEED.encode("utf-16"), title=TITLE),
    _text("JSON Feed with a moment in seconds", json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{**ROW, "date_published": 1795804200}]}),
          (ONE,), at="2026-11-27T18:30:00+00:00"),
    _text("JSON Feed with numbers for names", json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"id": 7, "url": ONE, "title": 7}]}),
          (ONE,)),
]  # fmt: skip

HARDER = [*UNCLOSED, *WRAPPED, *BYTES, *WORDS, *JSON]
