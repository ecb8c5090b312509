"""Webhooks: where systems of one's own are told, and whether it reaches them."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from services.gateway.console.forms import plain_fields
from services.gateway.console.page import Page
from services.gateway.console.pages.member_access import Settled, options, show
from services.gateway.console.translation import sentence
from services.gateway.messages.conditions import etag
from shared.contracts.messages import EventType
from shared.contracts.webhooks import CreatedWebhook, NewWebhook
from shared.errors import ProblemError

router = APIRouter(prefix="/console/webhooks")
_LIMIT = 20
_EVENTS = tuple(one for one in EventType if one is not EventType.WEBHOOK_TEST)


@router.get("")
async def webhooks(page: Settled, cursor: UUID | None = None) -> Response:
    """One's own, newest first."""
    return await _shown(page, cursor=cursor)


@router.post("")
async def create(page: Settled) -> Response:
    """A new one; its secret is shown once."""
    given = plain_fields(await page.form())
    try:
        body = await page.read_form(NewWebhook)
        made, _ = await page.parts.messages.webhooks.create(body, page.reader)
    except ProblemError as problem:
        if problem.status >= 500:
            raise
        return await _shown(page, given=given, problem=problem)
    return await _shown(page, made=made)


@router.get("/{webhook_id}")
async def webhook(webhook_id: UUID, page: Settled, cursor: UUID | None = None) -> Response:
    """One, with what was sent to it."""
    hooks = page.parts.messages.webhooks
    found = await hooks.find(webhook_id, page.reader)
    sent = await hooks.deliveries(webhook_id, page.reader, limit=_LIMIT, cursor=cursor)
    return show(page, "member/webhook.html", found=found, sent=sent)


@router.post("/{webhook_id}/test")
async def test(webhook_id: UUID, page: Settled) -> Response:
    """Send it something, once."""
    await page.parts.messages.webhooks.test(webhook_id, page.reader)
    said = sentence("A test is on its way; look at the deliveries in a moment.")
    return page.redirect(f"/console/webhooks/{webhook_id}", said)


@router.post("/{webhook_id}/switch")
async def switch(webhook_id: UUID, page: Settled) -> Response:
    """On or off."""
    hooks = page.parts.messages.webhooks
    found = await hooks.find(webhook_id, page.reader)
    written = found.model_dump(include=set(NewWebhook.model_fields))
    body = NewWebhook.model_validate({**written, "active": not found.active})
    await hooks.change(webhook_id, body, page.reader, etag(found.version))
    said = sentence("It is switched on.") if body.active else sentence("It is switched off.")
    return page.redirect(f"/console/webhooks/{webhook_id}", said)


@router.post("/{webhook_id}/secret")
async def renew(webhook_id: UUID, page: Settled) -> Response:
    """A new secret, shown once; the old one signs too for a day."""
    made = await page.parts.messages.webhooks.renew_secret(webhook_id, page.reader)
    return await _shown(page, made=made)


@router.post("/{webhook_id}/removal")
async def remove(webhook_id: UUID, page: Settled) -> Response:
    """With its log."""
    await page.parts.messages.webhooks.remove(webhook_id, page.reader)
    return page.redirect("/console/webhooks", sentence("The webhook is removed."))


@router.post("/{webhook_id}/deliveries/{delivery_id}/retry")
async def retry(webhook_id: UUID, delivery_id: UUID, page: Settled) -> Response:
    """Send one again."""
    await page.parts.messages.webhooks.retry(webhook_id, delivery_id, page.reader)
    return page.redirect(f"/console/webhooks/{webhook_id}", sentence("It is sent again."))


async def _shown(page: Page, *, made: CreatedWebhook | None = None, **more: Any) -> Response:
    problem = more.get("problem")
    hooks = page.parts.messages.webhooks
    found = await hooks.page(page.reader, limit=_LIMIT, cursor=more.get("cursor"))
    return show(
        page,
        "member/webhooks.html",
        status=problem.status if problem else 200,
        found=found,
        made=made,
        given=more.get("given", {}),
        problem=problem,
        event_options=options(page, "event_type", _EVENTS),
    )
