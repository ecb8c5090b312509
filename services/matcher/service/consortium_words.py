"""What is said of consortia, in both languages."""

from collections.abc import Mapping, Sequence

from services.matcher.domain.consortium.gaps import Reason
from services.matcher.domain.consortium.problem import Purpose
from services.matcher.domain.consortium.relaxation import Step
from services.matcher.domain.consortium.switches import Change
from services.matcher.domain.statements import MatchedOrganisation
from shared.contracts.consortia import Said

_KINDS = {
    "institution": Said(zh="高校或科研机构", en="institution"),
    "enterprise": Said(zh="企业", en="enterprise"),
    "other": Said(zh="其他机构", en="organisation of another kind"),
}
_GAPS = {
    Reason.NOBODY: Said(
        zh="范围内没有机构能满足“{0}”。", en="No organisation within the limits covers “{0}”."
    ),
    Reason.CONFLICT: Said(
        zh="能满足“{0}”的机构都与某位成员有冲突。",
        en="Whoever covers “{0}” is in conflict with a member.",
    ),
    Reason.NO_SEAT: Said(
        zh="“{0}”有机构能满足,但名额已满。",
        en="Others cover “{0}”, but every seat is taken.",
    ),
    Reason.NOT_WORTH_A_SEAT: Said(
        zh="“{0}”有机构能满足,但仅为此增加一位成员收益太小。",
        en="Others cover “{0}”, but one more member would add too little else.",
    ),
}
_STEPS = {
    Change.LARGER: Said(zh="成员上限增加 {1} 个", en="Allow {1} more in maximum_size"),
    Change.SMALLER: Said(zh="成员下限减少 {1} 个", en="Ask for {1} fewer in minimum_size"),
    Change.PLACE: Said(zh="把地区“{0}”也纳入范围", en="Also look in “{0}”"),
    Change.ADMITTED: Said(zh="不再排除“{0}”", en="Do not exclude “{0}”"),
    Change.NICE_TO_HAVE: Said(
        zh="把“{0}”由必须改为可选", en="Make “{0}” a nice-to-have instead of a must-have"
    ),
    Change.FEWER_OF_KIND: Said(
        zh="对“{0}”类成员的要求减少 {1} 个", en="Ask for {1} fewer members of kind “{0}”"
    ),
    Change.RELEASED: Said(zh="不再固定成员“{0}”", en="Do not fix “{0}” as a member"),
}
NO_TEAM = Said(
    zh="在给定限制内,没有任何组合能满足全部必须项。",
    en="No set within the limits covers all must-haves.",
)
UNDECIDED = Said(
    zh="在限定时间内既未找到满足全部必须项的组合,也未能证明不存在;请减少要求或放宽限制后再试。",
    en="In the time given neither a set that covers all must-haves was found nor was it proved "
    "that there is none; ask for less, or widen the limits.",
)
NO_CANDIDATES = Said(zh="范围内没有可用的机构。", en="There is no organisation within the limits.")
TOGETHER = Said(
    zh="每个必须项都有机构能满足,但这些机构无法在人数、类别或冲突限制内组成一组。",
    en="Each must-have is covered by somebody, but not by a set that keeps to size, kinds and "
    "conflicts at once.",
)
MEMBERS_NOTE = Said(
    zh="其他机构之间的互斥与冲突未计入;邀请前由协调员核对。",
    en="Exclusions and conflicts between other organisations are not taken into account here; "
    "coordinators check them before anybody is invited.",
)
FIXED = Said(zh="由项目方指定", en="Fixed by the call")


def name_of(organisation: MatchedOrganisation) -> Said:
    """Its name in each language, or in the other where it lacks."""
    zh, en = organisation.names.get("zh"), organisation.names.get("en")
    return Said(zh=zh or en or organisation.id, en=en or zh or organisation.id)


def gap_said(reason: Reason, requirement: str) -> Said:
    """Why nobody in the set covers it; the requirement by its id."""
    return _filled(_GAPS[reason], Said(zh=requirement, en=requirement))


def step_said(step: Step, names: Mapping[str, Said]) -> Said:
    """What the call could ask less of; `names` are those of organisations by id."""
    plain = Said(zh=step.name, en=step.name)
    named = _KINDS if step.change is Change.FEWER_OF_KIND else names
    return _filled(_STEPS[step.change], named.get(step.name, plain), step.by)


def too_few_of(kind: str, there: int, least: int) -> Said:
    """Of a kind that the call asks for."""
    named = _KINDS[kind]
    return Said(
        zh=f"范围内可用的{named.zh}只有 {there} 家,而要求至少 {least} 家。",
        en=f"There are {there} available for kind “{named.en}” and {least} are asked for.",
    )


def member_said(
    alone: Sequence[str], leads: Sequence[str], needed: Sequence[Purpose]
) -> list[Said]:
    """What a member is in the set for."""
    said = []
    if alone:
        said.append(_listed("只有它能满足:{}", "The only one to cover: {}", alone))
    shared = [one for one in leads if one not in set(alone)]
    if shared:
        said.append(_listed("最能满足:{}", "Covers best: {}", shared))
    if Purpose.KIND in needed:
        said.append(Said(zh="满足机构类别要求", en="Needed for the kinds that are asked for"))
    if Purpose.SIZE in needed:
        said.append(Said(zh="满足最少成员数", en="Needed for the least size"))
    return said


def promise_said(share: float, *, greedy: bool) -> Said:
    """How good it is beside the best there can be."""
    percent = f"{100 * share:.0f}%"
    how = Said(zh="贪心算法", en="greedy") if greedy else Said(zh="精确求解", en="exact")
    return Said(
        zh=f"覆盖度至少达到限制内最优组合的 {percent}({how.zh})。",
        en=f"At least {percent} of the coverage of any set within the limits ({how.en}).",
    )


def _listed(zh: str, en: str, ids: Sequence[str]) -> Said:
    return Said(zh=zh.format("、".join(ids)), en=en.format(", ".join(ids)))


def _filled(template: Said, name: Said, *more: object) -> Said:
    return Said(zh=template.zh.format(name.zh, *more), en=template.en.format(name.en, *more))
