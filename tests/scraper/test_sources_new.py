"""`bayegan sources new`: a publisher's file drafted from a front page and its articles, saved or fetched."""

from __future__ import annotations

import json
import tomllib

import pytest
from click.testing import CliRunner
from fault_server import reply

from db.outputs import OutputRefused
from scraper.cli.main import bayegan
from scraper.cli.options import Settings
from scraper.publisher_file import read_publisher

HEADLINE = "سی چشمه کوهستان لایروبی می‌شود"
BODY = "<p>مدیر آب دهستان گفت که لایروبی سی چشمه از هفته آینده آغاز می‌شود و تا پایان پاییز ادامه دارد.</p>" * 3
ARTICLE = (
    "<html><head><meta name='generator' content='www.nastooh.ir'><title>{title}</title></head><body><article>{time}"
    "<h1 class='title'>{title}</h1><div class='item-body'><div class='item-text'>{body}</div></div></article></body></html>"
)
TIME = "<div class='item-date'><span>۱۲ تیر ۱۳۹۸ - ۲۲:۵۳</span></div>"


def page(time: str = TIME) -> str:
    return ARTICLE.format(title=HEADLINE, time=time, body=BODY)


def front(*paths: str) -> str:
    links = "".join(f"<li><a href='{path}'>{HEADLINE}</a></li>" for path in paths)
    return (
        "<html><head><title>پیک چشمه</title><link rel='alternate' type='application/rss+xml' href='/rss'></head>"
        f"<body><a href='/service/100'>سیاست</a><ul>{links}</ul><a href='https://other.example/news/999/x'>{HEADLINE}</a></body></html>"
    )


def run(*args: str):
    return CliRunner().invoke(bayegan, ["sources", "new", *args], obj=Settings(), standalone_mode=False)


@pytest.fixture
def saved(tmp_path):
    (tmp_path / "home.html").write_text(front("/news/4512/x", "/news/4513/y"), encoding="utf-8")
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    (tmp_path / "b.html").write_text(page(time=""), encoding="utf-8")
    return tmp_path


def test_saved_pages_give_a_file_that_holds(saved):
    result = run(
        "https://www.example-news.ir/", "--home", str(saved / "home.html"),
        "--article", str(saved / "a.html"), "https://www.example-news.ir/news/4512/x",
        "--article", str(saved / "b.html"), "https://www.example-news.ir/news/4513/y",
        "-o", str(saved / "new.toml"),
    )  # fmt: skip
    assert result.return_value == 0, result.output
    publisher = read_publisher(saved / "new.toml")
    assert (publisher.slug, publisher.name, publisher.cms) == ("example-news", "پیک چشمه", "nastooh")
    assert [source.kind for source in publisher.discover] == ["rss", "robots"]
    assert publisher.discover[0].accepts("https://www.example-news.ir/news/77812/z")
    assert not publisher.discover[0].accepts("https://www.example-news.ir/photo/77812/z")
    assert f"# title: {HEADLINE}" in result.output


def test_a_field_that_no_article_has_is_named(saved):
    result = run(
        "https://www.example-news.ir/", "--home", str(saved / "home.html"),
        "--article", str(saved / "b.html"), "https://www.example-news.ir/news/4513/y",
    )  # fmt: skip
    assert result.return_value == 1
    assert "# published_at: MISSING" in result.output


def test_a_front_page_is_fetched_with_two_of_its_articles(server):
    server.pages["/"] = reply(front("/news/4512/x", "/news/4513/y", "/news/4514/z"))
    server.pages |= {f"/news/{path}": reply(page()) for path in ("4512/x", "4513/y")}
    result = run(f"{server.base}/", "--allow-private", "--json")
    assert result.return_value == 0, result.output
    drafted = json.loads(result.output)
    assert drafted["verdicts"] == ["article", "article"]
    assert tomllib.loads(drafted["toml"])["cms"] == "nastooh"
    assert drafted["fields"]["published_at"] == ["2019-07-03T22:53:00+04:30"] * 2
    assert server.paths() == ["/robots.txt", "/", "/news/4512/x", "/news/4513/y"]


def test_an_address_that_is_none_and_a_file_that_exists_are_wrong_usage(saved):
    assert CliRunner().invoke(bayegan, ["sources", "new", "ftp://x.ir"], obj=Settings()).exit_code == 2
    taken = ["sources", "new", "https://x.ir/", "-o", str(saved / "a.html")]
    assert isinstance(CliRunner().invoke(bayegan, taken, obj=Settings()).exception, OutputRefused)


GENERIC = (
    "<html><head><title>{title} | پیک چشمه</title></head><body><div class='topline'>دوشنبه ۲۶ آبان ۱۴۰۴</div>"
    "<div class='story'><h1 class='story-head'>{title}</h1><div class='story-when'>{time}</div>"
    "<div class='story-words' id='w{id}'>{body}</div></div></body></html>"
)


def test_a_page_of_no_known_system_gets_selectors_that_were_tried(tmp_path):
    for name, number, day in (("a", 4512, "۱۲ تیر ۱۳۹۸ - ۲۲:۵۳"), ("b", 4513, "۱۳ تیر ۱۳۹۸ - ۱۰:۰۰")):
        text = GENERIC.format(title=f"{HEADLINE} {name}", time=day, body=BODY, id=number)
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    (tmp_path / "home.html").write_text(front("/news/4512/x", "/news/4513/y"), encoding="utf-8")
    result = run(
        "https://www.example-news.ir/", "--home", str(tmp_path / "home.html"),
        "--article", str(tmp_path / "a.html"), "https://www.example-news.ir/news/4512/x",
        "--article", str(tmp_path / "b.html"), "https://www.example-news.ir/news/4513/y",
        "-o", str(tmp_path / "new.toml"),
    )  # fmt: skip
    assert result.return_value == 0, result.output
    publisher = read_publisher(tmp_path / "new.toml")
    assert publisher.fields == {"title": ".story-head", "body": ".story-words", "published_at": ".story-when"}
    assert "# published_at (printed) (.story-when): 2019-07-03T22:53:00+04:30 | 2019-07-04T10:00:00+04:30" in result.output
