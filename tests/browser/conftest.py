"""A running platform and a real Chromium; people come in by one-time links as everybody does."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from deploy.embedded.postgres import EmbeddedPostgres
from tests.support.browsing import CHROMIUM_FLAGS, Visitor, chromium_path
from tests.support.stack import Stack

Comes = Callable[..., Visitor]


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, postgres: EmbeddedPostgres) -> Iterator[Stack]:
    """One running platform for all browser tests of a worker."""
    rates = {"HEZUO_ANONYMOUS_RATE_LIMIT": "60000/minute", "HEZUO_RATE_LIMIT": "60000/minute"}
    stack = Stack(tmp_path_factory.mktemp("browser"), postgres, **rates)
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Started once a module: while it runs, Playwright's loop runs in the thread of all tests."""
    path = chromium_path()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def comes(stack: Stack, chromium: Browser) -> Iterator[Comes]:
    """A visitor with a browser of its own; with a role, one who has come in by a link."""
    contexts = []

    def make(role: str | None = None, organisation: str | None = None, **more: object) -> Visitor:
        context = chromium.new_context(**{"locale": "en-GB", **more})
        contexts.append(context)
        visitor = Visitor(stack, context.new_page())
        if role:
            visitor.come_in(role, organisation)
        return visitor

    yield make
    for context in contexts:
        context.close()
