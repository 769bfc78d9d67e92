// One command object for mouse, tap, keyboard, suggestion, undo and results.
import { Refused, get, post } from "./api.js";
import { readSchool } from "./school.js";
import { say } from "./speech.js";
import { t } from "./words.js";

export const move = (moves, force = false) => ({ kind: "move", moves, force });
export const lock = (lessons, on) => ({ kind: "lock", lessons, on });
export const undo = { kind: "undo" };
export const redo = { kind: "redo" };
export const adopt = (job) => ({ kind: "adopt", job });

const lessonsOf = (command) => Object.keys(command.moves ?? {}).concat(command.lessons ?? []);

let last = Promise.resolve();

/** Send a command; commands go one after another. Whether it was done. */
export function run(store, command) {
  last = last.then(() => send(store, command));
  return last;
}

async function send(store, command) {
  store.set({ pending: new Set(lessonsOf(command)), message: null });
  try {
    const told = await post("steps.json", { ...command, seen: store.seen });
    await takeOver(store, told);
    const step = store.steps.at(-1);
    say(`${step.text}${t("。", ". ")}${changedWords(store)}`);
    return true;
  } catch (error) {
    await putRight(store, error, command);
    return false;
  } finally {
    store.set({ pending: new Set() });
  }
}

/** A refusal is shown with its reason; the grid shows what is so now. */
async function putRight(store, error, command) {
  const told = error instanceof Refused ? error.answer : {};
  if (told.steps) await takeOver(store, told);
  const text = told.refused ?? told.error?.message?.[document.documentElement.lang.slice(0, 2)]
    ?? t("没有连上服务器，这一步没有做。请稍后再试。", "The server cannot be reached; nothing was done. Try again.");
  const again = told.why === "collision" || !told.refused ? command : null;
  store.set({ message: { text, again } });
}

/** Take over an answer that tells steps; tables that changed are asked for anew. */
export async function takeOver(store, told) {
  const fresh = store.follow(told);
  if (fresh.some((step) => step.changes.rows)) {
    const opened = await get("draft.json");
    store.open(readSchool(opened.school), opened);
  }
  return fresh;
}

/** Rules whose numbers differ since the step before: [fault, hard, more, cost]. */
export function changedRules(store) {
  const before = new Map((store.before ?? store.rules).map((rule) => [rule[0], rule]));
  const now = new Map(store.rules.map((rule) => [rule[0], rule]));
  const found = [];
  for (const name of new Set([...before.keys(), ...now.keys()])) {
    const [, fault, hard] = now.get(name) ?? before.get(name);
    const [was, is] = [before.get(name), now.get(name)].map((x) => x ?? [0, 0, 0, 0, 0]);
    if (is[3] !== was[3] || is[4] !== was[4]) {
      found.push({ name, fault, hard, more: is[3] - was[3], cost: is[4] - was[4] });
    }
  }
  return found.sort((a, b) => b.hard - a.hard);
}

export function changedWords(store) {
  const words = changedRules(store).map(
    ({ fault, more, cost, hard }) => `${fault} ${signedWord(more || cost)}${hard ? "" : t("（软）", " (soft)")}`,
  );
  return words.length ? words.join(t("，", ", ")) : t("规则没有变化", "no rule has changed");
}

const signedWord = (n) => (n > 0 ? t(`增加${n}`, `+${n}`) : t(`减少${-n}`, `−${-n}`));
