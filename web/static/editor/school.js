// The school as the server tells it, with names for the parts of its lists.

export function readSchool(told) {
  const lessons = new Map(told.lessons.map((row) => [row[0], readLesson(row, told)]));
  const school = { ...told, lessons, list: [...lessons.values()] };
  school.slotRows = Object.fromEntries(
    Object.entries(told.frames).map(([key, frame]) => [key, rowsBySlot(frame)]),
  );
  return school;
}

function readLesson(row, told) {
  const [id, subjectId, classes, teachers, bell, length, kinds, weeks, movable, escorts] = row;
  const [subject, short, kind] = told.subjects[subjectId];
  return {
    id, subject, short, kind, classes, teachers, bell, length,
    kinds: kinds || ["lesson"], weeks: weeks || null, placed: movable, escorts: escorts || [],
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
export function periodsOf(school, lesson, [, day, period, , , length]) {
  const rows = school.bells[lesson.bell].filter((row) => row[0] === day);
  const first = rows.findIndex((row) => row[1] === period);
  if (first < 0) return [];
  const later = rows.slice(first + 1).filter((row) => lesson.kinds.includes(row[2]));
  return [rows[first], ...later.slice(0, length - 1)].map((row) => row[1]);
}

export const className = (school, id) => school.classes[id][0];
export const teacherName = (school, id) => school.teachers[id]?.[0] ?? id;

/** Name of a place, with its zones where a lesson takes only some of them. */
export function placeName(school, layout) {
  if (!layout) return "";
  const [venue, zones] = school.layouts[layout];
  const all = Object.values(school.layouts).filter((x) => x[0] === venue);
  const divided = new Set(all.flatMap((x) => x[1])).size > zones.length;
  const name = school.venues[venue][0];
  return divided ? `${name}(${zones.map((z) => school.zones[z]).join("、")})` : name;
}

export const venueOf = (school, layout) => (layout ? school.layouts[layout][0] : "");

export const lessonName = (school, lesson) =>
  `${lesson.classes.map((c) => className(school, c)).join("、")} ${lesson.subject}`;

/** Classes below the headings of their grades. */
export const grades = (school) => school.groups.class;
