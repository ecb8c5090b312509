"""Messages to people and systems: the inbox, e-mail, webhooks, event streams, alerts, reminders.

    consumer -> news (pure: who is told what) -> publishing (one transaction: events, messages,
    e-mails and webhook deliveries that follow from them) -> mailing and delivering, by themselves

Whatever may happen twice is named by a key of its own (`source`, `dedup`), so that a redelivered
event leaves what is there. E-mails and deliveries are claimed with SKIP LOCKED under a lease, daily
work by a row in `job_turns`: any number of replicas may run.
"""
