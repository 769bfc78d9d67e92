"""The code of the curriculum standard that a subject stands for.

Schools give it in ``standard_code``; where they do not, the usual names tell. Only
names that can mean one thing are among them. Source: regulations.md 6.2.
"""

from scheduler.model.resources import Subject

_NAMES = {
    "ME": "道德与法治 道法",
    "CN": "语文",
    "CAL": "书法 写字",
    "MA": "数学",
    "FL": "外语 英语 日语 俄语",
    "HI": "历史",
    "GE": "地理",
    "SC": "科学",
    "PH": "物理",
    "CH": "化学",
    "BI": "生物学 生物",
    "IT": "信息科技 信科",
    "PE": "体育与健康 体育",
    "PEA": "体育活动 体育活动课 体锻",
    "AR": "艺术",
    "MUS": "音乐 唱游·音乐",
    "FA": "美术 造型·美术",
    "LAB": "劳动",
    "CPA": "综合实践活动 综合实践",
    "CLS": "班团队活动 班队活动 班队 班会 队会 班队会 团队活动 主题班会",
    "PSY": "心理健康 心理健康教育 心理",
    "LOC": "地方课程",
    "SCH": "校本课程",
    "XJP": "学生读本",
}
_CODE = {name: code for code, names in _NAMES.items() for name in names.split()}


def code_of(subject: Subject) -> str:
    """The subject's code, given or told by its name; empty where neither says one."""
    return subject.standard_code or _CODE.get(subject.name.strip(), "")
