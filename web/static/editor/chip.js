// A lesson in a cell, and the lock on it.
import { html } from "../vendor/htm-preact.js";
import { mayEdit } from "./api.js";
import { classNames, lessonName, placeName, teacherNames } from "./school.js";
import { WEEK_SIGNS, t } from "./words.js";

/** Attributes of what can be picked up: one look for all grids. */
export function handle(store, lesson, extra) {
  const { id } = lesson;
  const states = [
    store.picked?.id === id && "in-hand",
    store.broken.has(id) && "broken",
    store.pending.has(id) && "pending",
    ...extra,
  ];
  return {
    class: `lesson kind-${lesson.kind} ${states.filter(Boolean).join(" ")}`,
    "data-lesson": id,
    "data-stop": true,
  };
}

/** What a lesson is called, its state included. */
export function chipLabel(store, lesson, where) {
  const { school } = store;
  const parts = [lessonName(school, lesson), teacherNames(school, where), placeName(school, where[3])];
  if (where[0] !== "every") parts.push(WEEK_SIGNS[where[0]]);
  if (store.picked?.id === lesson.id) parts.push(t("已拿起", "in hand"));
  if (store.locked.has(lesson.id)) parts.push(t("已锁定", "locked"));
  if (store.broken.has(lesson.id)) parts.push(t("有冲突", "in conflict"));
  return parts.filter(Boolean).join(t("，", ", "));
}

export function Chip({ store, pane, entry: { lesson, where, goesOn } }) {
  const { school } = store;
  const details = [
    (pane.kind !== "class" || lesson.classes.length > 1) && classNames(school, lesson),
    pane.kind !== "teacher" && teacherNames(school, where),
    pane.kind === "venue" ? zoneNames(school, where[3]) : placeName(school, where[3]),
  ].filter(Boolean);
  const Tag = mayEdit ? "button" : "div";
  const given = mayEdit ? { type: "button", tabindex: "-1", "aria-label": chipLabel(store, lesson, where) } : {};
  return html`<${Tag} ...${handle(store, lesson, [goesOn && "continued"])} ...${given}>
    <span class="subject">${lesson.subject} <${Signs} ...${{ store, lesson, where }} /></span>
    ${details.map((line) => html`<span class="detail">${line}</span>`)}
  </${Tag}>`;
}

export function Signs({ store, lesson, where }) {
  return html`${where[0] !== "every" && html`<span class="fortnight">${WEEK_SIGNS[where[0]]}</span>`}
    ${store.locked.has(lesson.id) && html`<span class="sign" title=${t("已锁定", "locked")}>🔒</span>`}
    ${store.broken.has(lesson.id) && html`<span class="sign alarm" title=${t("有冲突", "in conflict")}>⚠</span>`}`;
}

const zoneNames = (school, layout) =>
  layout ? school.layouts[layout][1].map((zone) => school.zones[zone]).join("、") : "";
