"""The flow of an office's work as the navigation: ten groups, and what is in them.

A page is one line here; it is shown to whoever may open it, on the row below the
groups while its group is the open one. Pages of a draft (``of_draft``) take its number
as ``draft_id``; from elsewhere they lead to the draft that was worked on last.
"""

from dataclasses import dataclass

from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class Area:
    """One entry; ``what`` is the sentence beside it on the first page.

    Pages written to files have no ``served`` entry: it needs a server. Visitors who
    see everything are shown the others, too, which open after a login; an entry
    ``for_accounts`` is shown to whom it opens alone.
    """

    endpoint: str
    name: Text
    what: Text
    served: bool = False
    for_accounts: bool = False
    of_draft: bool = False
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """Entries that belong together."""

    title: Text
    areas: tuple[Area, ...]


def _area(endpoint: str, zh: str, en: str, what_zh: str, what_en: str) -> Area:
    """A page that is written to files, too."""
    return Area(endpoint, Text(zh, en), Text(what_zh, what_en))


def _work(endpoint: str, zh: str, en: str, what_zh: str, what_en: str) -> Area:
    """A page that works: it needs a server and an account."""
    return Area(endpoint, Text(zh, en), Text(what_zh, what_en), True, True)


def _draft(endpoint: str, zh: str, en: str, what_zh: str, what_en: str) -> Area:
    """A page of a draft."""
    what = Text(what_zh, what_en)
    return Area(endpoint, Text(zh, en), what, True, True, of_draft=True)


TODAY = (
    Area(
        "today.index",
        Text("今天", "Today"),
        Text(
            "谁请假、哪些课待安排、场地停用、谁和哪里有空、登记情况",
            "who is away, what is open or closed, who and what is free, check-ins",
        ),
        served=True,
    ),
    _area("home.index", "总览", "Overview", "待办和概况", "things to do, in short"),
    _area("weeks.classes", "班级", "Classes", "每个班的一周", "the week of each class"),
    _area(
        "weeks.teachers",
        "教师",
        "Teachers",
        "每位教师的一周",
        "the week of each teacher",
    ),
    _area(
        "weeks.venues",
        "场地",
        "Venues",
        "每处场地、每个分区的一周；使用登记二维码",
        "the week of each venue, zone by zone; codes to check in",
    ),
    _area(
        "weeks.first_school",
        "总课表",
        "School",
        "全校一张表",
        "the whole school in one table",
    ),
)
DATA = (
    _draft(
        "data.index",
        "数据",
        "Data",
        "学校、作息、教师、场地等各张表，像表格一样填；导入、下载",
        "all tables, typed like sheets; import and download",
    ),
    _draft(
        "data.bells", "作息图", "Bells", "每套作息画成一天", "each bell drawn as a day"
    ),
)
TEACHING = (
    _draft(
        "data.teaching",
        "任课安排",
        "Teaching",
        "班级 × 学科，填教师",
        "the teacher of each class and subject",
    ),
    _draft(
        "data.hours",
        "课时",
        "Hours a week",
        "年级、班级 × 学科，填每周节数",
        "lessons a week of each grade, class and subject",
    ),
)
PLACES = (
    _draft(
        "data.zones",
        "场地分区",
        "Zones",
        "场地分成几区，各种用法占哪几区",
        "zones of venues, and which of them each layout uses",
    ),
    _draft(
        "data.agreements",
        "协议填写",
        "Terms",
        "借用场地的日期、时段、人数，看开放哪些日期",
        "dates, times and caps of agreements, and what they open",
    ),
    _area(
        "agreements.index",
        "协议",
        "Agreements",
        "借用场地的条款、到期和每周使用",
        "terms, expiry and weeks of places of others",
    ),
    _area(
        "load.index",
        "场地负荷",
        "Venue load",
        "各时段几个班、最低高峰、使用率、达标情况",
        "classes at once, least peaks, use, norms",
    ),
)
SOLVING = (
    _draft(
        "solving.index",
        "排课",
        "Solve",
        "自动排课，看着代价下降，随时停止，采用结果",
        "solve, watch the cost fall, stop at any time, keep the result",
    ),
    _work(
        "drafts.index",
        "草稿",
        "Drafts",
        "正在编的课表，新建一份，由谁在编",
        "timetables in the making, new ones, who works on them",
    ),
    _work(
        "drafts.compare",
        "草稿比较",
        "Compare",
        "几份草稿并列：按规则、按班级教师场地有何不同",
        "drafts side by side: by rule, by class, teacher and place",
    ),
    _work(
        "jobs.index",
        "后台任务",
        "Jobs",
        "正在算什么、算到哪里、结果如何",
        "what is being computed, how far it is, what came of it",
    ),
)
EDITING = (
    _draft(
        "editor.index",
        "微调",
        "Edit",
        "逐节移动、对换、锁定，改动的代价当场看到",
        "move, swap and lock lessons, and see at once what it costs",
    ),
)
CHECKS = (
    _area(
        "conflicts.index",
        "冲突",
        "Conflicts",
        "逐条规则核对，点到那一格",
        "rule by rule, with links to cells",
    ),
    _area(
        "hours.index",
        "足额开设",
        "Hours",
        "课时对照课程方案",
        "lessons held against the curriculum standard",
    ),
    _area(
        "activity_time.index",
        "体育时间",
        "PE time",
        "每班每天体育活动多少分钟",
        "minutes of PE activity, class by class and day by day",
    ),
)
AUDITED = _work(
    "audits.index",
    "规范审查",
    "Audit",
    "当前课表和已上的课，逐条规则核对，由后台任务完成",
    "the version in force and lessons given, rule by rule, by a job",
)
AUDIT = Area(
    "audit.index",
    Text("课表审查", "Audit"),
    Text("审查结果，点到表格里那一格", "outcomes, down to the cell of a spreadsheet"),
    served=True,
)
PUBLISHING = (
    _draft(
        "publishing.index",
        "发布",
        "Publish",
        "与现行课表有何不同，从哪天起，通知谁",
        "what differs from the version in force, from when, who is told",
    ),
    _work(
        "versions.index",
        "版本",
        "Versions",
        "发布过的每一版，比较，回到以前的一版",
        "all that was published, compared, and gone back to",
    ),
    Area(
        "subscriptions.index",
        Text("日历订阅", "Calendars"),
        Text("把课表送到每个人的手机日历", "the timetable in everybody's own calendar"),
        served=True,
    ),
)
COVER = (
    Area(
        "days.index",
        Text("当天", "Day"),
        Text(
            "谁请假、哪些课待安排、代课调课方案、活动与考试",
            "who is away, open lessons, proposals, events and exams",
        ),
        served=True,
    ),
    _work(
        "changes.mine",
        "我的变动与申请",
        "My changes",
        "今后两周我的变动；申请请假、调课",
        "the own changes; ask for leaves and swaps",
    ),
    _area(
        "agreements.dates",
        "单日变动",
        "Single dates",
        "某天停用、被预订、有活动时换到哪里",
        "where lessons go on dates with closures, bookings, events",
    ),
    _area(
        "rain.index",
        "雨天预案",
        "Bad weather",
        "雨天、高温、雾霾时各班去哪里，一键启用",
        "where classes go in rain, heat and smog; applied at one click",
    ),
)
LEDGERS = (
    _work(
        "ledgers.notices",
        "变动通知",
        "Notices",
        "一天的变动单：打印、发群、发布通知",
        "the change sheet of a day: print, send, release",
    ),
    _work(
        "ledgers.changes",
        "谁的变动",
        "What changed",
        "一位教师、一个班从某天起有哪些变动",
        "what has changed for a teacher or class since a day",
    ),
)
REPORTS = (
    _work(
        "ledgers.index",
        "课时台账",
        "Ledgers",
        "应开、发布、实上三本账，点到每一周",
        "planned, published and delivered, down to single weeks",
    ),
    _work(
        "ledgers.outlook",
        "假日影响",
        "Forecast",
        "放假会让各班少上几节，最早哪天补完",
        "what closed days take of each class, and by when it can be back",
    ),
    _work(
        "ledgers.debts",
        "欠课补课",
        "Debts",
        "缺了的课还欠几节，补在哪天",
        "lessons owed, and when they are given back",
    ),
    _work(
        "ledgers.signs",
        "挤占核查",
        "Crowding-out",
        "受保护的课有没有被占用，只列证据",
        "evidence of protected lessons taken away",
    ),
    _work(
        "ledgers.workload",
        "代课费",
        "Pay",
        "代课、走教每月汇总，签定后不变",
        "covers and travelling lessons by month, signed and frozen",
    ),
    _area(
        "what_if.index",
        "投入比较",
        "What-if",
        "多一块场地、多一份协议能改善多少",
        "what one more place or agreement would bring",
    ),
)
ACCOUNTS = (
    _work(
        "accounts.index",
        "账号",
        "Accounts",
        "谁能登录、能做什么，不登录能看到什么",
        "who may log in and do what, what is shown without a login",
    ),
    _work(
        "log.index",
        "操作记录",
        "Log",
        "谁、什么时候、做了什么，可导出",
        "who did what and when, as files too",
    ),
)
SCHOOLS = _work(
    "front.index", "各校", "Schools", "各校的课表", "timetables of all schools"
)
NEW_SCHOOL = _work(
    "setup.school",
    "新建学校",
    "New school",
    "用示例、文件或空白数据开始一所学校",
    "begin a school with an example, files or nothing",
)
DISTRICT = (
    _work(
        "bureau.index",
        "全区",
        "District",
        "各校版本、冲突、课时、场地使用率",
        "versions, conflicts, hours and use of places of all schools",
    ),
    _work(
        "bureau.venues", "共用场地", "Shared venues", "各校的一周", "all schools' weeks"
    ),
    _work("bureau.shares", "分配与缺口", "Shares", "公平分配、情景", "fair, what if"),
    _work("bureau.staff", "教师调配", "Teachers", "缺口、走教", "who is short"),
    _work(
        "bureau.settings", "分配设置", "Settings", "优先级、希望", "priorities, wishes"
    ),
)

GROUPS = (
    AreaGroup(Text("今天", "Today"), TODAY),
    AreaGroup(Text("基础数据", "Data"), DATA),
    AreaGroup(Text("任课与课时", "Teaching"), TEACHING),
    AreaGroup(Text("场地与协议", "Places"), PLACES),
    AreaGroup(Text("排课", "Solving"), SOLVING),
    AreaGroup(Text("微调", "Editing"), EDITING),
    AreaGroup(Text("审查", "Checks"), (*CHECKS, AUDITED, AUDIT)),
    AreaGroup(Text("发布", "Publishing"), PUBLISHING),
    AreaGroup(Text("调课代课", "Cover"), (*COVER, *LEDGERS)),
    AreaGroup(Text("报表", "Reports"), REPORTS),
    AreaGroup(Text("账号", "Accounts"), ACCOUNTS),
    AreaGroup(Text("各校", "Schools"), (SCHOOLS, *DISTRICT, NEW_SCHOOL)),
)
