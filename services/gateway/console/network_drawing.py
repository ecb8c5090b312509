"""The network as a script draws it: names in the reader's language, and nothing else. Pure."""

import json
from collections.abc import Callable

from markupsafe import Markup

from services.gateway.console.safe_text import visible
from shared.contracts.insights import Network
from shared.contracts.organisation import Names

Shown = Callable[[Names], str]


def drawing(network: Network, name_of: Shown, labels: Callable[[str], str]) -> Markup:
    """JSON for a data block of a page; `<` and `&` are escaped, so that it ends nowhere early."""
    content = {
        "nodes": [
            {
                "id": one.id,
                "name": visible(name_of(one.names)) if one.names else one.id,
                "kind": one.kind.value if one.kind else "other",
                "edges": one.edges,
            }
            for one in network.nodes
        ],
        "edges": [
            {
                "first": one.first,
                "second": one.second,
                "state": one.state,
                "label": labels(one.state),
                "strength": round(one.strength, 4),
            }
            for one in network.edges
        ],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, escape)
    return Markup(text)  # noqa: S704 - escaped above
