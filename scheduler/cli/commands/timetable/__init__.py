"""Timetables: their data, solving, judging, mending and printing them."""

TITLE = "排课 / timetables"
COMMANDS = {
    "demo": "求解示例学校并打开网页 / solve the demo school, publish and serve it",
    "template": "生成空白工作簿模板 / write an empty workbook to fill in",
    "import": "读取 FET 文件或学校课表 / turn a FET file or timetables into a folder",
    "validate": "读取并检查数据 / read and check a folder or workbook",
    "solve": "排课 / find the best timetable and prove how good it is",
    "check": "按规则核对课表 / evaluate any timetable, rule by rule",
    "explain": "说明为什么排不出来 / say why there is no timetable, in numbers",
    "advise": "一节课可调到哪里 / where one lesson may go: slots, swaps, cycles",
    "repair": "尽量少改动地修复课表 / repair a running timetable with few changes",
    "whatif": "投入方案比较 / what scenarios of places would bring, side by side",
    "export": "导出打印、网页与日历文件 / write what people print, mail and import",
}
