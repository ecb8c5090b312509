"""Characters that are read as others: the part of Unicode's confusables (UTS #39) that can spell
the rules' words, and variants of the Chinese characters in them. Applied after NFKC and NFD.
"""

import re
import unicodedata

_SHAPED = {
    "a": "ɑΑαАаᎪᗅꓮ𐊠",
    "b": "ƄΒВЬᏏᏴᑲᖯᗷꓐꞴ𐊂𐊡𐌁",
    "c": "СсᏟᴄⲤⲥꓚꮯ𐊢𐌂𐐕𐐽",
    "d": "ԁᎠᏧᑯᗞᗪꓒꓓ",
    "e": "ΣΕЕеҽᎬⴹꓰꬲ𐊆",
    "f": "ϜքᖴẝꓝꞘꞙꬵ𐊇𐊥",
    "g": "ƍɡԌցᏀᏳᶃꓖ",
    "h": "ΗНһհᎻᏂᕼⲎꓧ𐋏",
    "i": "ıɩɪΙιІіӏᎥᛁⲒⵏꓲꙇꭵ𐊊𐌉",
    "j": "ͿϳЈјᎫᒍꓙꞲ",
    "k": "ΚКᏦᛕⲔꓗ",
    "l": "ƖǀӀᏞᒪⳐꓡ𐐛",
    "m": "ΜϺМᎷᗰᛖⲘꓟ𐊰𐌑",
    "n": "ΝոռⲚꓠ",
    "o": "ΟοσОоՕօᎾဝჿᴏᴑⲞⲟⵔꓳꬽ𐊒𐊫𐐄𐐬𐓂𐓪",
    "p": "ΡρРрᏢᑭⲢⲣꓑ𐊕",
    "q": "ԛգզⵕ",
    "r": "ƦгᎡᏒᖇᴦⲅꓣꭇꭈꮁ𐒴",
    "s": "ƽЅѕՏᏕᏚꓢꜱꮪ𐊖𐐠𐑈",
    "t": "ΤТᎢⲦꓔ𐊗𐊱𐌕",
    "u": "ʋυՍսᑌᴜꓴꞟꭎꭒ𐓎𐓶",
    "v": "νѴѵᏙᐯᴠⴸꓦꮩ",
    "w": "ɯѡԜԝաᎳᏔᴡꓪꮃ",
    "x": "ΧХхᕁᕽᚷⲬⵝꓫꞳ𐊐𐊴𐌗",
    "y": "ɣʏΥγУуҮүყᎩᎽᶌỿⲨꓬꭚ𐊲",
    "z": "ΖᏃᴢꓜꮓ",
}  # fmt: skip
"""Letters of other scripts by the Latin letter that Unicode's confusables.txt (15.1) reads them
as, in the case they are written in: a Greek capital Ν is an N, its small ν a v. What could be l
or I is i where it is a capital; Σ and Ꮎ are added.
"""
_CYRILLIC = dict(zip("авекмнорстухіјѕԁԍһӏѵԝԛгп", "abekmhopctyxijsdghlvwqrn", strict=True))
_GREEK = dict(zip("αβγεηικνορτυχωϲϳσ", "abyenikvoptuxwcjo", strict=True))
_LATIN = {
    "ı": "i", "ɩ": "i", "ł": "l", "ɡ": "g", "ɑ": "a", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t",
    "ß": "ss", "æ": "ae", "œ": "oe", "ƅ": "b", "ᴄ": "c", "ᴏ": "o", "ᴛ": "t", "ᴋ": "k", "ᴇ": "e",
    "ɴ": "n", "ɪ": "i", "ʙ": "b", "ʀ": "r", "ꜰ": "f", "ᴍ": "m", "ɢ": "g", "ᴀ": "a", "ᴅ": "d",
    "฿": "b", "₿": "b", "¢": "c", "€": "e", "×": "x", "|": "l",
}  # fmt: skip
_SHAPES = {
    "曰": "日", "帀": "币", "冖": "一", "囗": "口", "亊": "事", "㐅": "义", "旷": "矿", "鉱": "矿",
    "砿": "矿", "昜": "易", "巿": "币", "貟": "员", "仮": "假", "価": "价", "売": "卖", "発": "发",
}  # fmt: skip
_TRADITIONAL = dict(
    zip(
        "發幣貨礦機鏈數碼資產虛擬證權貸質壓買賣場員賺錢潤獎勵額億萬開區塊網絡鏡戲遊線單級層結"
        "換臉聲視頻偽檢測標識語圖藏臺應賬業務務財務師現實際態動勢預購銷售營運劃費籌價營術藝書"
        "館學習體驗節約與為無風險報導鎖倉槓桿撮閃兌幾個會議論與華國銀總體關聯貿當錄試過進達遷"
        "寶產遞獲讓轉贈競賣炒抬餘連續標準設計龍頭導師講團隊發賬戶",
        "发币货矿机链数码资产虚拟证权贷质压买卖场员赚钱润奖励额亿万开区块网络镜戏游线单级层结"
        "换脸声视频伪检测标识语图藏台应账业务务财务师现实际态动势预购销售营运划费筹价营术艺书"
        "馆学习体验节约与为无风险报导锁仓杠杆撮闪兑几个会议论与华国银总体关联贸当录试过进达迁"
        "宝产递获让转赠竞卖炒抬余连续标准设计龙头导师讲团队发账户",
        strict=True,
    )
)

_SMALL = {**_CYRILLIC, **_GREEK, **_LATIN, **_TRADITIONAL, **_SHAPES}
_AS_WRITTEN = {
    character: letter
    for letter, characters in _SHAPED.items()
    for character in characters
    if character not in _SMALL
}
_NAMED = re.compile(
    r"(?:NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER|REGIONAL INDICATOR SYMBOL LETTER"
    r"|LATIN (?:SMALL|CAPITAL) LETTER|LATIN LETTER SMALL CAPITAL) ([A-Z])(?: WITH .*)?"
)
_OTHER_DASHES = "\u2212\u2043\u02d7"

AS_LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a"}
"""Digits and signs written for letters inside a word; read both ways."""


def looks_like(character: str) -> str:
    """What one character is read as, in lower case: before its case is folded where another
    script's capital looks like another letter than the small one, else after.
    """
    if character.isascii():
        return character.lower()
    if unicodedata.category(character) == "Pd" or character in _OTHER_DASHES:
        return "-"
    if character in _AS_WRITTEN:
        return _AS_WRITTEN[character]
    small = character.casefold()
    if small in _SMALL:
        return _SMALL[small]
    named = _NAMED.fullmatch(unicodedata.name(character, ""))
    if named:
        return named[1].lower()
    return "".join(_SMALL.get(one, _AS_WRITTEN.get(one, one)) for one in small)
