// Answers kept on this device until the portal has confirmed each: for one person and one evaluation.
// What is kept here belongs to whoever signed in: signing out clears it, and so does the next person's visit.

// The script on the pages for signing out clears all that begins like this.
const PREFIX = "on-this-device:";
const MOST_TRIED = 5;
// In a browser that keeps nothing, the answers live as long as the page.
const memory = new Map();

const load = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
};

const store = (key, text) => {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  } catch {
    memory.set(key, text);
    return false;
  }
};

const forgetOthers = (user) => {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${user}:`)) localStorage.removeItem(key);
    }
  } catch {
    memory.clear();
  }
};

export class Outbox extends EventTarget {
  constructor(user, evaluation) {
    super();
    this.key = `${PREFIX}${user}:${evaluation}`;
    this.isFull = false;
    forgetOthers(user);
  }

  // By path: when it was written, what the question held when it was drawn, the fields as they are to be sent, what
  // was sent without hearing whether it arrived, and why it can no longer be sent.
  read() {
    try {
      return JSON.parse(load(this.key) ?? "{}");
    } catch {
      return {};
    }
  }

  write(entries) {
    const isEmpty = Object.keys(entries).length === 0;
    this.isFull = !store(this.key, isEmpty ? null : JSON.stringify(entries));
    this.dispatchEvent(new Event("change"));
  }

  get(path) {
    return this.read()[path];
  }

  // All that waits, in the order in which it was written.
  all() {
    return Object.entries(this.read()).sort(([, one], [, other]) => one.at - other.at);
  }

  waiting() {
    return this.all().filter(([, entry]) => !entry.stuck);
  }

  stuck() {
    return this.all().filter(([, entry]) => entry.stuck);
  }

  // A later edit takes the place of the earlier; what the page had shown stays that of the first.
  note(path, edit) {
    const entries = this.read();
    const { held, tried = [] } = entries[path] ?? edit;
    entries[path] = { ...edit, held, tried, at: Date.now() };
    this.write(entries);
  }

  // Something typed since then goes on waiting, on top of what is kept there now.
  confirm(path, edit, held) {
    const entries = this.read();
    if (!entries[path]) return;
    if (entries[path].edit === edit) delete entries[path];
    else Object.assign(entries[path], { held: held ?? entries[path].held, tried: [] });
    this.write(entries);
  }

  // Nobody knows whether it arrived: a field's name and its value, as it is told with the next try.
  tried(path, said) {
    const entries = this.read();
    if (!entries[path] || entries[path].tried.some((each) => each.join() === said.join())) return;
    entries[path].tried = [...entries[path].tried, said].slice(-MOST_TRIED);
    this.write(entries);
  }

  hold(path, why) {
    const entries = this.read();
    if (!entries[path] || entries[path].stuck === why) return;
    entries[path].stuck = why;
    this.write(entries);
  }

  remove(...paths) {
    const entries = this.read();
    for (const path of paths) delete entries[path];
    this.write(entries);
  }
}

const place = document.querySelector("[data-outbox]");

// The outbox of the page's evaluation; null on pages without one.
export const outbox = place ? new Outbox(place.dataset.user, place.dataset.evaluation) : null;
