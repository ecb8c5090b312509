"""Who gets which status on which route of the gateway: the table that the tests hold it to."""

# Every path names an organisation that `owner` speaks for; `other` speaks for another one.
# A call's organisation is an enterprise: institutions' members make none. A call that is open may
# be read by all; an answer is for the invited, here the owner.
# Batch jobs neither erase nor read history; a key is for the organisation itself to make.
# `~` stands for /v1/organisations/{organisation_id}.
_TABLE = """
route                                                    owner other coord batch oper. anon. revoked
GET /health                                                200   200   200   200   200   200   200
GET /ready                                                 200   200   200   200   200   200   200
POST /v1/organisations                                     201   403   201   201   201   401   401
GET /v1/organisations                                      200   200   200   200   200   401   401
GET /v1/organisations/{organisation_id}                    200   200   200   200   200   401   401
PUT /v1/organisations/{organisation_id}                    200   403   200   200   200   401   401
PATCH /v1/organisations/{organisation_id}                  200   403   200   200   200   401   401
DELETE /v1/organisations/{organisation_id}                 204   403   204   204   204   401   401
POST /v1/organisations/{organisation_id}/restoration       200   403   200   200   200   401   401
POST /v1/organisations/{organisation_id}/erasure           200   403   200   403   200   401   401
GET /v1/organisations/{organisation_id}/versions           200   403   200   403   200   401   401
GET /v1/organisations/{organisation_id}/versions/{version} 200   403   200   403   200   401   401
GET /v1/organisations/{organisation_id}/suggestions        200   403   200   200   200   401   401
GET ~/suggestions/why-not/{other_id}                       200   403   200   200   200   401   401
POST ~/suggestions/{other_id}/decision                     403   403   201   403   201   401   401
POST ~/suggestions/{other_id}/response                     201   403   403   403   403   401   401
DELETE ~/suggestions/{other_id}/response                   404   403   403   403   403   401   401
GET ~/declined-suggestions                                 200   403   200   200   200   401   401
POST ~/suggestions/{other_id}/outcome                      403   403   201   403   201   401   401
GET /v1/hubs                                               403   403   200   403   200   401   401
GET /v1/look-alikes                                        403   403   200   403   200   401   401
GET /v1/matches                                            200   200   200   403   200   401   401
POST /v1/matches                                           201   403   201   403   201   401   401
GET /v1/matches/counts                                     200   200   200   403   200   401   401
GET /v1/matches/{match_id}                                 200   404   200   403   200   401   401
GET /v1/matches/{match_id}/history                         200   404   200   403   200   401   401
GET /v1/matches/{match_id}/contacts                        200   404   200   403   200   401   401
POST /v1/matches/{match_id}/decision                       403   403   200   403   200   401   401
POST /v1/matches/{match_id}/undo                           403   403   200   403   200   401   401
POST /v1/matches/{match_id}/assignment                     403   403   200   403   200   401   401
POST /v1/matches/{match_id}/comments                       403   403   201   403   201   401   401
POST /v1/matches/{match_id}/scores                         403   403   200   403   200   401   401
POST /v1/matches/{match_id}/response                       200   404   200   403   200   401   401
POST /v1/matches/{match_id}/outcome                        200   404   200   403   200   401   401
POST /v1/match-decisions                                   403   403   200   403   200   401   401
POST /v1/match-decisions/undo                              403   403   200   403   200   401   401
GET /v1/audit                                              403   403   200   403   200   401   401
GET /v1/audit/verification                                 403   403   200   403   200   401   401
GET /v1/account-audit                                      403   403   200   403   200   401   401
GET /v1/account-audit/verification                         403   403   200   403   200   401   401
GET /v1/decisions                                          403   403   200   403   200   401   401
POST /v1/learning-runs                                     403   403   403   201   201   401   401
GET /v1/learning-runs                                      403   403   200   200   200   401   401
POST /v1/learning-runs/rollback                            403   403   403   409   409   401   401
GET /v1/off-line-evaluation                                403   403   200   200   200   401   401
GET /v1/learning-runs/{run_id}                             403   403   404   404   404   401   401
POST /v1/rematch-jobs                                      403   403   422   422   422   401   401
GET /v1/rematch-jobs                                       403   403   200   200   200   401   401
GET /v1/rematch-jobs/{rematch_job_id}                      403   403   404   404   404   401   401
POST /v1/rematch-jobs/{rematch_job_id}/cancel              403   403   404   404   404   401   401
POST /v1/rematch-jobs/{rematch_job_id}/retry               403   403   404   404   404   401   401
GET /v1/rematch-jobs/{rematch_job_id}/diff                 403   403   404   404   404   401   401
GET /v1/rematch-jobs/{rematch_job_id}/events               403   403   404   404   404   401   401
POST /v1/rematch-schedules                                 403   403   201   201   201   401   401
GET /v1/rematch-schedules                                  403   403   200   200   200   401   401
GET /v1/rematch-schedules/{schedule_id}                    403   403   404   404   404   401   401
PUT /v1/rematch-schedules/{schedule_id}                    403   403   404   404   404   401   401
DELETE /v1/rematch-schedules/{schedule_id}                 403   403   404   404   404   401   401
GET /v1/screening-rules                                    200   200   200   200   200   401   401
POST /v1/screening/check                                   200   200   200   200   200   401   401
GET /v1/screening/rescan                                   403   403   200   403   200   401   401
POST /v1/screening/rescan                                  403   403   202   403   202   401   401
GET /v1/policy-flags                                       200   200   200   403   200   401   401
GET /v1/policy-flags/{flag_id}                             200   404   200   403   200   401   401
POST /v1/policy-flags/{flag_id}/appeal                     200   404   403   403   403   401   401
POST /v1/policy-flags/{flag_id}/clearing                   403   403   200   403   200   401   401
GET /v1/screening-audit                                    403   403   200   403   200   401   401
GET /v1/screening-audit/verification                       403   403   200   403   200   401   401
GET ~/pair-constraints                                     403   403   200   403   200   401   401
PUT ~/pair-constraints/{other_id}/{kind}                   403   403   200   403   200   401   401
DELETE ~/pair-constraints/{other_id}/{kind}                403   403   204   403   204   401   401
GET /v1/organisations/{organisation_id}/clarity            200   403   200   200   200   401   401
POST /v1/clarity                                           200   200   200   200   200   401   401
POST /v1/profile-drafts                                    200   200   200   200   200   401   401
POST /v1/profile-drafts/file                               200   200   200   200   200   401   401
POST /v1/search                                            200   200   200   200   200   401   401
POST /v1/consortia                                         200   403   200   200   200   401   401
POST /v1/calls                                             201   403   201   403   201   401   401
GET /v1/calls                                              200   200   200   200   200   401   401
GET /v1/calls/{call_id}                                    200   404   200   200   200   401   401
GET /v1/calls/{call_id}/team                               409   404   409   403   409   401   401
PUT /v1/calls/{call_id}                                    200   404   200   403   200   401   401
POST /v1/calls/{call_id}/publication                       200   404   200   403   200   401   401
POST /v1/calls/{call_id}/closing                           200   403   200   403   200   401   401
POST /v1/calls/{call_id}/cancellation                      200   404   200   403   200   401   401
GET /v1/calls/{call_id}/proposals                          200   404   200   200   200   401   401
POST /v1/calls/{call_id}/seats                             201   403   201   403   201   401   401
POST /v1/calls/{call_id}/seats/{seat_id}/invitation        409   403   200   403   200   401   401
POST /v1/calls/{call_id}/seats/{seat_id}/answer            200   404   200   403   200   401   401
POST /v1/calls/{call_id}/seats/{seat_id}/release           200   404   200   403   200   401   401
GET /v1/calls/{call_id}/seats/{seat_id}/alternatives       200   403   200   200   200   401   401
GET /v1/call-invitations                                   200   200   403   403   403   401   401
POST /v1/call-imports                                      403   403   200   200   200   401   401
GET /v1/insights/network                                   403   403   200   403   200   401   401
GET /v1/insights/coverage                                  403   403   200   403   200   401   401
GET /v1/insights/exposure                                  403   403   200   403   200   401   401
GET /v1/insights/funnel                                    403   403   200   403   200   401   401
GET /v1/insights/decision-times                            403   403   200   403   200   401   401
POST /v1/imports                                           403   403   202   202   202   401   401
GET /v1/imports                                            403   403   200   200   200   401   401
GET /v1/imports/{import_id}                                403   403   200   200   200   401   401
GET /v1/imports/{import_id}/problems                       403   403   200   200   200   401   401
POST /v1/imports/{import_id}/cancellation                  403   403   409   409   409   401   401
GET /v1/exports                                            200   200   200   200   200   401   401
GET /v1/index                                              403   403   200   200   200   401   401
POST /v1/index/rebuild                                     403   403   403   403   202   401   401
POST /v1/index/reconciliation                              403   403   403   403   200   401   401
GET /v1/dead-letters                                       403   403   403   403   200   401   401
DELETE /v1/dead-letters/{dead_letter_id}                   403   403   403   403   404   401   401
POST /v1/dead-letters/replay                               403   403   403   403   200   401   401
POST /v1/dead-letters/{dead_letter_id}/replay              403   403   403   403   404   401   401
GET /v1/taxonomy                                           200   200   200   200   200   401   401
GET /v1/inbox                                              200   200   200   403   200   401   401
GET /v1/inbox/unread-count                                 200   200   200   403   200   401   401
POST /v1/inbox/read-all                                    200   200   200   403   200   401   401
POST /v1/inbox/{message_id}/read                           404   404   404   403   404   401   401
GET /v1/notification-settings                              200   200   200   403   200   401   401
PUT /v1/notification-settings                              200   200   200   403   200   401   401
POST /v1/saved-searches                                    201   201   201   403   201   401   401
GET /v1/saved-searches                                     200   200   200   403   200   401   401
GET /v1/saved-searches/{saved_search_id}                   200   404   404   403   404   401   401
PUT /v1/saved-searches/{saved_search_id}                   200   404   404   403   404   401   401
DELETE /v1/saved-searches/{saved_search_id}                204   404   404   403   404   401   401
POST /v1/webhooks                                          201   201   201   201   201   401   401
GET /v1/webhooks                                           200   200   200   200   200   401   401
GET /v1/webhooks/{webhook_id}                              200   404   404   404   200   401   401
PUT /v1/webhooks/{webhook_id}                              200   404   404   404   200   401   401
DELETE /v1/webhooks/{webhook_id}                           204   404   404   404   204   401   401
POST /v1/webhooks/{webhook_id}/secret                      200   404   404   404   200   401   401
POST /v1/webhooks/{webhook_id}/test                        202   404   404   404   202   401   401
GET /v1/webhooks/{webhook_id}/deliveries                   200   404   404   404   200   401   401
POST /v1/webhooks/{webhook_id}/deliveries/{delivery_id}/retry 404 404  404   404   404   401   401
GET /v1/events                                             200   200   200   200   200   401   401
GET /v1/people                                             403   403   200   403   200   401   401
PATCH /v1/people/{person_id}                               403   403   403   403   404   401   401
POST /v1/people/{person_id}/sessions/end                   403   403   403   403   200   401   401
POST /v1/login-links                                       403   403   403   403   201   401   401
GET /v1/me                                                 200   200   200   200   200   401   401
POST /v1/api-keys                                          201   403   403   403   201   401   401
GET /v1/api-keys                                           200   200   200   200   200   401   401
DELETE /v1/api-keys/{key_id}                               204   404   404   404   204   401   401
"""
_READERS = ("owner", "other", "coordinator", "batch", "operator", "anonymous", "revoked")


def _read(line: str) -> tuple[str, dict[str, int]]:
    method, path, *statuses = line.split()
    path = path.replace("~", "/v1/organisations/{organisation_id}")
    return f"{method} {path}", dict(zip(_READERS, map(int, statuses), strict=True))


ACCESS: dict[str, dict[str, int]] = dict(map(_read, _TABLE.strip().splitlines()[1:]))
"""Expected status by route and reader."""

WITHDRAWN = {"owner": 200, "other": 404, "coordinator": 200, "batch": 200, "operator": 200}
ERASED = {"owner": 410, "other": 404, "coordinator": 410, "batch": 410, "operator": 410}
"""The same for reading an organisation that is withdrawn or erased."""
