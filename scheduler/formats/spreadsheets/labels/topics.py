"""Topics: what a lesson is about, where a teacher might stand: 体育（武术）, 音乐 竖笛.

Many begin with a surname as names do, so they have to be listed.
"""

import re

from scheduler.formats.spreadsheets.labels.words import compact

_SPORT = (
    "武术 足球 篮球 排球 乒乓 乒乓球 羽毛球 网球 棒球 垒球 手球 橄榄球 毽球 田径 "
    "体操 游泳 跳绳 跆拳道 空手道 柔道 轮滑 健美操 啦啦操 广播操 武术操 太极 太极拳 "
    "八段锦 短跑 长跑 跳远 跳高 投掷 体能 体测 象棋 围棋 国际象棋 击剑 射箭 攀岩 "
    "单杠 双杠 单双杠 冰雪 滑冰 滑雪 花样跳绳 舞龙 舞狮 定向 定向越野"
)
_ARTS = (
    "舞蹈 合唱 声乐 器乐 管乐 民乐 弦乐 打击乐 竖笛 口风琴 葫芦丝 陶笛 古筝 二胡 "
    "钢琴 电子琴 吉他 非洲鼓 尤克里里 唱歌 唱游 欣赏 鉴赏 剪纸 国画 素描 速写 水彩 "
    "水粉 版画 线描 陶艺 泥塑 手工 绘画 折纸 戏剧 戏曲 京剧 汉剧 楚剧 黄梅戏 书法 "
    "软笔 硬笔 写字 造型 编织 刺绣 扎染 篆刻 摄影"
)
_STUDIES = (
    "编程 创客 机器人 无人机 人工智能 思维 数独 魔方 计算 口算 应用题 拼音 识字 "
    "绘本 阅读 写作 习作 作文 口语 听力 朗读 诵读 演讲 表达 经典 国学 晨诵 古诗 "
    "古诗文 名著 文言文 实验 探究 观察 复习 新授 讲评 练习 测试 拓展 提优 培优 辅导 "
    "种植 养殖 烹饪 家政 收纳 整理 木工 研学 实践 公益 安全 法治 心理 健康 生命 "
    "环保 禁毒 国防 红色 理财 礼仪 民族 团结 自习 自主 自修 机动 校本 地方 社团 "
    "兴趣 特色 选修 必修 走班 分层 合班 主题 活动 训练 男生 女生 上册 下册 室内 "
    "室外"
)
TOPICS = frozenset(f"{_SPORT} {_ARTS} {_STUDIES}".split())
_KIND = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:课|课程|教学|训练|活动|教育|社团|队|组|班|类)$"
)


def topic(text: str) -> bool:
    """Whether a text says what a lesson is about."""
    short = compact(text)
    return short in TOPICS or _KIND.sub("", short) in TOPICS
