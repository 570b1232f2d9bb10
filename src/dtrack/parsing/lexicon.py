"""Words that returns use, Chinese, English and French: units, changes, targets, totals, headings.

Every list of words that a cell, a heading or a row is looked up in stands here. What a word does is
said where it is used. Scale words (万, million) stand in `core.units`, wordings (超过) in
`core.figure`.
"""

from __future__ import annotations

import re

from dtrack.core.figure import WORDS_BEFORE
from dtrack.core.names import spelling


def words_of(*lines: str) -> frozenset[str]:
    """The words of the lines, as keys under which spellings are found."""
    return frozenset(spelling(word) for line in lines for word in line.split())


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# -- units -----------------------------------------------------------------------------------------
_MONEY_WORDS = {
    "CNY": "元 人民币 人民币元 元人民币 rmb cny yuan ¥ rmbyuan",
    "USD": "美元 usd us$ $ dollar",
    "EUR": "欧元 eur € euro",
    "HKD": "港元 hkd hk$",
}
MONEY = {word: code for code, words in _MONEY_WORDS.items() for word in words.split()}
PERSONS = {
    "人": "person",
    "人次": "person-time",
    "people": "person",
    "person": "person",
    "户": "household",
    "household": "household",
}
# words with which any thing is counted, persons and households aside
COUNTERS = frozenset("个家座台套项件条所")
# what is measured, less its scale word: a unit of no indicator here is still a unit, and none of it
_MEASURED_WORDS = (
    "‰ permille 吨 吨标准煤 吨标煤 ton tonne tce 克 公斤 kg 米 公里 km 里 亩 公顷 hectare ha "
    "升 瓦 瓦时 度 平方米 平米 m² m2 平方公里 平方千米 km² km2 立方米 m³ m3 kw kwh mw mwh 小时 hour"
)
MEASURED = frozenset(_MEASURED_WORDS.split())
PER_CENT = ("%", "percent", "per cent", "pct", "百分比", "per cents", "％")
PERCENT_BEHIND = _any_case("(?:%|percent|per cent|pct)")
CURRENCY_BEFORE = _any_case(r"(?:CNY|RMB|USD|EUR|US\$|HK\$|[¥$€£]|人民币)\s*(?=[+\-0-9.])")
# a line that holds one of these speaks of units
OF_UNITS = _any_case(
    r"[元万亿千百%％¥$€]|1[ ,]?000"
    r"|\b(?:hundred|thousand|million|billion|milliard|yuan|cny|rmb|usd|eur)s?"
)
# with a sign after the word the line is about units and nothing else
UNIT_LINE = _any_case(
    r"(?:(?:计量|数据|金额|货币)?单位|\bunits?\b|\bunités?\b)(?P<sign>\s*[:：为是])?\s*"
    r"(?P<told>[^)）\]】]*(?:\([^)]*\))?)"
)
PER = _any_case(r"\bper\b(?! ?cent)|/|每")
PRICES = {
    "constant": _any_case(
        r"按?(?:[12][0-9]{3}年)?(?:不变|可比)价格?(?:计算)?|(?:at )?constant prices"
    ),
    "current": _any_case(r"名义|按?(?:现|当年)价格?(?:计算)?|(?:at )?current prices"),
}

# -- cells -----------------------------------------------------------------------------------------
BLANK = frozenset(
    [
        *("", "-", "--", "---", "—", "——", "–", "―", "─", "──", "/", "\\", ".."),
        *("n/a", "na", "n.a.", "nd", "n.d.", "not available", "not reported"),
        *("暂无", "暂无数据", "无数据", "未报", "未报送", "未上报", "缺", "缺报", "未统计", "待报"),
    ]
)
BELOW_SMALLEST = re.compile(r"\.{3,}|…+|⋯+")
FOOTNOTE_MARKS = _any_case(
    r"(?:\s*(?:\[\s*\w{1,3}\s*\]|\(\s*(?:注?\s*[0-9]{1,2}|[a-jln-z])\s*\)|[*†‡§]+"
    r"|[²³¹⁰⁴-⁹₀-₉①-⓿❶-➓㈠-㉃]+|注[0-9]{0,2}))+$"
)
SIGNS_BEHIND = re.compile(
    r"(?:\s*(?:[*†‡§]+|[²³¹⁰⁴-⁹₀-₉①-⓿❶-➓㈠-㉃]+|\(\s*注?\s*[0-9]{1,2}\s*\)|注[0-9]{0,2}))+$"
)
_THAN_BEFORE = "(?:同比|(?:比|较)(?:上年|去年)(?:同期)?)?"
# what may stand between a rise or fall and its number; 降幅收窄至3% is still a fall of 3 %
_LINK = "(?:收窄|扩大|缩小|回落|放缓|提高|加快)?(?:达到|达|为|至|到|在|(?<=幅)(?:应|要)?)?"
_RISE = (
    rf"{_THAN_BEFORE}(?:增长|上升|增加|上涨|升)了?|{_THAN_BEFORE}(?:增幅|涨幅|增速){_LINK}"
    "|up(?: by)?|(?:rose|increased|increase|grew|grow|risen|grown|rise)(?: by)?"
    "|(?:an? )?(?:increase|rise|growth) of|↑"
    "|(?:en |une )?(?:hausse|augmentation|progression|croissance) (?:de |d['’])"
    "|(?:a |ont )?(?:augmenter|augmenté|progresser|progressé) (?:de |d['’])"
)
_FALL = (
    rf"{_THAN_BEFORE}(?:负增长|下降|减少|降低|下跌|压减|削减|缩减|压降|降|减)了?"
    rf"|{_THAN_BEFORE}(?:降幅|跌幅|减幅|降低率|下降率){_LINK}"
    "|down(?: by)?"
    "|(?:fell|fall|falls|fallen|decreased?|declined?|dropped|drop|reduced?|cut|lowered|lower"
    "|shrank|contracted)(?: by)?"
    "|(?:an? )?(?:fall|decrease|decline|drop|reduction|cut|contraction)(?: of| by)|↓|▼"
    "|(?:en |une )?(?:baisse|recul|diminution|réduction|repli|chute) (?:de |d['’])"
    "|(?:a |ont )?(?:baisser|baissé|reculer|reculé|diminuer|diminué|réduire|réduit|chuté)"
    " (?:de |d['’])"
)
CHANGE = _any_case(
    rf"(?:(?P<fall>{_FALL})|(?P<rise>{_RISE})|(?P<minus>负|minus(?= )))\s*"
    rf"(?=(?:{WORDS_BEFORE})?\(?[+\-.]?[0-9])"
)
# words that may stand before a rise or fall too: 约下降5%, at least a fall of 5 %
BEFORE_CHANGE = frozenset(
    ["约", "大约", "大概", "至少", "最多", "at least", "at most", "about", "around"]
)
# the number behind it is the level itself, whatever it came from
LEVEL = _any_case(
    "(?:同比)?(?:下降|减少|降低|下跌|回落|收窄|压减|压降|降|减|跌"
    "|上升|升|提高|增加|增长|扩大|增)(?:至(?![多少])|到)"
    "|降为|达到|达"
    "|(?:fell|fall|falls|fallen|down|decreased?|declined?|dropped|drop|reduced?|cut|lowered|lower"
    "|rose|rise|risen|increased?|grew|grow|raised?) to(?= )|reached(?= )"
    "|(?:est |a été )?(?:tombée?|descendue?|ramenée?|revenue?|baissée?|réduite?|portée?|passée?"
    "|réduire|ramener|baisser|porter)s? à(?= )"
)
# how a range is said: between 6.5 and 7 %
BETWEEN = _any_case(r"在|控制在|保持在|稳定在|维持在|between |from |entre |de ")
OF_RANGE = _any_case(r"(?:之间|区间)$")
_SAME = "(?:与|和|同)?(?:上年|去年)?(?:同期)?"
UNCHANGED = _any_case(
    rf"(?:同比|比)?(?P<about>基本|大体)?(?:保持)?{_SAME}(?P<about2>基本|大体)?(?:持平|相同|不变)"
    "|零增长|(?P<about3>broadly |roughly |almost |globalement )?"
    "(?:unchanged|no change|flat|zero growth|inchangée?s?)|(?P<stable>stable)"
)
TWICE = _any_case(
    r"(?:实现)?翻(?:了)?(?P<番>[一两二三四2-4])?番|(?P<double>doubled?|doubling|doublée?s?|doubler)"
    r"|(?P<triple>tripled?|tripling|triplée?s?|tripler)|(?P<quadruple>quadrupled?|quadruplée?s?)"
)
TIMES = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?倍")
# of the year before: its number is the whole, the rise is one less
OF_BEFORE = re.compile(
    r"(?:是|为|相当于|达到?|增(?:长|加)?[到至])?(?:(?:上年|去年)(?:同期)?(?:水平)?的|(?<=[到至]))"
)
# told, but without a number: the sign turned, so no growth says it
WITHOUT_NUMBER = _any_case(
    "(?:实现|同比)?(?:扭亏为盈|扭亏|由亏转盈|由亏损转为盈利|转亏为盈|转盈|由盈转亏|由盈利转为亏损"
    "|转亏|亏损|净亏损|盈利|由正转负|由负转正|减亏|增亏|亏损扩大|亏损收窄|持续亏损|继续亏损)"
    "|(?:turn(?:ed)?|swung|swing)(?: from (?:a )?(?:loss|profit))? ?(?:in)?to (?:a )?"
    "(?:loss|profit)"
    "|(?:loss|profit) (?:in)?to (?:loss|profit)|(?:net )?loss(?:es)?|not meaningful|n\\.m\\."
    "|(?:passage|retour) (?:à|au|aux|en|du|de|d['’]|l['’]|une?|la|le|perte|déficit|bénéfices?| )+"
    "|pertes?|déficitaire|bénéficiaire"
)

# -- the status of a figure ------------------------------------------------------------------------
_STATUS_WORDS = {
    "flash": (
        "初步(?:核算|统计|测算)?(?:数据?|值)?|快报数?|初值|暂定数?"
        "|provisional|preliminary|prelim\\.?|prov\\.|flash|provisoires?|préliminaires?"
    ),
    "expected": (
        "预计(?:数|值|完成)?|预估(?:数|值)?|估计(?:数|值)?|估算(?:数|值)?|预测(?:数|值)?"
        "|expected|estimated?|est\\.|forecast|projected|projection"
        "|estimée?s?|estimation|prévue?s?|prévision|attendue?s?"
    ),
    "revised": "修订(?:后|数|值)?|修正(?:后|数|值)?|revised|revision|rev\\.|révisée?s?|révision",
    "final": "最终(?:核实)?(?:数|值)?|最终核算数|final|définitifs?|définitives?",
}
_LETTERS = {"flash": "p", "expected": "e", "revised": "r"}
_TOLD = "|".join(f"(?P<{status}>{words})" for status, words in _STATUS_WORDS.items())
_LETTER = "|".join(f"(?P<{status}_>{letter})" for status, letter in _LETTERS.items())
STATUS_BEFORE = _any_case(
    rf"[(\[]? ?(?:(?:{_TOLD})(?![a-zé])) ?[)\]]? ?(?:[:,，] ?|为|是)?(?=.*[0-9])"
)
STATUS_BEHIND = _any_case(
    rf" ?(?:[(\[] ?(?:{_TOLD}|{_LETTER}) ?[)\]])$"
    rf"|(?<=[^(\[a-zé])(?:{_TOLD.replace('P<', 'P<bare_')})$"
    rf"|(?<=[0-9%]) ?(?:{_LETTER.replace('_>', '__>')})$"
)
POINTS = _any_case(r"(?:个?百分点|percentage points?|pct\.? ?pts?|pp)$")

# -- targets ---------------------------------------------------------------------------------------
# before a figure that is striven for, never before what was reached
AIM = re.compile(r"(?:努力)?(?:力争|争取|确保)(?:实现|达到|完成|达)?\s*")
TARGETS = _any_case(
    r"目标|任务|计划|(?<![a-z])(?:targets?|goals?|plan(?:s|ned)?)(?![a-z])|objectifs?"
    r"|(?<![a-z])prévue?s?(?![a-z])"
)
# in a return, where 计划 may be part of a name
TARGETS_FOR_SURE = _any_case(r"目标|任务|计划数|\b(?:targets?|objectifs?)\b")
RESULTS = _any_case(
    r"实际|完成|实绩|达成|实现|进度|(?:占|较|距|超|与|比)(?:年度|全年|年初)?(?:目标|任务|计划)"
    r"|(?:目标|任务|计划).{0,2}(?:差距|缺口)"
    r"|(?<![a-z])(?:actuals?|achieve|complet|reali[sz]|reached|progress|outturn)"
    r"|(?:of|from|to|vs\.?) (?:the )?(?:annual )?target"
    r"|réalis|atteint|(?:de l['’]|des )objectif"
)
# what is taken off a heading before its indicator is looked for
TARGET_WORDS = _any_case(r"(?:预期|计划)?目标值?|\b(?:targets?|goals?|objectifs?)\b")
MORE_TARGET_WORDS = _any_case(
    r"(?:本?年度|当年)?(?:预期|计划)?(?:目标|任务|计划)[数值]?|(?<=[0-9]年)度"
    r"|\b(?:targets?|goals?|planned|plans?|objectifs?)\b"
)

# -- headings --------------------------------------------------------------------------------------
AREA_HEADS = words_of(
    "地区 区 区县 区域 各区 行政区 单位名称 地区名称 area areas district districts region county"
)
INDICATOR_HEADS = words_of("indicator 指标 指标名称 项目 indicateur")
UNIT_HEADS = words_of("单位 计量单位 unit units unité")
PERIOD_HEADS = words_of(
    "period 时期 期间 期别 报告期 统计时期 时间 half quarter 季度 month 月份 year 年份 年度 "
    "période FY 财年 财政年度 fiscal-year financial-year exercice"
)
# heading → what a mere number below it means
COUNTED_PERIODS = {
    "月份": "{}月",
    "month": "{}月",
    "季度": "{}季度",
    "quarter": "Q{}",
    "half": "H{}",
}
VALUE_HEADS = words_of(
    "value values 数值 值 指标值 数据 数据值 本期 本期值 本期数 valeur valeurs figure figures",
    "number actuals observation 完成值 完成数 完成情况 实际值 实际数 实际完成 实际完成值",
    "累计值 累计数 累计完成 本期完成 本期累计 本期实际 统计值 统计数 réalisé chiffre chiffres",
)
# the growth on the year before of what stands in the column before it
GROWTH_HEADS = words_of(
    "同比增长 同比增速 同比增幅 同比增减 同比增长率 同比 比上年增长 较上年增长",
    "增速 增长率 增幅 增长",
    "growth growthrate yoy y/y y-o-y yearonyear year-on-year annualgrowth yoygrowth",
    "croissance tauxdecroissance évolutionsurunan glissementannuel variationsurunan",
)
NOT_FIGURES = words_of(
    "序号 编号 排名 位次 名次 排序 代码 区划代码 行政区划代码 备注 说明 联系电话 电话",
    "no no. # rank code note notes remark remarks phone",
)
# what options of the command say of the whole file
OF_THE_COMMAND = words_of("status published source prices scope 状态 发布日期 来源 口径")
# in a heading beside the name of an indicator they say nothing
SILENT = words_of(
    "本月止累计 本月累计 自年初累计 年初累计",
    "总量 绝对量 绝对值 绝对数 数值 值 数 金额 本期 本年 累计 本年累计 实际 实际值 完成 完成值",
    "主要指标 指标 经济指标 value amount level actual total figure half cumulative valeur montant",
)
SILENT_END = re.compile(r"(?:累计|总量|绝对量|绝对值|数值|合计)$")
# beside a part of a name they make another indicator of it
TURNS = _any_case(
    r"增(?!加值)|降|同比|环比|占|比重|比例|率|人均|地均|户均|年均|平均|每|变化|变动|贡献|指数|排|位次|速|目标|任务|计划"
    r"|\b(?:growth|change|share|rate|per|ratio|average|mean|index|rank"
    r"|croissance|part|taux|variation|moyenne?|indice)\b"
)
SMALL_WORDS = _any_case(
    r"of|in|to|by|on|at|as|an|the|and|de|du|des|la|les?|une?|et|en|aux?|dans|pour|."
)

# -- rows ------------------------------------------------------------------------------------------
PART = _any_case(r"^(?:\s*(?:其中|of which|dont|#|＃|[-–—•·](?=\s*\D))[\s:：]*)+")
TOTAL = _any_case(
    r".{0,8}(?:合计|总计|小计|累计|总和|总数|平均|均值)(?:\(.{1,20}\))?"
    r"|(?:(?:all|the) )?(?:districts?|areas?|grand|city)?[\s,-]*(?:sub-?)?"
    r"(?:totals?|sum|ensemble|average)"
    r"|(?:首都功能|城市功能|功能)?(?:核心区|拓展区|涵养区|中心城区|主城区|城六区|平原新城|平原地区"
    r"|近郊区?|远郊区?|郊区|其[他它]区?)"
    r"|生态涵养(?:发展)?区|城市发展新区"
)
NOTE = _any_case(
    r"^\s*(?:注|备注|说明|(?:资料|数据)?来源|填表人|审核人|负责人|填报|制表|notes?|sources?|remarks?)"
    r"\s*[:：.1-9]"
)
ABOVE_TABLE = _any_case(
    r"^\s*(?:计量单位|填报单位|单位|units?|填报|制表|报送|日期|表号|时间|date)\S{0,4}\s*[:：]"
)
