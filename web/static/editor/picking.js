// A lesson in hand: every slot says what would follow, until it is put down.
import { get, mayEdit } from "./api.js";
import { move, run } from "./commands.js";
import { lessonName, slotName } from "./school.js";
import { say } from "./speech.js";
import { t } from "./words.js";

/** Take a lesson up; the draft's rules answer for all slots at once. */
export async function pickUp(store, id) {
  if (!mayEdit || store.pending.has(id)) return;
  const asked = { id, marks: null };
  store.set({ picked: asked, asking: null });
  let told;
  try {
    told = await get("lesson.json", { lesson: id });
  } catch {
    if (store.picked === asked) store.set({ picked: null });
    say(t("没有连上服务器。", "The server cannot be reached."));
    return;
  }
  if (store.picked !== asked) return; // Something else is in hand by now.
  const marks = new Map();
  for (const mark of told.marks) {
    const slot = `${mark.day} ${mark.period}`;
    if (!marks.has(slot)) marks.set(slot, []);
    marks.get(slot).push(mark);
  }
  noteSwaps(told);
  store.set({ picked: { id, marks, swaps: told.swaps, cycles: told.cycles } });
  say(takenUp(store, told.marks));
}

/** A slot where one lesson stands that would change places says the price of that. */
function noteSwaps({ marks, swaps }) {
  for (const swap of swaps) {
    const [, , to] = swap.moves[0];
    const mark = marks.find(({ where }) => where[0] === to[0] && where[1] === to[1] && where[2] === to[2]);
    if (mark && mark.kind !== "free" && (!mark.swap || swap.effect.soft < mark.swap.effect.soft)) mark.swap = swap;
  }
}

function takenUp(store, marks) {
  const count = (kind) => marks.filter((mark) => mark.kind === kind).length;
  const name = lessonName(store.school, store.school.lessons.get(store.picked.id));
  const [free, clash, no] = [count("free"), count("clash") + count("breaks"), count("forbidden")];
  const swaps = marks.filter((mark) => mark.swap).length;
  return t(
    `已拿起${name}：${free}处可放，${clash}处冲突，其中${swaps}处可对调，${no}处不可。方向键选时段，回车放下，Esc取消。`,
    `${name} in hand: ${free} slots free, ${clash} clash, ${swaps} of them can be swapped, ${no} forbidden. Arrows choose, Enter puts down, Escape cancels.`,
  );
}

export function letGo(store) {
  if (!store.picked) return;
  store.set({ picked: null, asking: null });
  say(t("已取消，没有改动。", "Cancelled; nothing changed."));
}

/** Put what is in hand down in a cell of a grid; whether the cell has a mark. */
export function putDownIn(store, cell) {
  const button = cell?.querySelector("[data-mark]");
  if (!button || !store.picked?.marks) return false;
  const [day, period, week] = button.dataset.mark.split(" ");
  putDown(store, store.picked.marks.get(`${day} ${period}`).find((mark) => mark.week === week));
  return true;
}

/** Put what is in hand down where a mark says; what is not free is asked about first. */
export function putDown(store, mark) {
  if (mark.kind === "here") return letGo(store);
  if (mark.kind !== "free") return askAbout(store, mark);
  return place(store, mark, { [store.picked.id]: mark.where });
}

/** Do a move of what is in hand, and of others with it. */
export async function place(store, mark, moves, force = false) {
  const { id } = store.picked;
  store.set({ picked: null, asking: null });
  await run(store, move(moves, force));
  store.set({ focusLesson: id });
}

/** Open the dialog of a slot: its places, people, reasons, and ways to put it there. */
export async function askAbout(store, mark) {
  const { id } = store.picked;
  const asking = { mark, options: null };
  store.set({ asking });
  const { day, period, week } = mark;
  const options = await get("slot.json", { lesson: id, day, period, week }).catch(() => [mark]);
  if (store.asking === asking) store.set({ asking: { mark, options } });
}

/** Swaps and cycles that bring what is in hand to a mark's slot. */
export const exchangesTo = ({ swaps, cycles }, { day, period }) =>
  [...swaps, ...cycles].filter(({ moves: [[, , to]] }) => to[1] === day && to[2] === period);

export const asMoves = ({ moves }) => Object.fromEntries(moves.map(([id, , to]) => [id, to]));

export const unplace = (store, id) => {
  store.set({ picked: null, asking: null });
  return run(store, move({ [id]: null }));
};

export const nameOfMark = (store, mark) =>
  slotName(store.school, store.school.lessons.get(store.picked.id), mark.day, mark.period);
