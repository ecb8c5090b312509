"""What becomes of everybody on the pages that members use: route by route.

`in`: the page is answered · `start`: led to the guide, because the account speaks for no
organisation yet · `login`: led to the login page · `no`: told that the role may not.
`unbound` is a member without organisation.
"""

_TABLE = """
route                                             member unbound coord oper. anon.
GET /console/start                                    in      in    no    no login
POST /console/start/organisation                      in      in    no    no login
POST /console/start/joining/{organisation_id}         in      in    no    no login
GET /console/start/material                           in   start    no    no login
POST /console/start/material                          in   start    no    no login
POST /console/start/statements                        in   start    no    no login
GET /console/start/first                              in   start    no    no login
GET /console/start/first/suggestions                  in   start    no    no login
GET /console/profile                                  in   start    no    no login
POST /console/profile                                 in   start    no    no login
POST /console/profile/hints                           in   start    no    no login
GET /console/suggestions                              in   start    no    no login
GET /console/suggestions/why-not                      in   start    no    no login
POST /console/suggestions/{other_id}/introduction     in   start    no    no login
POST /console/suggestions/{other_id}/response         in   start    no    no login
POST /console/suggestions/{other_id}/response/removal in start no    no login
GET /console/suggestions/declined                     in   start    no    no login
GET /console/partners/{other_id}                      in   start    no    no login
GET /console/introductions                            in   start    no    no login
GET /console/introductions/{match_id}                 in   start    no    no login
POST /console/introductions/{match_id}/response       in   start    no    no login
POST /console/introductions/{match_id}/outcome        in   start    no    no login
GET /console/policy                                   in   start    no    no login
GET /console/policy/{flag_id}                         in   start    no    no login
POST /console/policy/{flag_id}/appeal                 in   start    no    no login
GET /console/search                                   in   start    in    in login
POST /console/search/saving                           in   start    in    in login
GET /console/inbox                                    in      in    in    in login
GET /console/inbox/unread-count                       in      in    in    in login
POST /console/inbox/read-all                          in      in    in    in login
POST /console/inbox/{message_id}                      in      in    in    in login
GET /console/notifications                            in   start    in    in login
POST /console/notifications                           in   start    in    in login
GET /console/saved-searches                           in   start    in    in login
GET /console/saved-searches/{search_id}               in   start    in    in login
POST /console/saved-searches/{search_id}              in   start    in    in login
POST /console/saved-searches/{search_id}/removal      in   start    in    in login
GET /console/webhooks                                 in   start    in    in login
POST /console/webhooks                                in   start    in    in login
GET /console/webhooks/{webhook_id}                    in   start    in    in login
POST /console/webhooks/{webhook_id}/test              in   start    in    in login
POST /console/webhooks/{webhook_id}/switch            in   start    in    in login
POST /console/webhooks/{webhook_id}/secret            in   start    in    in login
POST /console/webhooks/{webhook_id}/removal           in   start    in    in login
POST /console/webhooks/{webhook_id}/deliveries/{delivery_id}/retry in start in in login
GET /console/my-data                                  in   start    no    no login
GET /console/my-data/export                           in   start    no    no login
POST /console/my-data/invitation                      in   start    no    no login
POST /console/my-data/withdrawal                      in   start    no    no login
POST /console/my-data/restoration                     in   start    no    no login
POST /console/my-data/erasure                         in   start    no    no login
GET /console/calls                                    in   start    in    in login
GET /console/calls/new                                in   start    in    in login
POST /console/calls/new                               in   start    in    in login
GET /console/calls/{call_id}/edit                     in   start    in    in login
POST /console/calls/{call_id}/edit                    in   start    in    in login
POST /console/calls/{call_id}/publication             in   start    in    in login
POST /console/calls/{call_id}/closing                 in   start    in    in login
POST /console/calls/{call_id}/cancellation            in   start    in    in login
GET /console/calls/{call_id}                          in   start    in    in login
GET /console/calls/{call_id}/coverage                 in   start    in    in login
POST /console/calls/{call_id}/seats                   in   start    in    in login
POST /console/calls/{call_id}/invitations             in   start    in    in login
POST /console/calls/{call_id}/seats/{seat_id}/invitation in   start    in    in login
POST /console/calls/{call_id}/seats/{seat_id}/release in   start    in    in login
POST /console/calls/{call_id}/seats/{seat_id}/answer  in   start    in    in login
GET /console/calls/{call_id}/seats/{seat_id}/alternatives in   start    in    in login
GET /console/invitations                              in   start    no    no login
GET /console/call-imports                             no      no    in    in login
POST /console/call-imports                            no      no    in    in login
GET /console/insights                                 no      no    in    in login
GET /console/insights/coverage                        no      no    in    in login
GET /console/insights/exposure                        no      no    in    in login
GET /console/insights/funnel                          no      no    in    in login
"""
VISITORS = ("member", "unbound", "coordinator", "operator", "anonymous")


def _read(line: str) -> tuple[str, dict[str, str]]:
    method, path, *fates = line.split()
    return f"{method} {path}", dict(zip(VISITORS, fates, strict=True))


PAGES: dict[str, dict[str, str]] = dict(map(_read, _TABLE.strip().splitlines()[1:]))
"""What becomes of each visitor, by route."""
