// Events of the calendar on standard input, as JSON, by ical.js.
import ICAL from "./vendor/ical.min.mjs";
import { readFileSync } from "node:fs";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
const events = calendar.getAllSubcomponents("vevent").map((event) => {
  const of = (name) => event.getFirstPropertyValue(name);
  const time = (name) => of(name).toString().replace(/[-:]/g, "");
  return [
    of("uid"), Number(of("sequence")), time("dtstart"), time("dtend"), of("status"),
    of("summary"), of("location"), of("description"),
  ];
});
process.stdout.write(JSON.stringify(events));
