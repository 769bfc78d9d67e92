// The lesson in hand: what it is, where to see it, exchanges, lock, away.
import { html } from "../vendor/htm-preact.js";
import { lock, run } from "./commands.js";
import { showBeside } from "./panes.js";
import { asMoves, letGo, place, unplace } from "./picking.js";
import { className, lessonName, placeName, slotName, teacherName, teacherNames, venueOf } from "./school.js";
import { signed, t } from "./words.js";

export function Hand({ store }) {
  const { picked, school } = store;
  if (!picked) {
    return html`<p class="aside">${t("点一节课（或用方向键选中后按回车）拿起它，各时段会标出能不能放、代价多少。", "Click a lesson, or choose one with the arrow keys and press Enter: every slot says if it may go there and at what price.")}</p>`;
  }
  const lesson = school.lessons.get(picked.id);
  const where = store.placed.get(picked.id);
  const locked = store.locked.has(picked.id);
  return html`<div class="hand">
    <p><strong>${lessonName(school, lesson)}</strong>${where ? html` · ${slotName(school, lesson, where[1], where[2])} · ${teacherNames(school, where)} ${placeName(school, where[3])}` : html` · ${t("未排", "not placed")}`}</p>
    ${!picked.marks && html`<p class="aside">${t("正在判断…", "Judging…")}</p>`}
    <div class="buttons">
      <button type="button" class="quiet" onClick=${() => letGo(store)}>${t("放回原处（Esc）", "Put back (Esc)")}</button>
      <button type="button" class="quiet" onClick=${() => run(store, lock([picked.id], !locked))}>${locked ? t("解锁", "Unlock") : t("锁定", "Lock")}</button>
      ${where && html`<button type="button" class="quiet" onClick=${() => unplace(store, picked.id)}>${t("移到未排", "Take out")}</button>`}
    </div>
    <div class="buttons beside"><span class="aside">${t("并排看", "Beside it")}</span> ${weeksOf(store, lesson, where).map(([pane, name]) => html`
      <button type="button" class="quiet" onClick=${() => showBeside(store, pane)}>${name}</button>`)}</div>
    ${picked.marks && html`<${Exchanges} store=${store} />`}
  </div>`;
}

function weeksOf(store, lesson, where) {
  const { school } = store;
  const teachers = where ? where[4] : lesson.teachers.slice(0, 3);
  const venue = where && venueOf(school, where[3]);
  return [
    ...lesson.classes.map((id) => [`class:${id}`, className(school, id)]),
    ...teachers.map((id) => [`teacher:${id}`, teacherName(school, id)]),
    ...(venue ? [[`venue:${venue}`, school.venues[venue][0]]] : []),
  ];
}

function Exchanges({ store }) {
  const { swaps, cycles } = store.picked;
  if (!swaps.length && !cycles.length) return html`<p class="aside">${t("没有可行的对调。", "No exchange is possible.")}</p>`;
  return html`<details open class="exchanges"><summary>${t(`对调与三角调（${swaps.length + cycles.length}）`, `Exchanges (${swaps.length + cycles.length})`)}</summary>
    <ul>${[...swaps, ...cycles].map((found) => html`<li><${Exchange} ...${{ store, found }} /></li>`)}</ul></details>`;
}

/** One swap or cycle as a button that says what moves and what follows. */
export function Exchange({ store, found }) {
  const kind = found.moves.length === 2 ? t("对调", "Swap") : t("三角调", "Cycle");
  return html`<button type="button" class="exchange" onClick=${() => place(store, null, asMoves(found))}>
    <b>${kind} ${signed(found.effect.soft)}</b> ${found.moves.map((move) => html`<span>${moveText(store.school, move)}</span>`)}</button>`;
}

const moveText = (school, [id, from, to]) => {
  const lesson = school.lessons.get(id);
  return `${lessonName(school, lesson)} ${slotName(school, lesson, from[1], from[2])} → ${slotName(school, lesson, to[1], to[2])}`;
};
