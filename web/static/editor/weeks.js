// Which lessons and marks stand in which cell of a week: of a class, a teacher, a place.
import { periodsOf, venueOf } from "./school.js";

export function frameOf(school, { kind, id }) {
  const named = { class: school.classes, teacher: school.teachers, venue: school.venues };
  return named[kind][id][1];
}

function stands(store, { kind, id }, lesson, where) {
  if (kind === "class") return lesson.classes.includes(id);
  if (kind === "teacher") return where[4].includes(id) || lesson.escorts.includes(id);
  return venueOf(store.school, where[3]) === id;
}

/** Lessons of a pane by "row column" of its frame; `goesOn` where they began above. */
export function lessonsByCell(store, pane, lessons = store.placed) {
  return store.once(`${pane.kind}:${pane.id}`, () => sorted(store, pane, lessons));
}

function sorted(store, pane, lessons) {
  const { school } = store;
  const key = frameOf(school, pane);
  const { days } = school.frames[key];
  const found = new Map();
  for (const [id, where] of lessons) {
    const lesson = school.lessons.get(id);
    if (!lesson || !stands(store, pane, lesson, where)) continue;
    periodsOf(school, lesson, where[1], where[2], where[5]).forEach((period, n) => {
      const row = school.slotRows[key].get(`${lesson.bell} ${where[1]} ${period}`);
      if (row !== undefined) push(found, `${row} ${days.indexOf(where[1])}`, { lesson, where, goesOn: n > 0 });
    });
  }
  return found;
}

/** Marks of the lesson in hand by "row column", where a pane has to do with it. */
export function marksByCell(store, pane) {
  const { school, picked } = store;
  const found = new Map();
  if (!picked?.marks || !concerns(store, pane, picked.id)) return found;
  const lesson = school.lessons.get(picked.id);
  const key = frameOf(school, pane);
  const { days } = school.frames[key];
  for (const marks of picked.marks.values()) {
    const { day, period } = marks[0];
    const row = school.slotRows[key].get(`${lesson.bell} ${day} ${period}`);
    if (row !== undefined) found.set(`${row} ${days.indexOf(day)}`, marks);
  }
  return found;
}

/** Whether the slots of a pane mean something to a lesson: its class, teacher or place. */
function concerns(store, { kind, id }, lessonId) {
  const lesson = store.school.lessons.get(lessonId);
  const where = store.placed.get(lessonId);
  if (kind === "class") return lesson.classes.includes(id);
  if (kind === "teacher") return lesson.teachers.includes(id) || Boolean(where?.[4].includes(id));
  const marks = [...store.picked.marks.values()].flat();
  return marks.some((mark) => mark.kind !== "forbidden" && venueOf(store.school, mark.where[3]) === id);
}

function push(found, key, value) {
  if (!found.has(key)) found.set(key, []);
  found.get(key).push(value);
}
