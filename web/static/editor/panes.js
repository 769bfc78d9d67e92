// One or two weeks side by side: which, and how to turn to others.
import { html } from "../vendor/htm-preact.js";
import { WeekGrid } from "./grid.js";
import { onGridClick, onGridKey } from "./keys.js";
import { Matrix } from "./matrix.js";
import { t } from "./words.js";

const KINDS = { class: "classes", teacher: "teachers", venue: "venues" };
const TITLES = { class: t("班级", "Class"), teacher: t("教师", "Teacher"), venue: t("场地", "Place") };

/** Panes of the address, as ?left=class:A&right=teacher:T1. */
export function panesOf(school, query) {
  const asked = new URLSearchParams(query);
  const first = `class:${Object.keys(school.classes)[0]}`;
  const [left, right] = [asked.get("left"), asked.get("right")].map((x) => (exists(school, x) ? x : null));
  return right ? [left ?? first, right] : [left ?? first];
}

function exists(school, wish) {
  const [kind, id] = parted(wish ?? "");
  if (kind === "school") return true;
  if (kind === "grade") return Boolean(school.groups.class[id]);
  return Boolean(school[KINDS[kind]]?.[id]);
}

const parted = (wish) => {
  const colon = wish.indexOf(":");
  return [wish.slice(0, colon), wish.slice(colon + 1)];
};

export function showPanes(store, panes) {
  store.set({ panes });
  const query = new URLSearchParams(panes.map((pane, n) => [["left", "right"][n], pane]));
  history.replaceState(null, "", `?${query}`);
}

/** Show a week beside the first one. */
export const showBeside = (store, pane) => showPanes(store, [store.panes[0], pane]);

export function titleOf(school, wish) {
  const [kind, id] = parted(wish);
  if (kind === "school") return t("全校", "Whole school");
  if (kind === "grade") return school.groups.class[id][0];
  return school[KINDS[kind]][id][0];
}

export function Panes({ store }) {
  return html`<div class="panes panes-${store.panes.length}"
    onClick=${(e) => onGridClick(store, e)} onKeyDown=${(e) => onGridKey(store, e)}>
    ${store.panes.map((pane, place) => html`<${Pane} key=${place} ...${{ store, pane, place }} />`)}
  </div>`;
}

function Pane({ store, pane, place }) {
  const { school } = store;
  const [kind, id] = parted(pane);
  const title = titleOf(school, pane);
  const turn = (to) => showPanes(store, store.panes.map((old, n) => (n === place ? to : old)));
  return html`<section class="pane" aria-label=${title}>
    <div class="pane-head">
      <${Neighbour} ...${{ school, pane, turn }} by=${-1} />
      <select aria-label=${place ? t("右边的课表", "Second week") : t("课表", "Week")} value=${pane} onChange=${(e) => turn(e.target.value)}>
        ${store.once(`choices ${place}`, () => html`<${Choices} school=${school} />`)}
      </select>
      <${Neighbour} ...${{ school, pane, turn }} by=${1} />
      ${store.panes.length === 1
        ? html`<button type="button" class="quiet" onClick=${() => showBeside(store, otherOf(store, pane))}>${t("并排再看一张", "Another beside it")}</button>`
        : html`<button type="button" class="quiet" onClick=${() => showPanes(store, store.panes.filter((_, n) => n !== place))}>${t("关闭", "Close")}<span class="heard"> ${title}</span></button>`}
    </div>
    ${kind === "school" || kind === "grade"
      ? html`<${Matrix} ...${{ store, title }} classes=${kind === "school" ? Object.keys(school.classes) : school.groups.class[id][1]} />`
      : html`<${WeekGrid} ...${{ store, title }} pane=${{ kind, id }} />`}
  </section>`;
}

/** The teacher of most lessons of a class; else the first class. */
function otherOf(store, pane) {
  const [kind, id] = parted(pane);
  const counts = new Map();
  for (const [lesson, where] of store.placed) {
    if (kind !== "class" || !store.school.lessons.get(lesson)?.classes.includes(id)) continue;
    for (const teacher of where[4]) counts.set(teacher, (counts.get(teacher) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most ? `teacher:${most[0]}` : `class:${Object.keys(store.school.classes)[0]}`;
}

function Neighbour({ school, pane, turn, by }) {
  const [kind, id] = parted(pane);
  if (kind === "school") return null;
  const ids = kind === "grade" ? school.groups.class.map((_, n) => String(n)) : school.groups[kind].flatMap(([, found]) => found);
  const to = ids[ids.indexOf(id) + by];
  if (to === undefined) return null;
  const name = titleOf(school, `${kind}:${to}`);
  return html`<button type="button" class="quiet" onClick=${() => turn(`${kind}:${to}`)} aria-label=${name} title=${name}>${by < 0 ? "‹" : "›"}</button>`;
}

function Choices({ school }) {
  const { groups } = school;
  return html`<optgroup label=${t("全校与年级", "School and grades")}>
      <option value="school:">${t("全校", "Whole school")}</option>
      ${groups.class.map(([label], n) => html`<option value="grade:${n}">${label}</option>`)}
    </optgroup>
    ${["class", "teacher", "venue"].map((kind) => groups[kind].map(([label, ids]) => html`
      <optgroup label="${TITLES[kind]} · ${label}">${ids.map((id) => html`<option value="${kind}:${id}">${school[KINDS[kind]][id][0]}</option>`)}</optgroup>`))}`;
}
