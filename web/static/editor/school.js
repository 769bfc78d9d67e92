// The school as the server tells it, with names for the parts of its lists.
import { dayName } from "./words.js";

export function readSchool(told) {
  const lessons = new Map(told.lessons.map((row) => [row[0], readLesson(row, told)]));
  const slotRows = Object.fromEntries(
    Object.entries(told.frames).map(([key, frame]) => [key, rowsBySlot(frame)]),
  );
  return { ...told, lessons, list: [...lessons.values()], slotRows };
}

function readLesson(row, told) {
  const [id, subjectId, classes, teachers, bell, length, kinds, weeks, movable, escorts] = row;
  const [subject, short, kind] = told.subjects[subjectId];
  return {
    id, subject, short, kind, classes, teachers, bell, length, movable, escorts,
    kinds: kinds || ["lesson"], weeks: weeks || ["every"], need: id.replace(/#\d+$/, ""),
  };
}

/** Which rows of a frame hold a row of a bell: "bell day number" -> row. */
function rowsBySlot(frame) {
  const found = new Map();
  frame.rows.forEach((row, number) =>
    row.cells.forEach((slots, column) =>
      slots.forEach(([bell, period]) => found.set(`${bell} ${frame.days[column]} ${period}`, number)),
    ),
  );
  return found;
}

/** The rows of its bell that a lesson takes from a row on: the next of the right kinds. */
export function periodsOf(school, lesson, day, period, length = lesson.length) {
  const rows = school.bells[lesson.bell].filter((row) => row[0] === day);
  const first = rows.findIndex((row) => row[1] === period);
  if (first < 0) return [];
  const later = rows.slice(first + 1).filter((row) => lesson.kinds.includes(row[2]));
  return [rows[first], ...later.slice(0, length - 1)].map((row) => row[1]);
}

export const className = (school, id) => school.classes[id][0];
export const teacherName = (school, id) => school.teachers[id]?.[0] ?? id;
export const classNames = (school, lesson) =>
  lesson.classes.map((c) => className(school, c)).join("、");
export const teacherNames = (school, where) =>
  where[4].map((x) => teacherName(school, x)).join("、");
export const lessonName = (school, lesson) => `${classNames(school, lesson)} ${lesson.subject}`;
export const venueOf = (school, layout) => (layout ? school.layouts[layout][0] : "");

/** Name of a place, with its zones where a lesson takes only some of them. */
export function placeName(school, layout) {
  if (!layout) return "";
  const [venue, zones] = school.layouts[layout];
  const all = Object.values(school.layouts).filter((x) => x[0] === venue);
  const divided = new Set(all.flatMap((x) => x[1])).size > zones.length;
  const name = school.venues[venue][0];
  return divided ? `${name}(${zones.map((z) => school.zones[z]).join("、")})` : name;
}

/** "周二第3节". */
export function slotName(school, lesson, day, period) {
  const key = school.classes[lesson.classes[0]][1];
  const row = school.slotRows[key].get(`${lesson.bell} ${day} ${period}`);
  const label = row === undefined ? `${period}` : school.frames[key].rows[row].label;
  return `${dayName(day)}${document.documentElement.lang === "en" ? " " : ""}${label}`;
}
