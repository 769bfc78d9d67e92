"""Tables of places: venues, their zones and layouts, agreements, ways between."""

from scheduler.formats.tables.schema import (
    NO_LIMIT,
    Column,
    Kind,
    Table,
    clock,
    count,
    date,
    day,
    flag,
    ident,
    ref,
    refs,
    text,
)
from scheduler.formats.tables.words import ANY_WORDS, VENUE_WORDS
from scheduler.model.text import Text
from scheduler.model.venues import (
    ANY_SUBJECT,
    Agreement,
    Layout,
    SiteDistance,
    Venue,
    VenueTarget,
    Zone,
)

_SHOWN = Text(
    "给人看的名称，如“东半场”；不填则显示编号",
    "what people see, as “east half”; empty: the id",
)
_APART = count(
    "max_grades_apart",
    "最多相差年级",
    0,
    aside=True,
    note=Text(
        "同时上课的年级最多相差几级，0为只限同一年级；不填表示不限",
        "grades of lessons at once, at most so many apart; 0: one grade; empty: any",
    ),
)
VENUES = Table(
    "venues",
    "场地",
    Venue,
    ("venue_id",),
    (
        ident("venue_id", "场地编号", as_in="name"),
        text(
            "name",
            "场地名称",
            required=True,
            as_in="venue_id",
            called=("场地", "名称"),
        ),
        ident("site_id", "地点编号"),
        ref(
            "owner",
            "所属学校",
            "schools",
            note=Text("社区场地不填", "empty for a community venue"),
        ),
        text(
            "kind",
            "场地类型",
            required=True,
            called=("类型", "类别"),
            aliases=VENUE_WORDS,
            note=Text(
                "操场、球场、体育馆、专用教室、实验室、公共场地等",
                "field, court, gym, room, lab, public, …",
            ),
        ),
        flag("indoor", "室内", required=True),
        Column(
            "area_m2",
            "面积（平方米）",
            Kind.ROUNDED,
            minimum=0,
            aside=True,
            called=("面积",),
        ),
        text("address", "地址"),
    ),
)
ZONES = Table(
    "zones",
    "分区",
    Zone,
    ("zone_id",),
    (
        ident("zone_id", "分区编号", called=("分区",)),
        ref("venue_id", "场地编号", "venues", required=True, called=("场地",)),
        count("max_classes", "最多班数", required=True),
        count("max_pupils", "最多人数", aside=True, note=NO_LIMIT),
        count(
            "max_lessons",
            "最多课数",
            aside=True,
            note=Text(
                "同时上几节课，合班算一节；不填表示不限",
                "lessons at once, however many classes each has; empty: no limit",
            ),
        ),
        _APART,
        text("name", "分区名称", note=_SHOWN),
    ),
    note=Text(
        "没有分区的场地自成一个分区，最多1个班",
        "a venue without zones has one of its own id, for one class",
    ),
)
LAYOUTS = Table(
    "layouts",
    "场地用法",
    Layout,
    ("layout_id",),
    (
        ident("layout_id", "用法编号", called=("用法",)),
        ref("venue_id", "场地编号", "venues", required=True, called=("场地",)),
        refs("zones", "占用分区", "zones", required=True),
        refs(
            "subjects",
            "可用学科",
            "subjects",
            called=("学科",),
            required=True,
            also=(ANY_SUBJECT,),
            aliases=ANY_WORDS,
            note=Text("或“任何”", "subject_id, or * for any"),
        ),
        count("max_classes", "最多班数", required=True),
        count("max_pupils", "最多人数", aside=True, note=NO_LIMIT),
        count("preference", "优先级", 0, aside=True, note=Text("0最优先", "0 is best")),
        flag(
            "wet",
            "雨天可用",
            aside=True,
            note=Text(
                "恶劣天气时体育课可用，不论学科（须在室内）",
                "open to PE in bad weather whatever its subjects; indoors only",
            ),
        ),
        count(
            "setup_minutes",
            "布置分钟",
            0,
            aside=True,
            note=Text(
                "从同一分区的其他用法换过来所需的分钟",
                "to make it ready after another layout of its zones",
            ),
        ),
        count(
            "grades",
            "可用年级",
            many=True,
            maximum=9,
            note=Text("不填表示各年级都可用", "grades that may use it; empty: all"),
        ),
        text(
            "not_for",
            "不可标签",
            many=True,
            note=Text(
                "有这些标签的课和活动不能用，如屋顶不可打球",
                "lessons and activities with these tags may not use it, as ball games "
                "on a roof",
            ),
        ),
        _APART,
        text("name", "用法名称", note=_SHOWN),
    ),
)
AGREEMENTS = Table(
    "agreements",
    "场地协议",
    Agreement,
    ("agreement_id",),
    (
        ident("agreement_id", "协议编号"),
        ref("venue_id", "场地编号", "venues", required=True),
        ref("school_id", "学校编号", "schools", required=True),
        date("valid_from", "生效日期", required=True),
        date("valid_to", "截止日期", required=True),
        day(required=True),
        clock("start", "开始", required=True),
        clock("end", "结束", required=True),
        count("max_classes", "最多班数", required=True),
        count("max_pupils", "最多人数", aside=True, note=NO_LIMIT),
        count("walk_minutes", "步行分钟", 0, required=True),
        count(
            "escorts",
            "随行人数",
            0,
            aside=True,
            note=Text("体育教师之外的大人", "adults beside the PE teacher"),
        ),
        count("notice_days", "提前通知天数", 0, aside=True),
        date("closed_dates", "不开放日期", many=True, aside=True),
        text("document", "协议文件"),
        count(
            "walk_metres",
            "步行米数",
            0,
            aside=True,
            note=Text(
                "按年级步速换算分钟，不少于步行分钟",
                "minutes by grade are worked out, never below walk_minutes",
            ),
        ),
        count("road_crossings", "过马路次数", 0, aside=True),
        text("insurance", "保险单号"),
        flag("free", "免费", aside=True),
        text("fee", "费用"),
        text("contact", "联系人"),
        refs(
            "zones",
            "开放分区",
            "zones",
            note=Text("不填为整个场地", "zones it opens; empty: all"),
        ),
        flag(
            "firm",
            "必须保留",
            aside=True,
            note=Text("分配共用场地时原样保留", "kept in full when a district divides"),
        ),
        flag(
            "wish",
            "优先希望",
            aside=True,
            note=Text(
                "公平程度相同时优先分到", "preferred among windows equally fair to all"
            ),
        ),
    ),
)
VENUE_TARGETS = Table(
    "venue_targets",
    "错峰目标",
    VenueTarget,
    ("venue_id", "grade"),
    (
        ref("venue_id", "场地编号", "venues", required=True),
        count("grade", "年级", note=Text("不填为全部班级", "empty: all classes")),
        count(
            "max_classes_at_once",
            "同时最多班数",
            0,
            note=Text("任何时刻不得超过", "a ceiling that no moment may exceed"),
        ),
        count(
            "weight",
            "错峰权重",
            0,
            note=Text(
                "场地错峰代价的倍数，不填为1，0表示不错峰；填了年级则另计该年级",
                "multiplies the cost of an uneven load; empty: 1, 0: not levelled; "
                "of a grade: added for its classes alone",
            ),
        ),
    ),
    note=Text("按场地设定错峰的权重与上限", "weights and ceilings, venue by venue"),
)
SITES = Table(
    "sites",
    "路程",
    SiteDistance,
    ("from_site", "to_site"),
    (
        ident("from_site", "起点"),
        ident("to_site", "终点"),
        count("minutes", "分钟", 0, required=True),
    ),
    note=Text(
        "只填一个方向时，两个方向相同",
        "both directions unless both are given",
    ),
)
