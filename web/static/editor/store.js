// The draft as it stands in this page; whoever draws it is told when it changes.

export class Store {
  constructor(school, opened) {
    this.watchers = new Set();
    this.picked = null; // what is in hand: see picking.js
    this.asking = null; // the slot whose dialog is open
    this.pending = new Set(); // lessons of a command under way
    this.before = null; // rules before the last step, to say what changed
    this.message = null; // a refusal that stays until it is read
    this.room = new Map(); // free slots of what is not placed, by requirement
    this.panes = [];
    this.version = 0; // of everything that lessons in cells are drawn from
    this.drawn = new Map();
    this.open(school, opened);
  }

  /** What is worked out of the version that is shown, once. */
  once(key, make) {
    const known = this.drawn.get(key);
    if (known?.version === this.version) return known.value;
    const value = make();
    this.drawn.set(key, { version: this.version, value });
    return value;
  }

  open(school, opened) {
    this.school = school;
    this.drawn.clear();
    this.version += 1;
    this.placed = new Map(Object.entries(opened.placed));
    this.locked = new Set(opened.locked);
    this.steps = opened.steps;
    this.take(opened);
  }

  take(told) {
    for (const name of ["seen", "soft", "tasks"]) {
      if (told[name] !== undefined) this[name] = told[name];
    }
    if (!told.rules) return;
    if (this.rules) this.before = this.rules;
    this.rules = told.rules;
    this.conflicts = told.conflicts;
    this.conflictCount = told.conflict_count;
    this.broken = new Set(told.conflicts.flatMap((conflict) => conflict[2]));
    this.version += 1;
  }

  watch(tell) {
    this.watchers.add(tell);
  }

  /** Change the state and let everybody draw it. */
  set(change = {}) {
    Object.assign(this, change);
    if ("pending" in change) this.version += 1;
    this.watchers.forEach((tell) => tell());
  }

  /** Take over what has been done since, by whomever; the steps that are new here. */
  follow(told) {
    const fresh = told.steps.filter((step) => step.number > this.seen);
    for (const step of fresh) {
      for (const [id, where] of Object.entries(step.changes.placed)) {
        if (where) this.placed.set(id, where);
        else this.placed.delete(id);
      }
      for (const [id, on] of Object.entries(step.changes.locked)) {
        if (on) this.locked.add(id);
        else this.locked.delete(id);
      }
    }
    this.steps = [...this.steps, ...fresh];
    if (told.seen >= this.seen) this.take(told);
    return fresh;
  }

  unplaced() {
    return this.school.list.filter((lesson) => !this.placed.has(lesson.id));
  }
}
