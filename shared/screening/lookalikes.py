"""Characters that are read as others: the part of Unicode's confusables (UTS #39) that can spell
the rules' words, and variants of the Chinese characters in them. Applied after NFKC and casefold.
"""

_CYRILLIC = dict(zip("авекмнорстухіјѕԁԍһӏѵԝԛгп", "abekmhopctyxijsdghlvwqrn", strict=True))
_GREEK = dict(zip("αβγεηικνορτυχωϲϳσ", "abyenikvoptuxwcjo", strict=True))
_LATIN = {
    "ı": "i", "ɩ": "i", "ł": "l", "ɡ": "g", "ɑ": "a", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t",
    "ß": "ss", "æ": "ae", "œ": "oe", "ƅ": "b", "ᴄ": "c", "ᴏ": "o", "ᴛ": "t", "ᴋ": "k", "ᴇ": "e",
    "ɴ": "n", "ɪ": "i", "ʙ": "b", "ʀ": "r", "ꜰ": "f", "ᴍ": "m", "ɢ": "g", "ᴀ": "a", "ᴅ": "d",
    "฿": "b", "₿": "b", "¢": "c", "€": "e", "×": "x", "|": "l",
}  # fmt: skip
_SHAPES = {"曰": "日", "帀": "币", "冖": "一", "囗": "口", "亊": "事", "㐅": "义"}
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

FOLDED: dict[str, str] = {**_CYRILLIC, **_GREEK, **_LATIN, **_TRADITIONAL, **_SHAPES}
"""What each of them is read as."""

AS_LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a"}
"""Digits and signs written for letters inside a word; read both ways."""
