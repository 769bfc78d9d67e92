"""Documents that rules stand on, by the names under which an office finds them.

What is called a habit or an assumption is in no document; a profile may change it.
"""

PLAN = "教育部《义务教育课程方案（2022年版）》"
PLAN_PRESENTED = "教育部2022年4月新课程方案发布会"
GUANGDONG = "《广东省义务教育阶段课程实施办法（2024年版）》"
HUNAN = "《湖南省义务教育课程实施办法（2022年版）》（湘教发〔2022〕46号）"
ZHEJIANG = "《浙江省义务教育课程设置及比例（2023年版）》"
JIANGXI = "《江西省义务教育新课程实施办法》"
LIAONING = "《辽宁省义务教育课程实施办法》"
SICHUAN = "《四川省义务教育课程计划表》（2013年）"
GANSU = "甘肃省课程开设督导（2017年报道）"
SHANDONG = "山东省课程实施检查（2018年报道）"
SHANXI = "《山西省中小学课程开设情况督导检查登记表》"
NANCHANG = "南昌市课表检查通报（媒体报道）"
SPORT_LAW = "《中华人民共和国体育法》（2022年修订）"
SPORT_TERMS = "《国家学校体育卫生条件试行基本标准》（教体艺〔2008〕5号）"
STRONG_NATION = "《教育强国建设规划纲要（2024—2035年）》"
TEN_MEASURES = "教育部《进一步加强中小学生心理健康工作十条措施》（2025年10月）"
NEGATIVE_LIST = "教育部基础教育规范管理16条负面清单（2025年5月）"
MINISTRY_2026 = "教育部2026年2月部署"
DAILY_PE = "广东省每天一节体育课通知（2025年2月）"
BIG_BREAK = "教育部2024年3月大课间通知"
SLEEP = "教育部办公厅关于加强中小学生睡眠管理工作的通知（2021年）"
EYES = "《中小学学生近视眼防控工作方案》（2013年）"
STUDY_HOURS = "《中小学生一日学习时间卫生要求》（GB/T 17223—2012）"
AFTER_SCHOOL = "教育部课后服务“5+2”要求"
BUILDING_CODE = "《中小学校设计规范》（GB 50099—2011）"
HUBEI_SCHOOLS = "《湖北省义务教育学校办学基本标准（试行）》"
BALANCE = "《县域义务教育优质均衡发展督导评估办法》（教督〔2017〕6号）"
DISTRICT = (
    "下陆区教育局《关于义务教育优质均衡发展省级督导评估反馈问题整改情况报告》"
    "（2026年1月）"
)
POSTS = "县域教师岗位设置标准"
UNION = "湖北日报2025年2月关于教联体共用场地的报道"
MEALS = "饭前饭后运动的卫生常识"
GUIDE = "学校课程表编制说明"
SUBSTITUTION = "学校调课代课管理办法（各校自定）"
HABIT = "学校惯例"
RESEARCH = "区县教研日安排惯例"
PREPARATION = "学校集体备课惯例"
ASSUMED = "本程序的假定，文件没有规定"


def cited(*documents: str) -> str:
    """Several documents as one source."""
    return "；".join(documents)
