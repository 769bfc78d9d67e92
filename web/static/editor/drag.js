// Dragging with the mouse: a short cut over taking up and putting down.
import { mayEdit } from "./api.js";
import { letGo, pickUp, putDownIn, unplace } from "./picking.js";

const FAR = 6; // pixels from which a press is a drag

export function listenForDrags(store, root) {
  let drag = null;
  root.addEventListener("pointerdown", (event) => {
    const chip = event.target.closest("[data-lesson]");
    if (!mayEdit || !chip || event.button !== 0 || event.pointerType !== "mouse") return;
    drag = { id: chip.dataset.lesson, text: chip.textContent, x: event.clientX, y: event.clientY };
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > FAR;
    if (!drag.ghost && far) begin(store, drag);
    if (drag.ghost) follow(drag.ghost, event);
  });
  addEventListener("pointerup", (event) => {
    const ended = drag;
    drag = null;
    if (!ended?.ghost) return;
    ended.ghost.remove();
    // The click that follows a drag belongs to it.
    addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", stop, { capture: true }), 0);
    drop(store, ended, document.elementFromPoint(event.clientX, event.clientY));
  });
  addEventListener("pointercancel", () => {
    drag?.ghost?.remove();
    drag = null;
  });
}

const stop = (event) => {
  event.stopPropagation();
  event.preventDefault();
};

function begin(store, drag) {
  drag.ghost = document.createElement("div");
  drag.ghost.className = "ghost";
  drag.ghost.textContent = drag.text;
  document.body.append(drag.ghost);
  getSelection()?.removeAllRanges();
  if (store.picked?.id !== drag.id) drag.taken = pickUp(store, drag.id);
}

function follow(ghost, { clientX, clientY }) {
  ghost.style.left = `${clientX + 12}px`;
  ghost.style.top = `${clientY + 8}px`;
}

/** Put down where the mouse was let go, once the slots have their marks. */
async function drop(store, { id, taken }, under) {
  await taken;
  if (store.picked?.id !== id) return;
  if (putDownIn(store, under?.closest("td[data-row]"))) return;
  if (under?.closest(".tray") && store.placed.has(id)) unplace(store, id);
  else letGo(store);
}
