// The conflict panel: what the last step changed, and what is broken now.
import { html } from "../vendor/htm-preact.js";
import { changedRules, run } from "./commands.js";
import { showPanes } from "./panes.js";
import { signed, t } from "./words.js";

const MOST = 30;

export function Panel({ store }) {
  const step = store.steps.at(-1);
  const unplaced = store.unplaced().length;
  return html`<section aria-label=${t("冲突与变化", "Conflicts and changes")}>
    <ul class="figures">
      <li class=${store.conflictCount ? "bad" : "good"}><b>${store.conflictCount}</b> ${t("处冲突", "conflicts")}</li>
      <li class=${unplaced ? "bad" : "good"}><b>${unplaced}</b> ${t("节未排", "not placed")}</li>
      <li><b>${store.soft}</b> ${t("待改进分", "soft cost")}</li>
    </ul>
    ${step && store.before && html`<${Changed} store=${store} step=${step} />`}
    ${store.conflictCount > 0 && html`<details open class="conflict-list"><summary>${t(`现有冲突（${store.conflictCount}）`, `Conflicts now (${store.conflictCount})`)}</summary>
      <ul>${store.conflicts.slice(0, MOST).map(([fault, sentence, lessons]) => html`<li>
        <button type="button" class="plain-link" onClick=${() => show(store, lessons)}><b>${fault}</b> ${sentence}</button></li>`)}</ul>
      ${store.conflictCount > MOST && html`<p class="aside">${t(`另有${store.conflictCount - MOST}处`, `and ${store.conflictCount - MOST} more`)}</p>`}
    </details>`}
  </section>`;
}

/** Rule by rule: what became more, what less. */
function Changed({ store, step }) {
  const rules = changedRules(store);
  return html`<div class="changed"><p><b>${t(`第${step.number}步`, `Step ${step.number}`)}</b> ${step.who} · ${step.text}</p>
    ${rules.length === 0 ? html`<p class="aside">${t("规则没有变化。", "No rule has changed.")}</p>` : html`<ul>${rules.map((rule) => html`
      <li class=${rule.cost > 0 ? "worse" : "better"}><span class="sign" aria-hidden="true">${rule.cost > 0 ? "▲" : "▼"}</span>
        ${rule.fault} <b>${rule.hard ? signed(rule.more) : signed(rule.cost)}</b>${rule.hard ? t("处", "") : t("分", " points")}</li>`)}</ul>`}
  </div>`;
}

/** Turn to the week of the first class of a conflict's lessons. */
function show(store, lessons) {
  const lesson = lessons.map((id) => store.school.lessons.get(id)).find(Boolean);
  if (!lesson) return;
  store.focusLesson = lesson.id;
  showPanes(store, [`class:${lesson.classes[0]}`, ...store.panes.slice(1)]);
}

/** A refusal: it stays until it is read, and can be tried once more. */
export function Message({ store }) {
  if (!store.message) return null;
  const { text, again } = store.message;
  return html`<div class="verdict bad message" role="alert"><p>${text}</p><p class="buttons">
    ${again && html`<button type="button" onClick=${() => run(store, again)}>${t("在现在的课表上再做一次", "Do it on the timetable as it is now")}</button>`}
    <button type="button" class="quiet" onClick=${() => store.set({ message: null })}>${t("知道了", "Understood")}</button></p></div>`;
}
