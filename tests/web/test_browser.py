"""A walk through all pages in headless Chromium: drawn from right to left, in our font, by keyboard, on a phone, in the dark."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

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
PAGES = ("/", "/search?q=%D8%A8%D9%84%D9%87", "/search", "/document/1", "/document/2", "/document/2/changes", "/messengers",
         "/messenger/bale", "/laws", "/sessions", "/questions", "/question/where_named", "/health", "/nowhere")  # fmt: skip


@pytest.fixture(scope="module")
def address(archive_path: Path) -> Iterator[str]:
    """The real command, on a free port."""
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


def _show(browser: Any, *, width: int = 1200, scheme: str = "light") -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_from_right_to_left_and_the_browser_does_not_complain(browser: Any, address: str, page: str) -> None:
    _show(browser)
    browser.get_log("browser")
    browser.get(address + page)
    assert browser.execute_script("return getComputedStyle(document.body).direction") == "rtl"
    assert browser.execute_async_script("document.fonts.ready.then(() => arguments[0](document.fonts.check('16px Vazirmatn')))")
    complaints = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert not [text for text in complaints if not text.endswith("(Not Found)")], complaints
    hosts = browser.execute_script("return performance.getEntriesByType('resource').map(entry => new URL(entry.name).host)")
    assert set(hosts) <= {address.removeprefix("http://")}


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_never_scrolls_sideways(browser: Any, address: str, page: str) -> None:
    _show(browser, width=390)
    browser.get(address + page)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_hard_to_read_or_to_reach(browser: Any, address: str, page: str, scheme: str) -> None:
    axe_core = pytest.importorskip("axe_core_python.selenium", reason="axe-core-python is not installed")
    _show(browser, scheme=scheme)
    browser.get(address + page)
    found = axe_core.Axe().run(browser)
    told = [(fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in found["violations"]]
    assert not told


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
