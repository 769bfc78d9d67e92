"""A primary school of ten classes as an office types it: Chinese, by matrices."""

from openpyxl import Workbook

# A cell of a row parted by blanks; "." is an empty one.
_SHEETS = {
    "学校": """
        学校编号 学校名称 学段
        实小 城关实验小学 小学
    """,
    "作息时间表": """
        作息编号 星期 节次 类型 开始 结束
        作息 周一至周五 1 正课 8：20 9：00
        作息 周一至周五 2 正课 9：10 9：50
        作息 周一至周五 10 大课间 9：50 10：20
        作息 周一至周五 3 正课 10：20 11：00
        作息 周一至周五 4 正课 11：10 11：50
        作息 周一至周五 11 午餐 11：50 14：00
        作息 周一至周五 5 正课 14：00 14：40
        作息 周一至周五 6 正课 14：50 15：30
    """,
    "学科": """
        学科名称 学科类别
        语文 主科
        数学 主科
        英语 主科
        道德与法治 其他
        科学 科学
        体育与健康 体育
        音乐 艺术
        美术 艺术
        劳动 劳动
        信息科技 信息
        书法 其他
        综合实践活动 其他
    """,
    "班级": """
        班级名称 年级 人数
        一（1）班 一年级 42人
        一（2）班 一年级 41人
        二（1）班 二年级 43人
        二（2）班 二年级 42人
        三（1）班 三年级 44人
        三（2）班 三年级 45人
        四（1）班 四年级 42人
        四（2）班 四年级 40人
        五（1）班 五年级 46人
        六（1）班 六年级 44人
    """,
    "教师": """
        教师姓名
        王芳
        李娜
        陈静
        杨洋
        黄丽
        徐敏
        何平
        郭燕
        林红
        罗英
        赵刚
        钱伟
        周杰
        冯磊
        曹亮
        孙莉
        郑华
        刘强
        高飞
        谢音
        吴涛
        马俊
    """,
    "场地": """
        场地编号 场地名称 所属学校 地点编号 场地类型 室内
        操场 操场 实小 实小 操场 否
    """,
    "分区": """
        分区编号 场地编号 最多班数
        全场 操场 3
    """,
    "场地用法": """
        用法编号 场地编号 占用分区 可用学科 最多班数
        操场用法 操场 全场 体育与健康 3
    """,
    "任课安排": """
        班级 班主任 语文 数学 英语 道法 科学 体育 音乐 美术 劳动 信息 书法 综合
        一（1）班 王芳
        一（2）班 李娜
        二（1）班 陈静
        二（2）班 杨洋
        三（1）班 黄丽
        三（2）班 徐敏
        四（1）班 何平 . . . . . . . . . . 吴涛
        四（2）班 郭燕
        五（1）班 林红
        六（1）班 罗英
        一年级 . . 赵刚
        二年级 . . 钱伟
        三年级 . . 周杰
        四年级 . . 冯磊
        五、六年级 . . 曹亮
        一、二年级 . . . . . . 刘强
        三至六年级 . . . 孙莉 . . 高飞 . . . 马俊
        全校 . 本班 . . 本班 郑华 . 谢音 吴涛 本班 . 本班 本班
    """,
    "课时": """
        年级 语文 数学 英语 道法 科学 体育 音乐 美术 劳动 信息 书法 综合
        一至二年级 8 4 — 2 1 4 2 2 1 — 1单 1双
        三至六年级 6 5 3 2 2 4 2 2 1 1 0.5 1单/双
    """,
}
_TERM = (
    ("项目", "值"),
    ("第一天", "2026年9月1日"),
    ("最后一天", "2027年1月22日"),
)


def rows_by_sheet():
    """Every sheet as its rows of text, empty cells as ""."""
    found = {
        title: [
            ["" if cell == "." else cell for cell in line.split()]
            for line in text.strip().splitlines()
        ]
        for title, text in _SHEETS.items()
    }
    return found | {"学期": [list(row) for row in _TERM]}


def write_school(path, change=None):
    """Write the workbook; ``change`` may alter the rows by sheet first."""
    sheets = rows_by_sheet()
    if change is not None:
        change(sheets)
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell or None for cell in row])
    book.save(path)
    return path


def typed_cells():
    """Cells below the titles that hold something, by sheet."""
    return {
        title: sum(bool(cell) for row in rows[1:] for cell in row)
        for title, rows in rows_by_sheet().items()
    }
