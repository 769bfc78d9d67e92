"""Names of teachers and of rooms, told from other words by how they look."""

import re
from functools import lru_cache

from scheduler.formats.spreadsheets.labels.words import close_up, plain

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦"
    "戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻"
    "苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练"
    "廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿"
    "阎鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由肖萧傅"
)
_DOUBLE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "令狐",
    "夏侯",
    "司徒",
    "端木",
    "慕容",
    "南宫",
    "轩辕",
    "长孙",
)
_REMARK = re.compile(
    r"实验|口语|听力|作文|习作|复习|新授|讲评|合班|分层|走班|选修|必修|室内|室外|理论|实践"
    r"|连堂|连上|阅读|测试|练习|展示|欣赏|主题|整理|活动|训练|轮换|机动|备用|外教|双师|网课"
)
_TITLE = re.compile(r"(?:老师|教师|师傅|教练|主任|校长|书记)$")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{1,3}(?:·[\u4e00-\u9fff]{1,6})?")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,2}|[A-Z]{1,2}\d{1,3}")
_SUFFIX = re.compile(
    r"[(（](?:兼|代|大|小|男|女|外聘|走教|支教|实习|[\u4e00-\u9fff]{1,3}组?)[)）]$|[大小]$"
)
_ROOM = re.compile(
    r"(?:教室|室|馆|操场|球场|田径场|运动场|场地|场|机房|厅|楼|礼堂|中心|基地|公园|跑道|教学点|园|库|台)(?:\d{0,4}|[一二三四五六七八九十东西南北])$"
    r"|^[A-Z]?-?\d{3,4}室?$|^[\u4e00-\u9fff]{1,6}楼[-\d]+"
)
_PLURAL = re.compile(r"[/、,，;；]|\n|(?<![A-Za-z]) (?=\S)| (?![A-Za-z])|和|及|\+|&")


@lru_cache(maxsize=32768)
def person(text: str) -> bool:
    """Whether a text looks like the name of one person: 张三, 张老师, 欧阳某, T01."""
    name = close_up(plain(text))
    if _LATIN_NAME.fullmatch(name):
        return True
    titled = _TITLE.sub("", name)
    if titled != name:
        return 0 < len(titled) <= 4 and bool(_HAN_NAME.fullmatch(titled))
    bare = _SUFFIX.sub("", name)
    if bare.startswith(_DOUBLE):
        return 2 <= len(bare) <= 4 and bool(re.fullmatch(r"[\u4e00-\u9fff]+", bare))
    if not bare or bare[0] not in _SURNAMES:
        return False
    given = bare[1:]
    return (
        bool(given) and bool(_HAN_NAME.fullmatch(given)) and len(given) <= 2
    ) or "·" in bare


def surname(text: str) -> bool:
    """Whether a single character is a surname."""
    return text in _SURNAMES


@lru_cache(maxsize=8192)
def perhaps_person(text: str) -> bool:
    """Whether a text may be a name where names stand, its surname being a rare one."""
    name = _SUFFIX.sub("", close_up(plain(text)))
    if person(text):
        return True
    named = bool(re.fullmatch(r"[\u4e00-\u9fff]{2,3}", name))
    return named and not _REMARK.search(name) and not room(name)


@lru_cache(maxsize=8192)
def room(text: str) -> bool:
    """Whether a text looks like a place: 音乐室, 操场, 302."""
    return bool(_ROOM.search(plain(text)))


def people_in(text: str) -> tuple[str, ...]:
    """The names in a text that holds several, each without what stands behind it."""
    parts = (part.strip() for part in _PLURAL.split(close_up(plain(text))))
    return tuple(dict.fromkeys(tidy(part) for part in parts if part))


def tidy(name: str) -> str:
    """A teacher's name without a remark in brackets: 张三(兼) -> 张三."""
    return re.sub(r"\((?:兼|代|外聘|走教|支教|实习)\)$", "", close_up(plain(name)))
