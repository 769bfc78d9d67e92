// Keys of a sheet: what each does, while a cell is chosen and while it is typed in.

export function keyOf(event, now) {
  const control = event.ctrlKey || event.metaKey;
  return now.editing ? typing(event, now) : control ? controlled(event, now) : moving(event, now);
}

function typing(event, { r, c, wide, listed }) {
  switch (event.key) {
    case "Enter":
      return { keep: true, to: [event.shiftKey ? r - 1 : r + 1, c] };
    case "Tab":
      return { keep: true, to: [r, event.shiftKey ? c - 1 : Math.min(c + 1, wide - 1)] };
    case "Escape":
      return { drop: true };
    case "ArrowUp":
    case "ArrowDown":
      // The list of choices takes these keys while it is there.
      return listed ? null : { keep: true, to: [r + (event.key === "ArrowUp" ? -1 : 1), c] };
  }
  return null;
}

function moving(event, { r, c, at, count, wide }) {
  const [y, x] = event.shiftKey ? [at.r2, at.c2] : [r, c];
  const far = 15;
  const moves = {
    ArrowUp: [y - 1, x], ArrowDown: [y + 1, x], ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1],
    PageUp: [y - far, x], PageDown: [y + far, x], Home: [y, 0], End: [y, wide - 1],
  };
  if (event.key in moves) return { to: [...moves[event.key], event.shiftKey] };
  switch (event.key) {
    case "Enter":
      return { to: [event.shiftKey ? r - 1 : r + 1, c] };
    case "Tab":
      // At the end of a row it leaves the sheet, as it would any field.
      if (event.shiftKey ? c === 0 : c === wide - 1) return null;
      return { to: [r, event.shiftKey ? c - 1 : c + 1] };
    case "F2":
      return { begin: true };
    case "Delete":
    case "Backspace":
      return { clear: true };
    case "Escape":
      return { leave: true };
  }
  return null;
}

function controlled(event, { r, c, at, count, wide }) {
  const [y, x] = event.shiftKey ? [at.r2, at.c2] : [r, c];
  const edges = {
    ArrowUp: [0, x], ArrowDown: [count - 1, x], ArrowLeft: [y, 0], ArrowRight: [y, wide - 1],
    Home: [0, 0], End: [count - 1, wide - 1],
  };
  if (event.key in edges) return { to: [...edges[event.key], event.shiftKey] };
  switch (event.key.toLowerCase()) {
    case "z":
      return event.shiftKey ? { redo: true } : { undo: true };
    case "y":
      return { redo: true };
    case "d":
      return { fill: true };
    case "a":
      return { all: true };
  }
  return null;
}
