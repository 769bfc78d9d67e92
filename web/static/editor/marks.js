// What a slot says of the lesson in hand: a sign, words, a colour.
import { html } from "../vendor/htm-preact.js";
import { askAbout, nameOfMark, putDown } from "./picking.js";
import { lessonName } from "./school.js";
import { WEEK_SIGNS, signed, t } from "./words.js";

const SIGNS = { here: "●", free: "✓", clash: "✗", breaks: "!", forbidden: "—" };
const WORDS = {
  here: t("现在", "here"),
  free: t("可排", "free"),
  clash: t("冲突", "clash"),
  breaks: t("违规", "breaks a rule"),
  forbidden: t("不可", "no"),
};

const SWAP = t("对调", "swap");

export const signOf = (mark) => (mark.swap ? "⇄" : SIGNS[mark.kind]);
export const wordOf = (mark) => WORDS[mark.kind];
const looksLike = (mark) => (mark.swap ? "swap" : mark.kind);

/** The price in points to improve: "+3". */
export const priceOf = (mark) => (mark.effect ? signed(mark.effect.soft) : "");

/** Two words at most: the price of a free slot or of a swap, else what is wrong. */
function shortly(mark, small) {
  if (mark.swap) return `${small ? "" : SWAP} ${signed(mark.swap.effect.soft)}`;
  if (mark.kind === "free") return priceOf(mark);
  return small ? "" : wordOf(mark);
}

/** The whole of it for a screen reader, and for whoever points at it. */
export function sentenceOf(store, mark) {
  const price = mark.effect && mark.kind !== "here"
    ? t(`，待改进分${priceOf(mark)}`, `, soft cost ${priceOf(mark)}`) : "";
  const swap = mark.swap ? t(`，可对调，待改进分${signed(mark.swap.effect.soft)}`, `, swap possible, soft cost ${signed(mark.swap.effect.soft)}`) : "";
  const why = mark.why ? `${t("：", ": ")}${mark.why.join(" ")}` : "";
  const week = WEEK_SIGNS[mark.week];
  return `${nameOfMark(store, mark)}${week && ` ${week}`} ${wordOf(mark)}${price}${swap}${why}`;
}

const withWhom = (store, mark) =>
  (mark.whom ?? []).slice(0, 1).map((id) => lessonName(store.school, store.school.lessons.get(id)));

/** The marks of one cell; `small` in the grid of many classes. */
export function Marks({ store, marks, small }) {
  return marks.map((mark) => html`<div class="mark-line" key=${mark.week}>
    <button type="button" class="mark mark-${looksLike(mark)}" tabindex="-1" data-stop data-mark="${mark.day} ${mark.period} ${mark.week}"
      aria-label=${sentenceOf(store, mark)} title=${sentenceOf(store, mark)}
      onClick=${(e) => { e.stopPropagation(); putDown(store, mark); }}
      onKeyDown=${(e) => { if (e.key === "o") askAbout(store, mark); }}>
      <span class="sign">${signOf(mark)}</span>${" "}
      ${marks.length > 1 && html`<span class="weeks">${WEEK_SIGNS[mark.week]} </span>`}
      <span class="price">${shortly(mark, small)}</span>
      ${!small && withWhom(store, mark).map((name) => html`<span class="whom">${name}</span>`)}
    </button>
    ${!small && mark.kind !== "here" && html`<button type="button" class="more-marks" tabindex="-1"
      aria-label=${t(`${nameOfMark(store, mark)}：其他场地、教师和办法`, `${nameOfMark(store, mark)}: other places, teachers and ways`)}
      onClick=${(e) => { e.stopPropagation(); askAbout(store, mark); }}>⋯</button>`}
  </div>`);
}
