"""What watches found reaches people: real mail, a real webhook, feeds; once, through crashes too."""

from __future__ import annotations

import email
import email.policy
import json
import re
import socket
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as ET

import pytest
from aiosmtpd.controller import Controller
from fault_server import article, reply
from forked_command import Command, bayegan

from db import Archive
from scraper import alerts
from scraper.alerts import Alerts, deliver, follow_watches
from scraper.clock import today
from scraper.config_file import Config
from scraper.errors import RegistryError
from scraper.registry import load_publishers

BALE = "پیام‌رسان بله نیز به این شبکه پیوست و کاربران آن را خواهند دید. "


class Mailbox:
    """A mail server's memory."""

    def __init__(self) -> None:
        self.messages: list[email.message.EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.refuses:
            return "451 later"
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def mailbox():
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box.port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


class Hook(ThreadingHTTPServer):
    """A webhook: keeps what it is told; `stalls` keeps the sender waiting for an answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _HookHandler)
        self.told: list[str] = []
        self.status = 200
        self.stalls = False

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.server_address[1]}/told"


class _HookHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.told.append(json.loads(body)["message"])
        while self.server.stalls:
            time.sleep(0.01)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def hook():
    server = Hook()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.stalls = False
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk(bench, server, hook, tmp_path):
    """A publisher on a server, a watch for messengers with a webhook, and a command that crawls the one for the other."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "sobhgah.toml").write_text(
        f'slug = "sobhgah"\nname = "صبحگاه"\nhomepage = "{server.base}/"\ncms = "iransamaneh"\nallow_private = true\n'
        'recheck = 0\n[politeness]\ndelay = 0.01\nretries = 0\n[[discover]]\nkind = "rss"\nurl = "/rss"\n',
        encoding="utf-8",
    )
    (tmp_path / "bayegan.toml").write_text(
        f'archive = "a.db"\nsources = "sources"\n[alerts]\nfeeds = "feeds"\n[alerts.to]\nhook = "{hook.address}"\n'
        '[watches.bale]\nquery = "messenger:bale"\nto = ["hook"]\n',
        encoding="utf-8",
    )
    (tmp_path / "first.txt").write_text("تیتر\n\nمتنی که نام هیچ پیام‌رسانی در آن نیست و تنها برای آغاز بایگانی است.\n")
    assert run(tmp_path, "add", "first.txt").returncode == 0
    return tmp_path


def run(folder, *words):
    return bayegan(*words, cwd=folder, BAYEGAN_CONFIG=str(folder / "bayegan.toml"))


def crawl(folder):
    return run(folder, "crawl", "sobhgah")


def serve_articles(server, *numbers, text=BALE):
    server.feed(*(f"/fa/news/{n}" for n in numbers))
    server.pages |= {f"/fa/news/{n}": reply(article(n, text * 3)) for n in numbers}


def links(texts):
    return sorted(link for text in texts for link in re.findall(r"/fa/news/\d+", text))


def rows(folder, sql):
    with Archive(folder / "a.db", readonly=True) as archive:
        return archive.db.execute(sql).fetchall()


RECORD = (
    "SELECT count(*), count(DISTINCT i.item), sum(d.state = 'sent') "
    "FROM watch_items i JOIN watch_deliveries d ON d.item_id = i.id"
)


def test_a_webhook_is_told_of_each_new_document_once(desk, server, hook):
    serve_articles(server, 1, 2)
    assert crawl(desk).returncode == 0
    serve_articles(server, 1, 2, 3)
    assert crawl(desk).returncode == 0
    assert crawl(desk).returncode == 0
    assert links(hook.told) == ["/fa/news/1", "/fa/news/2", "/fa/news/3"]
    assert len(hook.told) == 2
    assert "*بله*" in hook.told[0]
    assert rows(desk, RECORD) == [(3, 3, 3)]


def test_killed_anywhere_in_a_crawl_each_document_is_told_exactly_once(desk, server, hook):
    serve_articles(server, *range(1, 9))
    for served in (2, 5):
        command = Command("crawl", "sobhgah", cwd=desk, BAYEGAN_CONFIG=str(desk / "bayegan.toml"))
        while len([path for path in server.paths() if "news" in path]) < served and command.running():
            time.sleep(0.005)
        command.kill()
    assert hook.told == []
    assert crawl(desk).returncode == 0
    assert links(hook.told) == sorted(f"/fa/news/{n}" for n in range(1, 9))
    assert rows(desk, RECORD) == [(8, 8, 8)]


def test_killed_while_it_tells_nothing_is_lost_and_nothing_doubled_in_the_record(desk, server, hook):
    serve_articles(server, 1)
    hook.stalls = True
    command = Command("crawl", "sobhgah", cwd=desk, BAYEGAN_CONFIG=str(desk / "bayegan.toml"))
    while not hook.told and command.running():
        time.sleep(0.005)
    command.kill()
    hook.stalls = False
    assert rows(desk, "SELECT state FROM watch_deliveries") == [("sending",)]
    assert crawl(desk).returncode == 0
    assert crawl(desk).returncode == 0
    assert links(hook.told) == ["/fa/news/1", "/fa/news/1"]
    assert rows(desk, RECORD) == [(1, 1, 1)]
    assert len(ET.parse(desk / "feeds" / "bale.atom").getroot().findall("{http://www.w3.org/2005/Atom}entry")) == 1


def test_a_target_that_refuses_is_told_again_after_the_next_run_and_fails_this_one(desk, server, hook):
    serve_articles(server, 1)
    hook.status = 500
    done = crawl(desk)
    assert done.returncode == 1
    assert "watch bale: hook could not be told" in done.stderr.decode()
    assert rows(desk, "SELECT state, attempts FROM watch_deliveries") == [("waiting", 1)]
    assert "could" not in (listed := run(desk, "watch", "list").stdout.decode())
    assert "500" in listed or "notification" in listed
    hook.status = 200
    assert crawl(desk).returncode == 0
    assert rows(desk, RECORD) == [(1, 1, 1)]


def test_mail_comes_with_passage_evidence_and_link(desk, server, mailbox):
    config = (desk / "bayegan.toml").read_text(encoding="utf-8")
    address = f"mailto://127.0.0.1:{mailbox.port}?mode=insecure&from=archive@example.org&to=desk@example.org"
    config = re.sub('hook = ".*"', f'hook = "{address}"', config).replace("[alerts]\n", '[alerts]\nsite = "https://a.example"\n')
    (desk / "bayegan.toml").write_text(config, encoding="utf-8")
    serve_articles(server, 1)
    mailbox.refuses = True
    assert crawl(desk).returncode == 1
    mailbox.refuses = False
    done = crawl(desk)
    assert done.returncode == 0, done.stderr.decode()
    [message] = mailbox.messages
    text = message.get_body(("plain",)).get_content()
    assert message["subject"] == "bayegan: bale: 1"
    assert "*بله*" in text
    assert "(بله · " in text
    document = rows(desk, "SELECT document_id FROM watch_items WHERE content IS NOT NULL")[0][0]
    assert f"https://a.example/document/{document}" in text


def test_a_digest_waits_until_its_day_is_over(desk, server, hook, monkeypatch):
    config = (desk / "bayegan.toml").read_text(encoding="utf-8")
    (desk / "bayegan.toml").write_text(config + 'digest = "day"\n', encoding="utf-8")
    for numbers in ((1,), (1, 2)):
        serve_articles(server, *numbers)
        assert crawl(desk).returncode == 0
    assert hook.told == []
    values = {"alerts.to.hook": hook.address}
    tomorrow = today() + timedelta(days=1)
    monkeypatch.setattr(alerts, "today", lambda: tomorrow)
    with Archive(desk / "a.db") as archive:
        assert deliver(archive, Config(None, values), print)
        assert deliver(archive, Config(None, values), print)
    [told] = hook.told
    assert links([told]) == ["/fa/news/1", "/fa/news/2"]


def test_many_finds_are_told_in_several_messages_none_left_out(desk, hook, tmp_path):
    paths = []
    for number in range(30):
        paths.append(desk / f"{number}.txt")
        paths[-1].write_text(f"تیتر شماره {number}\n\n{BALE * 2} شماره {number}.\n", encoding="utf-8")
    assert run(desk, "add", *paths).returncode == 0
    assert [text.count("*بله*") > 0 for text in hook.told] == [True, True]
    assert rows(desk, RECORD) == [(30, 30, 30)]


def test_without_apprise_it_says_how_to_get_it_and_what_waits_stays(desk, server, monkeypatch):
    serve_articles(server, 1)
    monkeypatch.setattr(alerts, "find_spec", lambda _name: None)
    config = Config(None, {"alerts.to.hook": "json://127.0.0.1:9/"})
    assert run(desk, "watch", "list").returncode == 0
    crawl(desk)
    with Archive(desk / "a.db") as archive:
        [(item,)] = archive.db.execute("SELECT item_id FROM watch_deliveries").fetchall()
        archive.watches.note_delivery([item], "hook", "waiting")
        said: list[str] = []
        assert deliver(archive, config, said.append) is False
        assert said == ["alerts need Apprise: pip install 'bayegan[alerts]'"]
        assert len(archive.watches.waiting()) == 1


@pytest.mark.parametrize(
    ("values", "says"),
    [({}, "alerts.to.desk: is not in"), ({"alerts.to.desk": "json://${NO_SUCH_VARIABLE}/"}, "NO_SUCH_VARIABLE is not set")],
)
def test_an_address_that_cannot_be_made_is_told_without_it(values, says):
    with pytest.raises(RegistryError, match=re.escape(says)):
        Alerts.of(Config(None, values)).address("desk")


def test_a_declared_watch_names_targets_that_are_there(desk):
    values = {"watches.x.query": "بله", "watches.x.to": ["nobody"]}
    with Archive(desk / "a.db") as archive, pytest.raises(RegistryError, match=r"watches\.x\.to: 'nobody' is no name"):
        follow_watches(archive, load_publishers(), Config(desk / "bayegan.toml", values))


def test_a_declared_watch_that_cannot_be_is_said_by_file_and_key(desk):
    config = Config(desk / "bayegan.toml", {"watches.x.query": "messenger:nosuch"})
    with (
        Archive(desk / "a.db") as archive,
        pytest.raises(RegistryError, match=r"bayegan\.toml: watches\.x\.query: messenger:nosuch"),
    ):
        follow_watches(archive, load_publishers(), config)


def test_the_commands_of_a_watch(desk, server, hook):
    serve_articles(server, 1)
    said = run(desk, "watch", "add", "health", "health", "--to", "hook").stdout.decode()
    assert "what comes is told to hook" in said
    assert [row["name"] for row in json.loads(run(desk, "watch", "list", "--json").stdout)] == ["bale", "health"]
    assert run(desk, "watch", "test", "bale").stdout.decode().strip() == "nothing matches yet"
    assert crawl(desk).returncode == 0
    tested = run(desk, "watch", "test", "bale", "--send")
    assert tested.returncode == 0
    assert "*بله*" in tested.stdout.decode()
    assert links(hook.told) == ["/fa/news/1", "/fa/news/1"]
    assert ET.fromstring(run(desk, "watch", "feed", "bale").stdout).tag.endswith("feed")
    assert run(desk, "watch", "remove", "health").returncode == 0
    assert not (desk / "feeds" / "health.atom").exists()


def test_a_dead_source_is_heard_of(desk, server, hook):
    assert run(desk, "watch", "add", "dead", "health:sobhgah", "--to", "hook").returncode == 0
    server.pages["/rss"] = reply("gone", 500)
    assert crawl(desk).returncode in (1, 4)
    assert crawl(desk).returncode in (1, 4)
    assert [text.splitlines()[0] for text in hook.told][:1] == ["sobhgah: http_error"]
    assert len(hook.told) == 1
