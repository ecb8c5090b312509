"""The console: server-rendered pages under /console.

How to add a page
-----------------
1. A handler in `pages/<area>.py`, listed in `pages/__init__.py`. It takes one of the dependencies
   of `page.py`, which decides who gets in (others are led to the login page, or told kindly):

       router = APIRouter(prefix="/console/calls")

       @router.get("")
       async def list_calls(page: ForCoordinators, cursor: Cursor = None) -> Response:
           found = await page.matcher.get("/calls", CallPage, cursor=cursor)
           return page.render("calls/list.html", found=found)

       @router.post("/{call_id}/closing")
       async def close(call_id: str, page: ForCoordinators) -> Response:
           asked = await page.read_form(CallClosing)       # a contract; ProblemError with fields
           await page.matcher.send("POST", f"/calls/{call_id}/closing", Call, asked)
           return page.redirect(f"/console/calls/{call_id}", sentence("The call is closed."))

   `Visitor` · `SignedIn` · `ForMembers` · `ForCoordinators` (operators too) · `ForOperators`.
   `page.reader` is the same Principal that a token would give; `page.matcher`/`page.profiles` ask
   the services in the reader's name and language; the gateway's own use cases are `page.parts`.
   Pass `disclose=` where the API's route does. Paths are the services' own (no /v1).
   A ProblemError may simply be raised: it becomes a page. To show it beside the form, catch it and
   render the form again with `problem=` (`ui.problem(problem)` lists it by field).

2. A template in `templates/<area>/<page>.html`:

       {% extends "base.html" %}
       {% import "ui.html" as ui with context %}
       {% block title %}{{ _("Calls") }}{% endblock %}
       {% block main %} ... {% endblock %}

   All output is escaped, and control and bidi characters are made visible (`safe_text.py`). Text
   that people wrote goes through `{{ ui.said(text) }}` (`<bdi dir=auto>`); the value of an input
   that is sent back goes through `{{ text|exact }}`. Every form that POSTs: `{{ ui.token() }}`;
   a fetch sends the token as X-Form-Token (`hezuo/http` does). No inline style, no handlers in
   attributes: a nonce is on `{% block scripts %}<script type="module" nonce="{{ nonce }}">` only.

3. Sentences: `_("English {name}", name=...)` in templates, `sentence("...")` in Python, both keys
   of `locale/<area>.py` (`CHINESE: dict[str, str]`). A test fails for one that is missing.

4. Browser code: an ES module `static/<name>.js`, imported as `hezuo/<name>` (import map), or asked
   for by `{{ asset("name.css") }}`. Files are served under their content's hash, for a year.

5. A row in tests/support/page_matrix.py: who gets in. Where it belongs into the menu, one in
   `navigation.py`.
"""
