"""An independent checker: reads a folder and a timetable by data-format.md alone.

Plain csv, nothing of the program: clashes of classes and teachers, zones and layouts,
agreements and their caps, walks, travel, unavailable times, fixed lessons, limits a
day, every lesson placed. For folders without teaching-research groups and activities.
"""

import csv
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

Row = dict[str, str]
LAYERS = {"": (0, 1), "every": (0, 1), "odd": (0,), "even": (1,)}


def broken(folder: Path, timetable: Path) -> list[str]:
    """A line for everything that data-format.md forbids."""
    return _Check(folder, timetable).faults()


def _rows(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _many(text: str) -> list[str]:
    return [x for x in text.split(";") if x]


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)


class _Check:
    def __init__(self, folder: Path, timetable: Path) -> None:
        def table(name: str) -> list[Row]:
            return _rows(folder / f"{name}.csv")

        self.requirements = {r["requirement_id"]: r for r in table("requirements")}
        self.classes = {c["class_id"]: c for c in table("classes")}
        self.schools = {s["school_id"]: s for s in table("schools")}
        self.teachers = {t["teacher_id"]: t for t in table("teachers")}
        self.venues = {v["venue_id"]: v for v in table("venues")}
        self.layouts = {x["layout_id"]: x for x in table("layouts")}
        self.zones = {z["zone_id"]: z for z in table("zones")}
        divided = {z["venue_id"] for z in self.zones.values()}
        for name in set(self.venues) - divided:
            own = {"zone_id": name, "venue_id": name, "max_classes": "1"}
            self.zones[name] = {**own, "max_pupils": ""}
        self.agreements = table("agreements")
        self.unavailable = table("unavailable")
        self.fixed = table("fixed")
        self.travel = {
            (x["from_site"], x["to_site"]): int(x["minutes"]) for x in table("sites")
        }
        self.bells = {
            (b["bell_id"], int(b["day"]), int(b["period"])): b for b in table("bells")
        }
        self.rows = _rows(timetable)
        self.found: list[str] = []

    def faults(self) -> list[str]:
        meetings = [self._meeting(r) for r in self.rows if r["day"]]
        self._all_there()
        for m in meetings:
            self._single(m)
        self._clashes(meetings)
        self._places(meetings)
        self._limits(meetings)
        return self.found

    def _meeting(self, row: Row) -> dict[str, Any]:
        requirement = self.requirements[row["requirement_id"]]
        classes = _many(requirement["class_ids"])
        bell = self.classes[classes[0]]["bell_id"]
        day, period = int(row["day"]), int(row["period"])
        given = self.bells[bell, day, period]
        start, end = _minutes(given["start"]), _minutes(given["end"])
        for later in range(period + 1, period + int(row["length"])):
            end = _minutes(self.bells[bell, day, later]["end"])
        school = self.classes[classes[0]]["school_id"]
        home = self.schools[school].get("site_id") or school
        layout = row["layout_id"] or "home"
        walk, site, agreement = 0, home, None
        if layout != "home":
            venue = self.venues[self.layouts[layout]["venue_id"]]
            if venue["owner"] == school:
                site = venue["site_id"]
            else:
                agreement = self._agreement(school, venue["venue_id"], day, start, end)
                walk = int(agreement["walk_minutes"]) if agreement else 0
                if agreement is None:
                    self.found.append(f"{row['lesson_id']}: no agreement")
        return {
            **{"id": row["lesson_id"], "day": day, "start": start, "end": end},
            **{"classes": classes, "teachers": _many(row["teacher_ids"])},
            **{"layers": LAYERS[row["week"]], "layout": layout, "walk": walk},
            **{"site": site, "agreement": agreement, "period": period},
            **{"requirement": requirement, "length": int(row["length"])},
        }

    def _agreement(
        self, school: str, venue: str, day: int, start: int, end: int
    ) -> Row | None:
        for a in self.agreements:
            same = (a["school_id"], a["venue_id"]) == (school, venue)
            inside = _minutes(a["start"]) <= start and end <= _minutes(a["end"])
            if same and int(a["day"]) == day and inside:
                return a
        return None

    def _all_there(self) -> None:
        placed = {r["lesson_id"] for r in self.rows if r["day"]}
        for name, r in self.requirements.items():
            count = len(_many(r["blocks"])) or -(-int(2 * float(r["per_week"])) // 2)
            for index in range(1, count + 1):
                if f"{name}#{index}" not in placed:
                    self.found.append(f"{name}#{index}: not placed")

    def _single(self, m: dict[str, Any]) -> None:
        asked, r = set(_many(m["requirement"]["layouts"])), m["requirement"]
        if asked and m["layout"] not in asked:
            self.found.append(f"{m['id']}: layout {m['layout']} not asked for")
        if m["layout"] != "home":
            subjects = _many(self.layouts[m["layout"]]["subjects"])
            if r["subject_id"] not in subjects and "*" not in subjects:
                self.found.append(f"{m['id']}: subject not allowed at {m['layout']}")
        if not set(_many(r["teacher_ids"])) <= set(m["teachers"]):
            self.found.append(f"{m['id']}: teacher missing")
        for u in self.unavailable:
            if u.get("level") != "soft" and self._hits(u, m):
                self.found.append(f"{m['id']}: {u['kind']} {u['id']} unavailable")
        for f in self.fixed:
            mine = f"{f['requirement_id']}#{f['index']}" == m["id"]
            if mine and (int(f["day"]), int(f["period"])) != (m["day"], m["period"]):
                self.found.append(f"{m['id']}: not where it is fixed")

    def _hits(self, u: Row, m: dict[str, Any]) -> bool:
        layout = self.layouts.get(m["layout"], {"venue_id": "", "zones": ""})
        needed = {
            "teacher": m["teachers"],
            "class": m["classes"],
            "venue": [layout["venue_id"]],
            "zone": _many(layout["zones"]),
        }[u["kind"]]
        if u["id"] not in needed or int(u["day"]) != m["day"]:
            return False
        if not set(LAYERS[u.get("week") or ""]) & set(m["layers"]):
            return False
        if u.get("period"):
            return int(u["period"]) == m["period"]
        if u.get("start"):
            walk = m["walk"] if u["kind"] in ("teacher", "class") else 0
            first, last = m["start"] - walk, m["end"] + walk
            return first < _minutes(u["end"]) and _minutes(u["start"]) < last
        return True

    def _clashes(self, meetings: list[dict[str, Any]]) -> None:
        attended: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for m in meetings:
            for name in (*m["classes"], *m["teachers"]):
                attended[name].append(m)
        for name, own in attended.items():
            for a, b in combinations(own, 2):
                if a["day"] != b["day"] or not set(a["layers"]) & set(b["layers"]):
                    continue
                first, second = sorted((a, b), key=lambda m: m["start"])
                gap = second["start"] - second["walk"] - first["end"] - first["walk"]
                if gap < self._way(first["site"], second["site"]):
                    self.found.append(f"{name}: {first['id']} and {second['id']}")

    def _way(self, one: str, other: str) -> int:
        if one == other:
            return 0
        back = self.travel.get((other, one))
        minutes = self.travel.get((one, other), back)
        return 10**6 if minutes is None else minutes

    def _places(self, meetings: list[dict[str, Any]]) -> None:
        used: dict[tuple[str, str, int], list[dict[str, Any]]] = defaultdict(list)
        caps: dict[tuple[str, str], tuple[int, int | None]] = {}
        for m in meetings:
            if m["layout"] == "home":
                continue
            layout = self.layouts[m["layout"]]
            keys = [("layout", layout)]
            keys += [("zone", self.zones[z]) for z in _many(layout["zones"])]
            keys += [("agreement", m["agreement"])] if m["agreement"] else []
            for kind, row in keys:
                name = row[f"{kind}_id"]
                pupils = int(row["max_pupils"]) if row.get("max_pupils") else None
                caps[kind, name] = int(row["max_classes"]), pupils
                used[kind, name, m["day"]].append(m)
        for (kind, name, _), own in used.items():
            for one in own:
                for layer in one["layers"]:
                    now = [
                        m
                        for m in own
                        if layer in m["layers"]
                        and m["start"] <= one["start"] < m["end"]
                    ]
                    classes = [c for m in now for c in m["classes"]]
                    pupils = sum(int(self.classes[c]["size"]) for c in classes)
                    most, heads = caps[kind, name]
                    if len(classes) > most or (heads is not None and pupils > heads):
                        self.found.append(f"{kind} {name}: {len(classes)} classes")

    def _limits(self, meetings: list[dict[str, Any]]) -> None:
        a_day: dict[tuple[str, int, int], int] = defaultdict(int)
        given: dict[tuple[str, int, int], int] = defaultdict(int)
        for m in meetings:
            for layer in m["layers"]:
                a_day[m["requirement"]["requirement_id"], m["day"], layer] += 1
                for name in m["teachers"]:
                    given[name, m["day"], layer] += m["length"]
        for (name, day, _), count in a_day.items():
            most = self.requirements[name]["max_per_day"]
            if most and count > int(most):
                self.found.append(f"{name}: {count} lessons on day {day}")
        for (name, day, _), count in given.items():
            most = self.teachers[name]["max_per_day"]
            if most and count > int(most):
                self.found.append(f"{name}: {count} periods on day {day}")
