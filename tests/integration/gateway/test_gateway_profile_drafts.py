"""Texts, pages and documents come back as drafts; what cannot be read says why."""

from typing import Any

import pytest

from services.gateway.drafts.kinds import WORD_TYPE
from services.gateway.drafts.page_fetching import PageFetcher
from services.gateway.drafts.sandbox import ReadingProcesses
from services.gateway.drafts.service import DraftProfiles
from services.gateway.outbound import outbound_client
from shared.contracts.profile_drafts import DraftRequest
from shared.errors import ProblemError
from tests.support.documents import pdf, word, zip_bomb
from tests.support.web_server import web_server

pytestmark = pytest.mark.anyio
NEED = "A quieter fan for our wind tunnel"
PAGE = f"<title>Lab</title><main><h2>Needs</h2><ul><li>{NEED}</li></ul></main>".encode()
HTML = "200 OK\r\nContent-Type: text/html; charset=utf-8"


async def test_a_pasted_text_becomes_drafts_with_their_reasons(make_edge: Any) -> None:
    member = await make_edge().client("member", "org-a")
    text = "我们擅长大型户外投影的几何校正。急需高湿环境下的防雾散热方案,噪声低于45分贝。"
    answer = await member.post("/v1/profile-drafts", json={"text": text})
    assert answer.status_code == 200
    capability, need = answer.json()["drafts"]
    assert (capability["id"], capability["side"], capability["cue"]) == ("c1", "capability", "擅长")
    assert (need["id"], need["side"], need["cue"]) == ("n1", "need", "急需")
    assert need["source"]["text"] in text
    assert need["facets"]["effect"]
    assert 0 < need["clarity"]["score"] <= 1


async def test_documents_are_read_by_what_they_are(make_edge: Any) -> None:
    member = await make_edge().client("member", "org-a")

    async def drafts(content: bytes, name: str) -> list[tuple[str, str]]:
        path = f"/v1/profile-drafts/file?file_name={name}"
        answer = await member.post(path, content=content, headers={"Content-Type": WORD_TYPE})
        assert answer.status_code == 200, answer.text
        return [(one["side"], one["text"]) for one in answer.json()["drafts"]]

    expected = [("need", NEED)]
    assert await drafts(word(("Heading 1", "Needs"), ("List Bullet", NEED)), "a.docx") == expected
    assert await drafts(pdf(["What we need:", NEED]), "a.pdf") == expected


async def test_what_cannot_be_read_says_why_and_costs_nothing(make_edge: Any) -> None:
    member = await make_edge().client("member", "org-a")

    async def refused(content: bytes) -> str:
        headers = {"Accept-Language": "zh"}
        answer = await member.post("/v1/profile-drafts/file", content=content, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "document_unreadable")
        return str(answer.json()["detail"])

    assert "内容过大" in await refused(zip_bomb(80_000_000))
    assert "没有文字" in await refused(pdf([]))
    assert "不是 PDF" in await refused(b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0")


async def test_pages_are_fetched_over_redirects_within_limits() -> None:
    answers = {
        "/old": ("302 Found\r\nLocation: /page", b""),
        "/page": (HTML, PAGE),
        "/loop": ("302 Found\r\nLocation: /loop", b""),
        "/gone": ("404 Not Found", b""),
        "/huge": (HTML, b"x" * 6_000_000),
        "/picture": ("200 OK\r\nContent-Type: image/png", b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0"),
        "/away": ("302 Found\r\nLocation: ftp://127.0.0.1/", b""),
    }
    pages = PageFetcher(outbound_client(["127.0.0.0/8"]), seconds=1.0)
    drafting = DraftProfiles(pages, ReadingProcesses())
    async with web_server(answers) as address:
        found = await drafting.of_request(DraftRequest(url=f"{address}/old"), "en")
        assert (found.url, found.title) == (f"{address}/page", "Lab")
        assert [one.text for one in found.drafts] == [NEED]
        for path, said in (
            ("/loop", "too often"),
            ("/gone", "404"),
            ("/huge", "too large"),
            ("/picture", "neither a page"),
            ("/away", "not a web address"),
            ("/silent", "in time"),
        ):
            with pytest.raises(ProblemError, match=said):
                await drafting.of_request(DraftRequest(url=address + path), "en")
    await drafting.close()


async def test_private_addresses_are_not_fetched_for_anybody(make_edge: Any) -> None:
    member = await make_edge().client("member", "org-a")
    async with web_server({"/": (HTML, PAGE)}) as address:
        answer = await member.post("/v1/profile-drafts", json={"url": address})
    assert (answer.status_code, answer.json()["code"]) == (422, "address_refused")


async def test_a_source_that_takes_too_long_is_given_up() -> None:
    drafting = DraftProfiles(PageFetcher(outbound_client()), ReadingProcesses(seconds=0.05))
    with pytest.raises(ProblemError, match="takes too long"):
        await drafting.of_file(b"We offer fans", "text/plain", "a.txt", "en")
    await drafting.close()
