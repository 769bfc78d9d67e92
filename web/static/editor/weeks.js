// Which lessons stand in which cell of a week: of a class, a teacher, a place.
import { periodsOf, venueOf } from "./school.js";

export function frameOf(school, { kind, id }) {
  const named = { class: school.classes, teacher: school.teachers, venue: school.venues };
  return named[kind][id][1];
}

function concerns(store, { kind, id }, lesson, where) {
  if (kind === "class") return lesson.classes.includes(id);
  if (kind === "teacher") return where[4].includes(id) || lesson.escorts.includes(id);
  return venueOf(store.school, where[3]) === id;
}

/** Lessons of a pane by "row column" of its frame; `goesOn` where they began above. */
export function lessonsByCell(store, pane) {
  const { school } = store;
  const key = frameOf(school, pane);
  const { days } = school.frames[key];
  const found = new Map();
  for (const [id, where] of store.placed) {
    const lesson = school.lessons.get(id);
    if (!lesson || !concerns(store, pane, lesson, where)) continue;
    periodsOf(school, lesson, where).forEach((period, n) => {
      const row = school.slotRows[key].get(`${lesson.bell} ${where[1]} ${period}`);
      if (row === undefined) return;
      const cell = `${row} ${days.indexOf(where[1])}`;
      if (!found.has(cell)) found.set(cell, []);
      found.get(cell).push({ lesson, where, goesOn: n > 0 });
    });
  }
  return found;
}
