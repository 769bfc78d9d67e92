// Sentences in the language of the page: t("中文", "English").
export const chinese = document.documentElement.lang.startsWith("zh");
export const t = (zh, en) => (chinese ? zh : en);

const DAYS = chinese
  ? ["", "周一", "周二", "周三", "周四", "周五", "周六", "周日"]
  : ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
export const dayName = (day) => DAYS[day];

export const WEEK_SIGNS = { every: "", odd: t("单", "odd"), even: t("双", "even") };

export const signed = (n) => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : "±0");

export const clock = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
