"""Every error code the platform can answer, with its status and its sentences.

Codes are part of the public API: they may be added, never changed in meaning.
"""

from shared.problems.accounts import ACCOUNTS
from shared.problems.calls import CALLS
from shared.problems.entry import Entry
from shared.problems.general import GENERAL
from shared.problems.matches import MATCHES
from shared.problems.messages import MESSAGES
from shared.problems.profile_drafts import PROFILE_DRAFTS
from shared.problems.rematch import REMATCH
from shared.problems.screening import SCREENING

CATALOGUE: dict[str, Entry] = {
    **GENERAL,
    **MATCHES,
    **CALLS,
    **SCREENING,
    **MESSAGES,
    **PROFILE_DRAFTS,
    **ACCOUNTS,
    **REMATCH,
}
