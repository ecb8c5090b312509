"""Pictures of the console for the README: `make screenshots`, from the demo profiles.

The platform is started as an operator would, some weeks of work are done over the API, and
Chromium (HEZUO_CHROMIUM, or on the PATH) looks at four pages.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx2 as httpx
from playwright.sync_api import Page, sync_playwright

from benchmarks.running_platform import RunningPlatform

_ROOT = Path(__file__).parents[1]
_IMAGES = _ROOT / "docs" / "images"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_SIZE = {"width": 1360, "height": 860}
_TALL = {"width": 1360, "height": 1020}
"""The whole drawing with its legend."""


def main() -> None:
    """Take the pictures."""
    chromium = os.environ.get("HEZUO_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), "")
    if not chromium:
        sys.exit("No Chromium: install it, or name one in HEZUO_CHROMIUM.")
    _IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        platform = RunningPlatform(Path(directory))
        platform.up()
        try:
            platform.import_file(_ROOT / "data" / "demo.jsonl")
            _wait_searchable(platform)
            with platform.client("coordinator") as staff:
                match, call = _work(staff, platform)
            with platform.client("operator") as operator:
                link = _link(operator)
            _take(chromium, platform.url, link, match, call)
        finally:
            platform.down()


def _wait_searchable(platform: RunningPlatform) -> None:
    """Until every change is in the index."""
    with platform.client() as client:
        while client.get("/v1/index").raise_for_status().json()["pending"]:
            time.sleep(0.5)


def _link(operator: httpx.Client) -> str:
    wish = {"email": "chen.min@example.org", "role": "coordinator", "name": "陈敏"}
    made = operator.post("/v1/login-links", json=wish).raise_for_status().json()
    return str(made["url"])


def _work(staff: httpx.Client, platform: RunningPlatform) -> tuple[str, str]:
    """Matches in several states; a call. The ids of the match and the call to show."""
    matches = _suggest(staff)
    for one in matches[14:]:
        if one["score"] and int(one["id"], 16) % 3:
            _introduce(staff, one["id"], asked_only=int(one["id"], 16) % 3 == 1)
    body = json.loads((_ROOT / "data" / "call-grotto.json").read_text("utf-8"))
    known = {name: body[name] for name in ("title", "requirements", "limits") if name in body}
    call = staff.post("/v1/calls", json=known).raise_for_status()
    path = f"/v1/calls/{call.json()['id']}"
    staff.post(f"{path}/publication", headers={"If-Match": call.headers["ETag"]}).raise_for_status()
    return _widest(staff, matches[:14]), call.json()["id"]


def _suggest(staff: httpx.Client) -> list[dict[str, Any]]:
    """The best partners of every organisation as matches, best first."""
    organisations = staff.get("/v1/organisations", params={"limit": 60}).json()["items"]
    made: dict[str, dict[str, Any]] = {}
    for one in organisations:
        path = f"/v1/organisations/{one['id']}/suggestions"
        for partner in staff.get(path, params={"limit": 3}).json()["items"]:
            pair = {"organisation": one["id"], "other": partner["partner"]["id"]}
            answer = staff.post("/v1/matches", json=pair)
            if answer.status_code == httpx.codes.CREATED:
                made[answer.json()["id"]] = answer.json()
    return sorted(made.values(), key=lambda one: -(one["score"] or 0))


def _introduce(staff: httpx.Client, match_id: str, *, asked_only: bool) -> None:
    """As far as it goes: capacity may be used up."""
    path = f"/v1/matches/{match_id}"
    any_version = {"If-Match": "*"}
    for decision in ("approve", "ask"):
        staff.post(f"{path}/decision", json={"decision": decision}, headers=any_version)
    if asked_only:
        return
    sides = staff.get(path).json()["sides"]
    for side in sides:
        answer = {"answer": "interested", "organisation": side["id"]}
        staff.post(f"{path}/response", json=answer, headers=any_version)
    staff.post(f"{path}/outcome", json={}, headers=any_version)


def _widest(staff: httpx.Client, matches: list[dict[str, Any]]) -> str:
    """The match with most to see."""

    def lines(match: dict[str, Any]) -> int:
        sides = staff.get(f"/v1/matches/{match['id']}").json()["sides"]
        return sum(len((side["receives"] or {"answers": ()})["answers"]) for side in sides)

    return str(max(matches, key=lines)["id"])


def _take(chromium: str, url: str, link: str, match: str, call: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        context = browser.new_context(viewport=_SIZE, locale="zh-CN", color_scheme="light")
        page = context.new_page()
        page.goto(link)
        page.locator("main button").click()
        page.wait_for_load_state()
        _picture(page, f"{url}/console/queue", "queue", keys="jjx")
        _picture(page, f"{url}/console/matches/{match}", "match")
        page.set_viewport_size(_TALL)
        _picture(page, f"{url}/console/insights", "network", seconds=4)
        page.set_viewport_size(_SIZE)
        _picture(page, f"{url}/console/calls/{call}/coverage", "coverage", seconds=2)
        browser.close()


def _picture(page: Page, url: str, name: str, *, keys: str = "", seconds: float = 0.5) -> None:
    page.goto(url)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(seconds * 1000)
    page.screenshot(path=str(_IMAGES / f"{name}.png"))
    print(f"docs/images/{name}.png")


if __name__ == "__main__":
    main()
