"""The web application and its database: jobs, drafts, accounts."""

TITLE = "网页与数据库 / the office and its database"
COMMANDS = {
    "serve": "打开网页服务 / the web application",
    "worker": "执行后台任务 / do the jobs of a database",
    "jobs": "后台任务：求解、停止、查看 / jobs: ask, watch, stop, adopt",
    "draft": "草稿：微调、撤销、发布 / drafts: move, lock, undo, publish",
    "publish": "发布课表 / publish a timetable into a database",
    "account": "账号、角色、公开范围、操作记录 / accounts, roles, visitors, the log",
    "database": "数据库：学校、升级、取回、备份 / offices, upgrade, export, backup",
}
