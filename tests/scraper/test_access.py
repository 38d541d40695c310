"""Proxies, headers, cookies, certificates: declared for a publisher or for all, secrets from the environment and nowhere else."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager

import pytest
from conftest import Bench
from fault_server import FaultServer, article, redirect, reply
from forked_command import bayegan

from scraper.access import Access, AccessError, tls_context
from scraper.config_file import read_config_access
from scraper.errors import RegistryError
from scraper.network_guard import is_public


@pytest.mark.survives("private addresses wrapped in public ones", "crawl", "refused")
@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
     "64:ff9b:1::1", "64:ff9b:1:ffff::8.8.8.8", "2002:7f00:1::", "fe80::1", "fec0::1", "fc00::1", "3fff::1", "5f00::1",
     "2001:db8::1", "fe80::5efe:8.8.8.8", "2001:41d0::5efe:127.0.0.1", "2001:41d0::200:5efe:10.0.0.1", "169.254.169.254",
     "ff02::1", "224.0.0.1", "100.64.0.1", "192.0.2.1", "no address", ""],
)  # fmt: skip
def test_no_private_address_is_public_whatever_it_is_wrapped_in(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:41d0::1", "64:ff9b::8.8.8.8", "2a00:1450:4001:81b::200e"])
def test_public_addresses_are(address):
    assert is_public(address)


def test_a_site_that_sets_a_cookie_and_redirects_to_itself_gives_its_page(bench, server):
    async def door(request, writer):
        known = "seen=1" in request.headers.get("cookie", "")
        await (reply(article(1)) if known else reply(b"", 302, Location="/fa/news/1", Set_Cookie="seen=1; Path=/"))(
            request, writer
        )

    server.pages |= {"/fa/news/1": door, "/fa/news/2": door}
    server.feed("/fa/news/1")
    assert bench.crawl().exit_code == 0
    assert (bench.documents(), bench.issues()) == (1, {})
    assert "seen" not in str(bench.rows("SELECT request_headers FROM captures"))
    server.requests.clear()
    bench.crawl()
    assert not server.requests[0].headers.get("cookie")  # the jar is of one run


def test_a_site_that_sets_cookies_for_ever_is_a_loop(bench, server):
    async def door(request, writer):
        await reply(b"", 302, Location="/fa/news/1", Set_Cookie=f"seen={len(server.requests)}; Path=/")(request, writer)

    server.pages["/fa/news/1"] = door
    server.feed("/fa/news/1")
    bench.crawl()
    assert bench.issues() == {"redirect_loop": "error"}
    assert server.paths().count("/fa/news/1") < 9


def test_headers_and_cookies_are_sent_to_the_publishers_own_site_and_kept_nowhere(bench, server, monkeypatch):
    monkeypatch.setenv("DESK_KEY", "s3cret")
    with FaultServer(host="127.0.7.2") as other:
        bench.set(access=Access(headers={"X-Key": "${DESK_KEY}"}, cookies={"desk": "${DESK_KEY}"}, user_agent="desk/1"))
        server.feed("/fa/news/1")
        server.pages["/fa/news/1"] = reply(article(1))
        other.pages["/x"] = reply("x")
        assert bench.crawl().exit_code == 0
        page = next(request for request in server.requests if request.path == "/fa/news/1")
    assert (page.headers["x-key"], page.headers["cookie"], page.headers["user-agent"]) == ("s3cret", "desk=s3cret", "desk/1")
    assert "s3cret" not in str(bench.rows("SELECT request_headers, headers FROM captures"))


@pytest.mark.parametrize(
    ("access", "says"),
    [
        (Access(proxy="${NO_SUCH_THING}"), "NO_SUCH_THING is not set"),
        (Access(headers={"X": "${NO_SUCH_THING}"}), "access.headers.X"),
        (Access(proxy="ftp://127.0.0.1"), "access.proxy"),
        (Access(proxy="http://[half"), "access.proxy"),
        (Access(headers={"X Y": "1"}), "access.headers.X Y"),
        (Access(headers={"X": "a\nb"}), "access.headers.X"),
        (Access(cookies={"X": "خ"}), "access.cookies.X"),
    ],
)
def test_an_access_that_cannot_be_used_is_named_by_its_key(access, says):
    with pytest.raises(AccessError, match=says):
        access.resolved("http://a.ir/")


def test_what_a_publisher_says_stands_over_what_is_said_for_all():
    own, common = Access(proxy="none", headers={"A": "1"}), Access(proxy="env", headers={"A": "2", "B": "3"}, ca="x.pem")
    assert own.over(common) == Access(proxy="none", headers={"A": "1", "B": "3"}, ca="x.pem")
    assert own.over(common).resolved("http://a.ir/").proxy is None


def test_environment_proxies_are_used_where_it_says_so_and_nowhere_else(bench, server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = reply(article(1))
    assert bench.crawl().exit_code == 0
    bench.set(access=Access(proxy="env"))
    assert bench.crawl().exit_code == 4
    assert bench.issues() == {"robots_unavailable": "error"}


def write(folder, text):
    (folder / "bayegan.toml").write_text(text, encoding="utf-8")
    return folder / "bayegan.toml"


def test_the_configuration_file_is_the_folders_or_the_one_that_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BAYEGAN_CONFIG", raising=False)
    assert read_config_access() == Access()
    write(tmp_path, '[access]\nproxy = "env"\n')
    assert read_config_access() == Access(proxy="env")
    (tmp_path / "x").mkdir()
    monkeypatch.setenv("BAYEGAN_CONFIG", str(write(tmp_path / "x", '[access.headers]\nX = "1"\n')))
    assert read_config_access() == Access(headers={"X": "1"})


@pytest.mark.parametrize(
    ("text", "says"),
    [("[acces]\n", "acces: unknown key"), ('[access]\nproxi = "x"\n', "did you mean proxy"),
     ("[access]\nproxy = 1\n", "access.proxy"), ("[access.headers]\nX = 1\n", "access.headers.X"), ("[", "not readable as TOML")],
)  # fmt: skip
def test_a_configuration_file_that_does_not_hold_is_wrong_usage(tmp_path, text, says):
    path = write(tmp_path, text)
    done = bayegan("sources", "list", BAYEGAN_CONFIG=str(path))
    assert (done.returncode, says in done.stderr.decode()) == (2, True)


def test_a_configuration_file_that_is_missing_is_wrong_usage(tmp_path, monkeypatch):
    monkeypatch.setenv("BAYEGAN_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(RegistryError, match="no such file"):
        read_config_access()


def test_secrets_are_not_shown(tmp_path):
    text = '[access]\nproxy = "http://desk:s3cret@127.0.0.1:3128"\n[access.headers]\nX = "s3cret"\nY = "${DESK}"\n'
    path = write(tmp_path, text)
    shown = bayegan("sources", "show", "isna", BAYEGAN_CONFIG=str(path)).stdout.decode()
    assert "s3cret" not in shown
    assert "${DESK}" in shown
    done = bayegan("--db", tmp_path / "a.db", "crawl", "isna", BAYEGAN_CONFIG=str(path))
    assert (done.returncode, "DESK is not set" in done.stderr.decode(), "s3cret" in done.stderr.decode()) == (2, True, False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*command: str, port: int):
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield
        finally:
            process.terminate()


def socks(folder, port, user):
    name = ("-u", "desk", "-P", "s3cret") if user else ()
    return ("microsocks", "-i", "127.0.0.1", "-p", str(port), *name)


def tinyproxy(folder, port, user):
    config = folder / "tinyproxy.conf"
    lines = [f"Port {port}", "Listen 127.0.0.1", "Timeout 60", *(["BasicAuth desk s3cret"] if user else [])]
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ("tinyproxy", "-d", "-c", str(config))


@pytest.mark.parametrize("user", ["", "desk:${DESK}@"])
@pytest.mark.parametrize(("scheme", "command"), [("socks5", socks), ("http", tinyproxy)])
def test_a_crawl_goes_through_a_real_proxy(bench, server, tmp_path, monkeypatch, scheme, command, user):
    port = free_port()
    line = command(tmp_path, port, user)
    if shutil.which(line[0]) is None:
        pytest.skip(f"{line[0]} is not installed")
    monkeypatch.setenv("DESK", "s3cret")
    server.feed("/fa/news/1", "/fa/news/2", "http://10.0.0.8/x")
    server.pages |= {"/fa/news/1": reply(article(1)), "/fa/news/2": redirect("http://127.0.0.1:9/")}
    bench.set(access=Access(proxy=f"{scheme}://{user}127.0.0.1:{port}"))
    assert bench.crawl().exit_code == 4
    assert server.requests == []
    with running(*line, port=port):
        assert bench.crawl().exit_code == 1
    assert bench.documents() == 1
    assert bench.issues() == {"forbidden_address": "error"}
    assert "s3cret" not in str(bench.rows("SELECT message, url FROM issues"))


@pytest.fixture
def certificate(tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    names = ["-subj", "/CN=127.0.7.1", "-addext", "subjectAltName=IP:127.0.7.1"]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "ca.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path / "ca.pem", tmp_path / "key.pem"


def test_a_certificate_is_trusted_where_it_is_declared_and_the_failure_names_it_elsewhere(tmp_path, certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    with FaultServer(tls=context) as server:
        bench = Bench(server, tmp_path / "a.db")
        server.feed("/fa/news/1")
        server.pages["/fa/news/1"] = reply(article(1))
        assert bench.crawl().exit_code == 4
        assert "self-signed certificate" in str(bench.rows("SELECT message FROM issues"))
        bench.set(access=Access(ca=str(certificate[0])))
        assert bench.crawl().exit_code == 0
    assert bench.documents() == 1


def test_a_file_that_holds_no_certificates_is_named(tmp_path):
    (tmp_path / "x.pem").write_text("nothing", encoding="utf-8")
    with pytest.raises(AccessError, match="cannot be read as certificates"):
        tls_context(str(tmp_path / "x.pem"), ssl.create_default_context())
