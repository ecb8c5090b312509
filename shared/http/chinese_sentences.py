"""Sentences about fields, and reasons, in Chinese; keyed by the English template.

What stands in braces is kept as it is. A test reads all sentences off the source and fails for one
that is missing here.
"""

from shared.http.chinese.accounts import ACCOUNTS
from shared.http.chinese.calls import CALLS
from shared.http.chinese.general import GENERAL
from shared.http.chinese.matches import MATCHES
from shared.http.chinese.messages import MESSAGES
from shared.http.chinese.profile_drafts import PROFILE_DRAFTS
from shared.http.chinese.rematch import REMATCH
from shared.http.chinese.screening import SCREENING

CHINESE: dict[str, str] = {
    **GENERAL,
    **MATCHES,
    **CALLS,
    **SCREENING,
    **MESSAGES,
    **PROFILE_DRAFTS,
    **ACCOUNTS,
    **REMATCH,
}
