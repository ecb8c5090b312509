"""Sentences of matches, decisions and introductions."""

MATCHES: dict[str, str] = {
    "matches are for members and coordinators": "匹配仅供成员与协调员查看",
    "unassigned: leave it out, or leave out assignee": "unassigned 与 assignee 不能同时给出",
    "is not one of the two": "不是双方机构之一",
    "name the side that has answered": "请给出作出答复的一方",
}
