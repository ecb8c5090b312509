"""People in front of a browser, for tests in real Chromium."""

import os
import shutil
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

from tests.support.stack import Stack

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # WCAG 2.2's own rule is off by itself in axe.
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


def chromium_path() -> str | None:
    """HEZUO_CHROMIUM, or what is on the path."""
    named = os.environ.get("HEZUO_CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)


class Visitor:
    """One person's page; what the browser complains about is kept."""

    def __init__(self, stack: Stack, page: Page) -> None:
        self.stack = stack
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(30_000)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def come_in(self, role: str, organisation: str | None = None) -> None:
        """By a one-time link that an operator has made."""
        wish = {"email": f"{organisation or role}@browser.example", "role": role}
        if organisation:
            wish["organisation"] = organisation
        with self.stack.client("operator") as operator:
            link = operator.post("/v1/login-links", json=wish).raise_for_status().json()["url"]
        self.go(link if link.startswith("/") else f"/{link.split('/', 3)[3]}")
        self.page.locator("main button").click()
        self.page.wait_for_load_state()

    def go(self, path: str) -> None:
        """Open a page of the console."""
        self.page.goto(self.stack.url + path)

    def press(self, name: str) -> None:
        """The button (or what looks like one) of this name."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def serious(self) -> list[Any]:
        """What axe finds on the page that keeps somebody out (WCAG 2.2 A and AA)."""
        return self._found(_AXE)

    def faint_in_the_dark(self) -> list[Any]:
        """What has too little contrast in dark colours; the page is in light ones afterwards."""
        self.page.emulate_media(color_scheme="dark")
        found = self._found({**_AXE, "runOnly": ["color-contrast"], "rules": {}})
        self.page.emulate_media(color_scheme="light")
        return found

    def _found(self, options: dict[str, Any]) -> list[Any]:
        found = Axe().run(self.page, options=options).response["violations"]
        return [
            (one["id"], [node["target"] for node in one["nodes"]][:3])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]

    def widens(self) -> bool:
        """Whether the page is wider than its window."""
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        )

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)
