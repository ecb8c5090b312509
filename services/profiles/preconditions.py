"""Conditional requests, as all services understand them."""

from shared.http.preconditions import Precondition as Precondition
from shared.http.preconditions import etag as etag
from shared.http.preconditions import names_version as names_version
