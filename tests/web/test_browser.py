"""A walk through all pages in headless Chromium: drawn from right to left, in our font, by keyboard, on a phone, in the dark."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from web_archive import LAW

from db.archive import Archive
from db.web.report import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("datasette", reason="the extra `web` is not installed")
webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Debian's chromium and chromium-driver")

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
# Addresses of what the archive numbers as it likes are looked up: LAW, CLAUSE.
PAGES = ("/", "/search?q=%D8%A8%D9%84%D9%87", "/search", "/document/1", "/document/2", "/document/2/changes", "/messengers",
         "/messenger/bale", "/laws", "LAW", "CLAUSE",
         "COMPARE", "CLAUSE_ON", "/sessions", "/session/1/36", "/questions", "/question/where_named",
         "/question/clause_on_a_day", "/question/where_named?limit=x", "/health", "/nowhere", "/compare",
         "/compare?what=messenger&a=bale&b=gap", "/sql", "/watches", "/document/2/revision/1")  # fmt: skip
BOTH = (*PAGES, *(f"/en{page}" for page in PAGES))
ADDRESSES = {
    "LAW": "/instrument/{}", "CLAUSE": "/clause/{}/art_2", "COMPARE": "/instrument/{}/compare?a=1399-02-03",
    "CLAUSE_ON": "/clause/{}/art_2?on=1400-01-01",
}  # fmt: skip
ODD = ("/", "/search?q=%D8%A8%D9%84%D9%87", "/document/1", "/document/2", "/document/3", "/document/3/changes", "/messenger/bale",
       "/question/where_named", "/question/changed_after_publication")  # fmt: skip


@pytest.fixture(scope="module")
def address(archive_path: Path) -> Iterator[str]:
    """The real command, on a free port."""
    yield from _served(archive_path)


@pytest.fixture(scope="module")
def odd_address(odd_path: Path) -> Iterator[str]:
    """The same on an archive of texts that layouts do not expect."""
    yield from _served(odd_path)


def _served(archive_path: Path) -> Iterator[str]:
    run = "from scraper.cli.main import main; main()"
    command = [sys.executable, "-u", "-c", run, "--db", str(archive_path), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        found = server.stdout.readline().split()[0].rstrip("/")
        for _ in range(100):
            try:
                urllib.request.urlopen(found, timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield found
        server.terminate()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def _get(browser: Any, address: str, page: str) -> None:
    language, page = ("/en", page[3:]) if page.startswith("/en") else ("", page)
    if page in ADDRESSES:
        with urllib.request.urlopen(f"{address}/laws.json", timeout=5) as answer:
            number = next(row["instrument_id"] for row in json.load(answer)["rows"] if row["title"] == LAW)
        page = ADDRESSES[page].format(number)
    browser.get(address + language + page)


def _show(browser: Any, *, width: int = 1200, scheme: str = "light") -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})


@pytest.mark.parametrize("page", BOTH)
def test_a_page_runs_as_its_language_does_and_the_browser_does_not_complain(browser: Any, address: str, page: str) -> None:
    _show(browser)
    browser.get_log("browser")
    _get(browser, address, page)
    assert browser.execute_script("return getComputedStyle(document.body).direction") == (
        "ltr" if page.startswith("/en") else "rtl"
    )
    assert browser.execute_async_script("document.fonts.ready.then(() => arguments[0](document.fonts.check('16px Vazirmatn')))")
    complaints = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert not [text for text in complaints if not text.endswith(("(Not Found)", "(Bad Request)"))], complaints
    hosts = browser.execute_script("return performance.getEntriesByType('resource').map(entry => new URL(entry.name).host)")
    assert set(hosts) <= {address.removeprefix("http://")}


@pytest.mark.parametrize("page", BOTH)
def test_a_phone_never_scrolls_sideways(browser: Any, address: str, page: str) -> None:
    _show(browser, width=390)
    _get(browser, address, page)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", BOTH)
def test_nothing_is_hard_to_read_or_to_reach(browser: Any, address: str, page: str, scheme: str) -> None:
    axe_core = pytest.importorskip("axe_core_python.selenium", reason="axe-core-python is not installed")
    _show(browser, scheme=scheme)
    _get(browser, address, page)
    found = axe_core.Axe().run(browser)
    told = [(fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in found["violations"]]
    assert not told


@pytest.mark.parametrize("page", ODD)
def test_endless_words_and_titles_do_not_break_a_phone_either(browser: Any, odd_address: str, page: str) -> None:
    _show(browser, width=390)
    browser.get(odd_address + page)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    script = "return [...document.querySelectorAll('.reports .title, .plain .title')].map(one => one.clientHeight)"
    assert all(height < 110 for height in browser.execute_script(script)), "a title in a list takes more than three lines"


def test_the_address_of_a_law_that_has_no_title_breaks_on_a_phone(browser: Any, odd_address: str) -> None:
    with urllib.request.urlopen(f"{odd_address}/laws.json", timeout=5) as answer:
        law = max(json.load(answer)["rows"], key=lambda row: len(row["uri"]))
    assert len(law["uri"]) > 120
    _show(browser, width=390)
    browser.get(f"{odd_address}/instrument/{law['instrument_id']}")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


def test_names_of_columns_are_not_cut_to_pieces_on_a_phone(browser: Any, address: str) -> None:
    _show(browser, width=390)
    _get(browser, address, "/sql")
    widths = browser.execute_script("return [...document.querySelectorAll('td.code')].map(cell => cell.clientWidth)")
    assert min(widths) > 250
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [390, 800, 1200])
def test_a_tip_is_never_cut_off(browser: Any, odd_address: str, width: int) -> None:
    _show(browser, width=width)
    browser.get(odd_address + "/document/2")
    script = (
        "return [...document.querySelectorAll('article .mark[data-tip]')].map(mark => { mark.focus();"
        "return document.documentElement.scrollWidth; })"
    )
    found = browser.execute_script(script)
    assert found
    assert max(found) <= width


def test_plots_have_letters_that_can_be_read(browser: Any, address: str) -> None:
    script = (
        "return [...document.querySelectorAll('svg.plot')].filter(plot => plot.getBoundingClientRect().width).map(plot =>"
        "12 * plot.getBoundingClientRect().width / plot.viewBox.baseVal.width)"
    )
    for width in (390, 700, 1200):
        _show(browser, width=width)
        browser.get(address + "/messenger/bale")
        (size,) = browser.execute_script(script)
        assert 9.5 < size < 24, width


def test_on_paper_everything_is_there_and_the_menus_are_not(browser: Any, address: str) -> None:
    _show(browser, scheme="dark")
    browser.get(address + "/document/2")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    script = (
        "const aside = document.querySelector('aside');"
        "return [getComputedStyle(document.querySelector('header')).display, aside.scrollHeight - aside.clientHeight,"
        "getComputedStyle(document.body).backgroundColor]"
    )
    header, hidden, paper = browser.execute_script(script)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert (header, paper) == ("none", "rgb(255, 255, 255)")
    assert hidden <= 1


def test_tables_of_datasette_keep_the_names_of_their_columns_on_a_phone(browser: Any, address: str) -> None:
    _show(browser, width=390)
    browser.get(address + "/archive/articles")
    script = (
        "const head = document.querySelector('.rows-and-columns thead th').getBoundingClientRect();"
        "return [head.height > 0 && head.top >= 0, document.documentElement.scrollWidth]"
    )
    shown, width = browser.execute_script(script)
    assert shown
    assert width <= 390


def test_the_report_is_drawn_in_its_own_font_from_one_file(browser: Any, archive_path: Path, tmp_path: Path) -> None:
    with Archive(archive_path, readonly=True) as archive:
        page = write(archive.db, tmp_path, archive_path)[0]
    for width in (390, 1200):
        _show(browser, width=width)
        browser.get_log("browser")
        browser.get(page.as_uri())
        loaded = "document.fonts.ready.then(fonts => arguments[0]([...fonts].map(face => face.status)))"
        assert browser.execute_async_script(loaded) == ["loaded"]
        assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_the_text_and_every_mark(browser: Any, address: str) -> None:
    from selenium.webdriver.common.keys import Keys

    _show(browser)
    browser.get(address + "/document/2")
    seen = []
    for _ in range(60):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        active = browser.switch_to.active_element
        seen.append(f"{active.get_attribute('class')} {active.text}".strip())
    assert seen[0] == "skip رفتن به متن"
    assert any(text.startswith("mark messengers") and "بله" in text for text in seen)
    assert any(text.startswith("mark agencies") for text in seen)


def test_a_tip_tells_the_rule_of_a_mention(browser: Any, address: str) -> None:
    _show(browser)
    browser.get(address + "/document/2")
    script = (
        "const mark = document.querySelector('article .mark.messengers'); mark.focus();"
        "return [getComputedStyle(mark, '::after').content, mark.dataset.tip]"
    )
    shown, tip = browser.execute_script(script)
    assert tip
    assert tip.split(" — ")[0] in shown


def test_a_search_goes_from_the_first_page_to_a_marked_article(browser: Any, address: str) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    _show(browser)
    browser.get(address + "/")
    browser.find_element(By.ID, "q").send_keys("پیامرسان شهرداری" + Keys.ENTER)
    assert browser.find_elements(By.CSS_SELECTOR, ".mark.hit")
    browser.find_element(By.CSS_SELECTOR, ".reports .title").click()
    assert browser.find_elements(By.CSS_SELECTOR, "article .mark.messengers")
    browser.find_element(By.CSS_SELECTOR, "article a.mark.messengers").click()
    assert "/messenger/" in browser.current_url
    assert browser.find_elements(By.CSS_SELECTOR, "svg.plot .bar")


def test_a_script_in_a_title_does_not_run(browser: Any, address: str) -> None:
    from selenium.webdriver.common.by import By

    _show(browser)
    for page in ("/", "/document/3", "/messenger/bale"):
        browser.get(address + page)
        assert browser.find_elements(By.CSS_SELECTOR, "main script") == []
        assert "alert('harm')" in browser.find_element(By.TAG_NAME, "main").text


def test_the_column_menu_of_datasette_works_under_the_policy(browser: Any, address: str) -> None:
    _show(browser)
    browser.get(address + "/archive/articles")
    script = (
        "const icon = document.querySelector('.dropdown-menu-icon');"
        "icon.dispatchEvent(new MouseEvent('click', {bubbles: true}));"
        "const menu = document.querySelector('.dropdown-menu'); return [getComputedStyle(menu).display, menu.innerText];"
    )
    display, text = browser.execute_script(script)
    assert display == "block"
    assert "Sort ascending" in text


def test_datasette_formats_sql_under_the_policy(browser: Any, address: str) -> None:
    _show(browser)
    browser.get(address + "/archive?sql=select+title+from+articles")
    script = (
        "const button = document.querySelector('#sql-format'); button.click();"
        "return [button.hidden, document.querySelector('.CodeMirror').CodeMirror.getValue()];"
    )
    hidden, text = browser.execute_script(script)
    assert not hidden
    assert text == "select\n  title\nfrom\n  articles"
