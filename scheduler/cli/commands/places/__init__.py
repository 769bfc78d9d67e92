"""Places: how full they are, agreements about them, rain and closed dates."""

TITLE = "场地 / places"
COMMANDS = {
    "load": "场地负荷与错峰 / how full venues are, and how low peaks can be",
    "rain": "雨天、高温、雾霾预案 / the plan for rain, heat and smog",
    "agreements": "场地协议：内容、到期、每周使用 / agreements: terms, expiry, weeks",
    "calendars": "场地的预订日历 / calendars in which venues publish bookings",
    "dates": "停用、预订、活动影响哪些课 / what closed dates and events do to lessons",
}
