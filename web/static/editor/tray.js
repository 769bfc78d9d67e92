// Lessons without a place, the most difficult first.
import { html } from "../vendor/htm-preact.js";
import { get, mayEdit } from "./api.js";
import { letGo, pickUp } from "./picking.js";
import { classNames, lessonName, teacherName } from "./school.js";
import { t } from "./words.js";

const MOST = 60;

/** Lessons alike are one entry with a count; how many slots are free says how hard. */
function entries(store) {
  const found = new Map();
  for (const lesson of store.unplaced()) {
    const key = `${lesson.need} ${lesson.length} ${lesson.weeks}`;
    found.set(key, [...(found.get(key) ?? []), lesson]);
  }
  const all = [...found.values()].map((lessons) => ({ lessons, room: store.room.get(lessons[0].id) }));
  return all.sort((a, b) => (a.room ?? 999) - (b.room ?? 999) || b.lessons[0].length - a.lessons[0].length);
}

/** Ask how many slots are free for what is not placed; nothing waits for it. It also
    lets the server make ready for the first lesson that is picked up. */
export async function measureRoom(store) {
  const told = await get("room.json").catch(() => null);
  if (told) store.set({ room: new Map(Object.entries(told.room)) });
}

export function Tray({ store }) {
  const all = entries(store);
  const count = store.unplaced().length;
  return html`<section class="tray" aria-label=${t("未排的课", "Lessons not placed")}>
    <details open><summary>${t(`未排的课（${count}）`, `Not placed (${count})`)}</summary>
    ${count === 0 ? html`<p class="aside">${t("全部排好了。把课拖到这里可移出。", "All are placed. Drag a lesson here to take it out.")}</p>` : html`
    <ul>${all.slice(0, MOST).map(({ lessons, room }) => html`<li key=${lessons[0].id}><${Entry} ...${{ store, lessons, room }} /></li>`)}</ul>
    ${all.length > MOST && html`<p class="aside">${t(`另有${all.length - MOST}门`, `and ${all.length - MOST} more`)}</p>`}`}
    </details></section>`;
}

function Entry({ store, lessons, room }) {
  const [lesson] = lessons;
  const inHand = lessons.some((x) => x.id === store.picked?.id);
  const teachers = lesson.teachers.map((id) => teacherName(store.school, id)).join("、");
  const free = room === undefined ? "" : room ? t(`${room}处可排`, `${room} free`) : t("无处可排", "no free slot");
  return html`<button type="button" class="lesson kind-${lesson.kind} ${inHand ? "in-hand" : ""}" disabled=${!mayEdit} aria-pressed=${inHand}
    data-lesson=${lesson.id} onClick=${() => (inHand ? letGo(store) : pickUp(store, lesson.id))} aria-label="${lessonName(store.school, lesson)} ${teachers} ×${lessons.length} ${free}">
    <span class="subject">${lesson.subject}${lessons.length > 1 ? ` ×${lessons.length}` : ""}</span>
    <span class="detail">${classNames(store.school, lesson)} ${teachers}${lesson.length > 1 ? t(` 连${lesson.length}节`, ` ${lesson.length} periods`) : ""}</span>
    <span class="detail ${room === 0 ? "alarm" : ""}">${free}</span></button>`;
}
