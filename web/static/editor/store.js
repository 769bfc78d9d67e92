// The draft as it stands in this page; whoever shows it is told when it changes.

export class Store {
  constructor(school, opened) {
    this.school = school;
    this.placed = new Map(Object.entries(opened.placed));
    this.locked = new Set(opened.locked);
    this.steps = opened.steps;
    this.take(opened);
    this.watchers = new Set();
  }

  take({ seen, hard, soft }) {
    Object.assign(this, { seen, hard, soft });
  }

  watch(tell) {
    this.watchers.add(tell);
  }

  /** Change the state and let everybody draw it. */
  set(change = {}) {
    Object.assign(this, change);
    this.watchers.forEach((tell) => tell());
  }

  /** Take over what has been done since, by whomever; false: tables have changed. */
  follow(told) {
    let whole = true;
    for (const step of told.steps) {
      if (step.number <= this.seen) continue;
      whole &&= !step.changes.rows;
      for (const [id, where] of Object.entries(step.changes.placed)) {
        if (where) this.placed.set(id, where);
        else this.placed.delete(id);
      }
      for (const [id, on] of Object.entries(step.changes.locked)) {
        if (on) this.locked.add(id);
        else this.locked.delete(id);
      }
      this.steps = [...this.steps, step];
    }
    if (told.seen >= this.seen) this.take(told);
    return whole;
  }

  unplaced() {
    return this.school.list.filter((lesson) => !this.placed.has(lesson.id));
  }
}
