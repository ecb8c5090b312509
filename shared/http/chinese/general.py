"""Sentences that any part may say."""

GENERAL: dict[str, str] = {
    # pydantic's
    "Field required": "缺少该字段",
    "Extra inputs are not permitted": "不认识该字段",
    "String should have at least {n} character": "至少需要 {n} 个字符",
    "String should have at least {n} characters": "至少需要 {n} 个字符",
    "String should have at most {n} characters": "最多 {n} 个字符",
    "String should match pattern '{pattern}'": "不符合格式 {pattern}",
    "Input should be a valid string": "应为文本",
    "Input should be a valid string, unable to parse raw data as a unicode string": (
        "应为有效的文本"
    ),
    "Input should be a valid integer": "应为整数",
    "Input should be a valid integer, unable to parse string as an integer": "应为整数,无法识别",
    "Input should be a valid integer, got a number with a fractional part": "应为整数,不能有小数",
    "Input should be a valid number": "应为数字",
    "Input should be a valid number, unable to parse string as a number": "应为数字,无法识别",
    "Input should be a valid boolean": "应为 true 或 false",
    "Input should be a valid boolean, unable to interpret input": "应为 true 或 false",
    "Input should be a valid tuple": "应为列表",
    "Input should be a valid list": "应为列表",
    "Input should be a valid dictionary": "应为对象",
    "Input should be a valid dictionary or object to extract fields from": "应为对象",
    "Input should be a valid dictionary or instance of {model}": "应为对象",
    "Input should be a valid date": "应为日期",
    "Input should be a valid date or datetime, {problem}": "应为日期,无法识别",
    "Input should be a valid date in the format YYYY-MM-DD, {problem}": "应为日期(YYYY-MM-DD)",
    "Input should be a valid datetime": "应为时间",
    "Input should be a valid datetime or date, {problem}": "应为时间,无法识别",
    "Input should be a valid UUID, {problem}": "应为 UUID",
    "Input should have timezone info": "缺少时区",
    "Input should be greater than or equal to {n}": "不能小于 {n}",
    "Input should be less than or equal to {n}": "不能大于 {n}",
    "Input should be less than {n}": "应小于 {n}",
    "Input should be greater than {n}": "应大于 {n}",
    "Tuple should have at most {n} items after validation, not {count}": (
        "最多 {n} 项,现有 {count} 项"
    ),
    "Tuple should have at most {n} items after validation, not more than {count}": (
        "最多 {n} 项,实际更多"
    ),
    "Tuple should have at most {n} item after validation, not {count}": (
        "最多 {n} 项,现有 {count} 项"
    ),
    "Tuple should have at least {n} item after validation, not {count}": (
        "至少 {n} 项,现有 {count} 项"
    ),
    "Tuple should have at least {n} items after validation, not {count}": (
        "至少 {n} 项,现有 {count} 项"
    ),
    "Input should be {expected}": "只能是 {expected}",
    # how to mend them
    "add this field": "请补上该字段",
    "remove it, or check its spelling against the API's description": (
        "请删除,或对照 API 说明检查拼写"
    ),
    "write at least {n} characters": "请至少写 {n} 个字符",
    "shorten it to {n} characters": "请缩短到 {n} 个字符以内",
    "keep at most {n} entries": "请最多保留 {n} 项",
    "give at least {n} entries": "请至少给出 {n} 项",
    "send a text in quotes": "请发送带引号的文本",
    "send valid Unicode, without lone surrogates": "请发送有效的 Unicode,不含孤立代理项",
    "write it so that it fits the pattern {pattern}": "请按格式 {pattern} 书写",
    "choose one of {expected}": "请从 {expected} 中选择",
    "give {n} or more": "请给出 {n} 或更大的值",
    "give {n} or less": "请给出 {n} 或更小的值",
    "send a whole number": "请发送整数",
    "send a whole number without quotes": "请发送不带引号的整数",
    "write the date as YYYY-MM-DD": "日期请写成 YYYY-MM-DD",
    "write the moment as 2026-01-31T08:00:00Z": "时间请写成 2026-01-31T08:00:00Z",
    "add the time zone, for instance Z": "请加上时区,例如 Z",
    "send a list": "请发送列表",
    "send an object": "请发送对象",
    # the contracts'
    "contains a NUL character; remove it": "含有 NUL 字符,请删除",
    "contains a lone surrogate; send valid Unicode": "含有孤立代理项,请发送有效的 Unicode",
    "must be one line; remove line breaks and tabs": "只能是一行,请去掉换行和制表符",
    "give a Chinese name (zh), an English name (en) or both": "请给出中文名(zh)、英文名(en)或两者",
    "statement id {id} is used twice; make it unique": "条目 id {id} 重复,请改为唯一",
    "all statements together have {count} characters; shorten or merge them to {n} at most": (
        "所有条目共 {count} 个字符,请精简或合并到 {n} 个以内"
    ),
    "requirement id {id} is used twice; make it unique": "要求 id {id} 重复,请改为唯一",
    "minimum_size is above maximum_size": "minimum_size 大于 maximum_size",
    "kinds ask for more members than maximum_size allows": "kinds 要求的成员数超过 maximum_size",
    "there are more fixed members than maximum_size allows": "固定成员数超过 maximum_size",
    "{id} is both fixed and excluded": "{id} 既被固定又被排除",
    "role service: services sign for themselves, they need no key": (
        "service 角色自行签名,不需要密钥"
    ),
    "organisation: name it for role member, and for no other role": (
        "仅 member 角色需要且必须指明 organisation"
    ),
    "reasons: are for turning down": "reasons 仅用于拒绝",
    "reasons: name at least one": "reasons 请至少给出一项",
    "text: say what `other` stands for": "text 请说明“其他”指什么",
    # the services'
    "not an id: 1 to 64 letters, digits and . _ : ~ -": (
        "不是有效的 id:应为 1 至 64 个字母、数字或 . _ : ~ -"
    ),
    "start with a letter or digit, and replace spaces and other signs": (
        "请以字母或数字开头,并替换空格和其他符号"
    ),
    "another organisation has it": "已被另一机构使用",
    "see organisation {id}": "见机构 {id}",
    "not an object": "不是对象",
    'send the changed fields as {"field": ...}': '请以 {"字段": ...} 的形式发送要修改的字段',
    "not a cursor of this list": "不是该列表的游标",
    "send next_cursor of the page before as it was, or leave it out to begin": (
        "请原样发送上一页的 next_cursor,或省略以从头开始"
    ),
    "is empty": "为空",
    "send the file's bytes as the request's body": "请把文件内容作为请求体发送",
    "is not a cursor": "不是游标",
    "take next_cursor of the page before": "请使用上一页的 next_cursor",
    "is not one of ours": "不是本平台的游标",
    "use next_cursor as it was given": "请原样使用 next_cursor",
    "is read only": "该格式只能导入",
    "use one of {expected}": "请使用 {expected} 之一",
    "an organisation cannot exclude itself": "机构不能排除自己",
    "remove its own id from the list": "请从列表中删除自己的 id",
    "the city is not in the province": "该城市不属于该省份",
    "the first two digits of both codes are the same; correct one of them": (
        "两个代码的前两位应相同,请更正其中一个"
    ),
    "GB/T 2260 codes are for places in China only": "GB/T 2260 代码仅用于中国境内的地点",
    "leave it out and give the city as city_name": "请省略,并用 city_name 填写城市",
    "{code} is not a field of the taxonomy": "{code} 不是分类体系中的领域",
    "did you mean {meant}?": "是否指 {meant}?",
    "take a code of the taxonomy": "请使用分类体系中的代码",
    "the id is given twice": "该 id 出现了两次",
    "merge the rows, or correct one id": "请合并两行,或更正其中一个 id",
    "it was erased on request": "该机构已按要求抹除",
    "leave it out, or give a new id": "请省略,或使用新的 id",
    "it is withdrawn": "该机构已撤回",
    "restore it first, then import again": "请先恢复,再重新导入",
    "organisation {id} has this identifier": "机构 {id} 已使用该标识",
    "correct it, or merge the two": "请更正,或合并两者",
    "is the same organisation": "是同一机构",
    "name another one": "请指明另一机构",
    "there is no such organisation that may be a member of this call's team": (
        "没有可以加入该团队的这一机构"
    ),
    "leave it out, or search for the organisation's id": "请省略,或查找该机构的 id",
    "not a Unified Social Credit Code: it has 18 characters (GB 32100)": (
        "不是统一社会信用代码:应为 18 位(GB 32100)"
    ),
    "copy all 18 characters from the business licence": "请从营业执照上完整抄录 18 位",
    "the check character (the last of the 18) does not fit the others (GB 32100)": (
        "校验位(第 18 位)与其余各位不符(GB 32100)"
    ),
    "compare it character by character with the business licence; one is mistyped": (
        "请与营业执照逐位核对,有一位输错"
    ),
    "not a Unified Social Credit Code: the first 8 characters are digits, the others digits or "
    "capital letters without I, O, S, V, Z (GB 32100)": (
        "不是统一社会信用代码:前 8 位为数字,其余为数字或大写字母(不含 I、O、S、V、Z)(GB 32100)"
    ),
    "look for O typed for 0, I for 1, S for 5 or Z for 2": (
        "请检查是否把 0 写成 O、1 写成 I、5 写成 S 或 2 写成 Z"
    ),
    "not a ROR id: 0, six letters or digits (no i, l, o, u), two check digits": (
        "不是 ROR id:应为 0、六位字母或数字(不含 i、l、o、u)和两位校验码"
    ),
    "copy it from https://ror.org, for instance 03xz9d532 or the whole address": (
        "请从 https://ror.org 复制,例如 03xz9d532 或完整网址"
    ),
    "the two check digits at the end do not fit the rest (ISO 7064 mod 97-10)": (
        "末尾两位校验码与其余各位不符(ISO 7064 mod 97-10)"
    ),
    "compare it with the address on https://ror.org; one character is mistyped": (
        "请与 https://ror.org 上的网址核对,有一位输错"
    ),
    "{code} is not a country code of ISO 3166-1": "{code} 不是 ISO 3166-1 国家代码",
    "give two letters such as CN, SG, DE": "请给出两个字母,例如 CN、SG、DE",
    "{code} is {name}, not a province": "{code} 是{name},不是省级",
    "give {province} as province, and {code} as city": "province 请填 {province},city 请填 {code}",
    "{code} is {name}, a province": "{code} 是{name},属于省级",
    "give it as province, and a city's code here": "请填入 province,此处填城市代码",
    "{code} is not a code of GB/T 2260": "{code} 不是 GB/T 2260 代码",
    "give six digits such as 320000 or 320100": "请给出六位数字,例如 320000 或 320100",
    "{code} ({name}) was abolished in {year}": "{code}({name})已于 {year} 年撤销",
    "give the code that the place has now": "请给出该地现行的代码",
    # reasons inside a detail
    "it is withdrawn; restore it before changing it": "该机构已撤回,请先恢复再修改",
    "others are changing the same data; try again": "其他人正在修改同一数据,请重试",
    "this token names no organisation": "该令牌未指明机构",
    "this token names no organisation to export": "该令牌未指明要导出的机构",
    "the import has ended: {status}": "导入已结束:{status}",
    "the import was cancelled": "导入已取消",
    "imports are for coordinators, batch jobs and operators": "导入仅限协调员、批处理和运维人员",
    "this is for coordinators": "仅限协调员",
    "this is for coordinators, operators and batch jobs": "仅限协调员、运维人员和批处理",
    "this is for operators": "仅限运维人员",
    "this is for operators and coordinators": "仅限运维人员和协调员",
    "it names an organisation; replay it instead": "其中有机构,请改为重放",
    "it names no organisation; reconcile instead": "其中没有机构,请改为核对索引",
    "it fails again: {failure}": "再次失败:{failure}",
    "clarity is for the organisation's members": "清晰度仅供该机构成员查看",
    "this is for operators and batch jobs": "仅限运维人员和批处理",
    "a learning run is going on; wait for its end": "学习任务正在运行,请等待其结束",
    "the hand-set ranking is live already": "手工设定的排序已在使用",
    "log loss rises from {before} to {after}": "对数损失从 {before} 升至 {after}",
    "AUC falls from {before} to {after}": "AUC 从 {before} 降至 {after}",
    "golden set: MRR falls from {before} to {after}": "已知答案:MRR 从 {before} 降至 {after}",
    "golden set: R@1 falls from {before} to {after}": "已知答案:首位命中从 {before} 降至 {after}",
    (
        "too few decisions that teach: at least {least} to learn from, and {each} of each outcome "
        "held out"
    ): "可供学习的决定太少:至少需要 {least} 条用于学习,每种结果各留出 {each} 条",
    "a rebuild is running; see GET /index": "索引正在重建,见 GET /index",
    "rematch jobs ask the index; wait for them, or cancel them": (
        "重新匹配任务正在使用索引;请等待其结束,或取消它们"
    ),
    "suggestions are for the organisation's members": "推荐仅供该机构成员查看",
    "calls are made by enterprises and coordinators": "征集由企业和协调员发布",
}  # fmt: skip
