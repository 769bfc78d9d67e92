"""Audits of any timetable, and a district of many schools."""

TITLE = "审查与区域 / audits and districts"
COMMANDS = {
    "audit": "审查课表是否规范 / audit timetables: full hours, names, times, staff",
    "comply": "按课程方案整改课表 / the nearest timetable that an audit passes",
    "district": "区域：分配共用场地教师、各校并行排课 / many schools: share, solve",
}
