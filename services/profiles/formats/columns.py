"""The columns of the spreadsheet layout, and the names people may use for them."""

import re
from collections.abc import Iterable

ORGANISATION = (
    "id",
    "kind",
    "name_zh",
    "name_en",
    "uscc",
    "ror",
    "country",
    "province",
    "city",
    "city_name",
    "activity",
    "website",
    "parent",
    "capacity",
    "fields",
    "exclusions",
)
CONTACT = ("contact_name", "contact_email", "contact_phone", "contact_role")
FACETS = ("materials", "methods", "effect", "product", "application")
STATEMENT = (
    "statement_id",
    "text",
    "language",
    "readiness",
    "necessity",
    "visibility",
    "valid_until",
    "stated_on",
    *FACETS,
)
COLLABORATION = ("partner", "projects")
COLUMNS = ("row_type", *ORGANISATION, *CONTACT, *STATEMENT, *COLLABORATION)
"""All columns, in the order in which they are written. `fields` serves statements too."""

NUMBERED = re.compile(r"^(capability|need)_([0-9]{1,3})$")
"""Columns of the simple layout: one organisation a row, `capability_1`, `need_1` and so on."""

ROW_TYPES = {
    "organisation": "organisation",
    "organization": "organisation",
    "机构": "organisation",
    "capability": "capability",
    "能力": "capability",
    "need": "need",
    "需求": "need",
    "contact": "contact",
    "联系人": "contact",
    "collaboration": "collaboration",
    "合作": "collaboration",
    "exclusion": "exclusion",
    "回避": "exclusion",
}
_CHINESE = {
    "行类型": "row_type",
    "编号": "id",
    "类型": "kind",
    "名称": "name_zh",
    "中文名称": "name_zh",
    "英文名称": "name_en",
    "统一社会信用代码": "uscc",
    "国家": "country",
    "省份": "province",
    "省": "province",
    "城市": "city",
    "网址": "website",
    "上级机构": "parent",
    "网站": "website",
    "领域": "fields",
    "接待能力": "capacity",
    "回避机构": "exclusions",
    "联系人": "contact_name",
    "邮箱": "contact_email",
    "电话": "contact_phone",
    "职务": "contact_role",
    "文本": "text",
    "能力": "capability_1",
    "需求": "need_1",
}
_NUMBERED_CHINESE = re.compile(r"^(能力|需求)_?([0-9]{1,3})$")


def column_name(header: str) -> str:
    """The column that a header cell means; an unknown one as it is."""
    name = re.sub(r"[\s-]+", "_", header.strip().lower())
    if match := _NUMBERED_CHINESE.match(name):
        return f"{'capability' if match[1] == '能力' else 'need'}_{match[2]}"
    return _CHINESE.get(name, name)


def is_known(column: str) -> bool:
    """Whether a column of this name is read."""
    return column in COLUMNS or bool(NUMBERED.match(column))


def known_share(headers: Iterable[str]) -> int:
    """How many of the header cells are known columns."""
    return sum(is_known(column_name(header)) for header in headers)
