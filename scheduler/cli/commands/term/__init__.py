"""The term as it happens: absences, changes, notices, hours and pay."""

TITLE = "学期 / the term as it happens"
COMMANDS = {
    "holidays": "法定节假日与调休 / official holidays and make-up days of a term",
    "absent": "教师请假：代课、调课方案，一键采用 / a teacher is away: who stands in",
    "change": "停课、调课、代课、换场、加课 / what is otherwise on a date",
    "notices": "当日变动单、通知、群机器人 / the change sheet of a day, releases",
    "ledger": "学期课时台账：发布、缺课、补课、实上 / hours published, lost, given",
    "debts": "欠课与补课方案 / lessons lost and how they are given back",
    "workload": "代课费、走教工作量、职称证明 / pay of covers, travelling lessons",
}
