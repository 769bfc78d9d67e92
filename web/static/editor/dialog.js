// The dialog of a slot that is not simply free: its reasons, and every way to use it.
import { html, useEffect, useRef } from "../vendor/htm-preact.js";
import { Exchange } from "./hand.js";
import { priceOf, signOf, wordOf } from "./marks.js";
import { exchangesTo, letGo, nameOfMark, place } from "./picking.js";
import { lessonName } from "./school.js";
import { signed, t } from "./words.js";

const MOST = 12;

export function SlotDialog({ store }) {
  const { asking, picked, school } = store;
  const box = useRef(null);
  useEffect(() => {
    if (asking && !box.current.open) box.current.showModal();
    if (!asking && box.current?.open) box.current.close();
  }, [asking]);
  const close = () => store.set({ asking: null });
  return html`<dialog ref=${box} class="slot-dialog" aria-labelledby="slot-title" onClose=${() => store.asking && close()}>
    ${asking && picked && html`
      <h2 id="slot-title">${lessonName(school, school.lessons.get(picked.id))} → ${nameOfMark(store, asking.mark)}</h2>
      ${exchangesTo(picked, asking.mark).slice(0, 4).map((found) => html`<p><${Exchange} ...${{ store, found }} /></p>`)}
      <ul class="ways">${(asking.options ?? [asking.mark]).slice(0, MOST).map((mark, n, all) => html`<${Way} key=${mark.where.join()} ...${{ store, mark }} above=${all[n - 1]} />`)}</ul>
      ${!asking.options && html`<p class="aside">${t("正在查看其他场地和教师…", "Looking at other places and teachers…")}</p>`}
      <p class="buttons"><button type="button" class="quiet" onClick=${close}>${t("另选时段", "Choose another slot")}</button>
        <button type="button" class="quiet" onClick=${() => letGo(store)}>${t("放回原处", "Put it back")}</button></p>`}
  </dialog>`;
}

/** A place with its people: what follows, unless it is what stands above already, and
    the buttons that put the lesson there. */
function Way({ store, mark, above }) {
  const why = `${mark.why}` === `${above?.why}` ? [] : mark.why ?? [];
  const { id } = store.picked;
  const whom = mark.whom ?? [];
  const others = whom.map((x) => lessonName(store.school, store.school.lessons.get(x)));
  const put = (more, force) => place(store, mark, { [id]: mark.where, ...more }, force);
  return html`<li class="way-${mark.kind}">
    <p><span class="mark mark-${mark.kind}"><span class="sign">${signOf({ ...mark, swap: null })}</span> ${wordOf(mark)} ${mark.kind === "free" ? priceOf(mark) : ""}</span> ${mark.name}</p>
    ${why.map((line) => html`<p class="why">${line}</p>`)}
    ${mark.effect && html`<${Price} effect=${mark.effect} />`}
    <p class="buttons">
      ${mark.kind === "free" && html`<button type="button" onClick=${() => put({})}>${t("放到这里", "Put it here")}</button>`}
      ${whom.length > 0 && html`<button type="button" onClick=${() => put(Object.fromEntries(whom.map((x) => [x, null])))}>${t(`移出${others.join("、")}后放下`, `Take out ${others.join(", ")} and put it here`)}</button>`}
      ${!["free", "here"].includes(mark.kind) && html`<button type="button" class="quiet danger" onClick=${() => put({}, true)}>${t("仍然放下（留下冲突）", "Put it here all the same")}</button>`}
    </p></li>`;
}

/** The price, rule by rule. */
export function Price({ effect }) {
  const rules = (effect.rules ?? []).filter(([, hard]) => !hard);
  if (!rules.length) return null;
  return html`<p class="aside">${t("待改进分", "Soft cost")} ${signed(effect.soft)}${t("：", ": ")}${rules.map(([fault, , , cost]) => `${fault} ${signed(cost)}`).join(t("，", ", "))}</p>`;
}
