// Steps of others, and how far works are: asked for every few seconds while one looks.
import { BY_ITSELF, get } from "./api.js";
import { takeOver } from "./commands.js";
import { pickUp } from "./picking.js";
import { say } from "./speech.js";
import { look } from "./tasks.js";
import { measureRoom } from "./tray.js";

const EVERY = 2500;
const WHILE_WORKING = 1000;

export function follow(store) {
  const again = () => setTimeout(tick, store.tasks.some((task) => !task.ended) ? WHILE_WORKING : EVERY);
  async function tick() {
    if (!document.hidden && !store.pending.size) await ask(store).catch(() => {});
    again();
  }
  document.addEventListener("visibilitychange", () => !document.hidden && ask(store).catch(() => {}));
  again();
}

async function ask(store) {
  const { seen, tasks: known } = store;
  const told = await get("steps.json", { seen }, BY_ITSELF);
  if (store.pending.size) return; // An answer of ours is under way and tells it, too.
  const fresh = await takeOver(store, told);
  if (fresh.length || JSON.stringify(known) !== JSON.stringify(told.tasks)) store.set();
  if (fresh.length) {
    say(fresh.map((step) => `${step.who} ${step.text}`).join(" "));
    measureRoom(store);
    if (store.picked?.marks) pickUp(store, store.picked.id);
  }
  const ended = told.tasks.find((task) => task.ended && known.some((old) => old.job === task.job && !old.ended));
  if (ended) look(store, ended);
}
