"""When a cron expression comes due, by croniter."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from shared.contracts.problems import FieldProblem
from shared.errors import ProblemError

_FIELDS = 5


def next_due(cron: str, time_zone: str, after: datetime) -> datetime:
    """The first due time later than `after`, in UTC.

    Where clocks are put forward a time that does not exist comes due right after the gap; one that
    exists twice comes due once. Raises ProblemError `invalid_request` or `schedule_never_fires`.
    """
    from croniter import CroniterBadDateError, croniter

    if len(cron.split()) != _FIELDS or not croniter.is_valid(cron):
        raise _problem("cron", "is no cron expression", "give five fields such as `0 3 * * 1-5`")
    local = after.astimezone(_zone(time_zone))
    try:
        found: datetime = croniter(cron, local, max_years_between_matches=50).get_next(datetime)
    except CroniterBadDateError as error:
        raise ProblemError("schedule_never_fires", cron=cron) from error
    return found.astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        mend = "give a name such as Asia/Shanghai"
        raise _problem("time_zone", "is no time zone", mend) from error


def _problem(field: str, problem: str, mend: str) -> ProblemError:
    found = FieldProblem(field=field, problem=problem, mend=mend)
    return ProblemError("invalid_request", fields=[found])
