"""Names of roles, kinds and other coded values, as people read them.

`label(family, value)` in templates. Areas add their families to `FAMILIES`.
"""

from collections.abc import Mapping

from markupsafe import Markup

from services.gateway.console.translation import Translator, sentence

FAMILIES: Mapping[str, Mapping[str, str]] = {
    "role": {
        "member": sentence("Member"),
        "coordinator": sentence("Coordinator"),
        "operator": sentence("Operator"),
        "batch": sentence("Batch job"),
        "service": sentence("Service"),
    },
    "kind": {
        "institution": sentence("Institution"),
        "enterprise": sentence("Enterprise"),
        "other": sentence("Other"),
    },
    "side": {"need": sentence("Need"), "capability": sentence("Capability")},
    "language": {"zh": sentence("Chinese"), "en": sentence("English")},
}


def label(translator: Translator, family: str, value: object) -> Markup:
    """The name of a coded value; the code itself, readable, where it has none."""
    code = str(value)
    known = FAMILIES.get(family, {}).get(code)
    return translator(known) if known else translator("{code}", code=code.replace("_", " "))
