// Mentioning people while one writes: "@" and the beginning of a name offers whom the portal finds. Without this, the
// search below the text does the same. Arrow keys choose, Enter or Tab takes, Escape closes.

const MARK = /(?:^|[\s(])@([^\s@[\]()][^@[\]()\n]{0,38}|)$/u;
const SHORTEST = 2;
const WAIT = 250;

const searchOf = (form) => form.querySelector("[data-mention-part] input[type=search]");

const insert = (field, from, to, text) => {
  field.focus();
  field.setRangeText(`${text} `, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const peopleIn = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.querySelectorAll("[data-mention]")].map((button) => ({
    mention: button.dataset.mention,
    label: button.textContent.trim().replace(/\s+/g, " "),
  }));
};

class Offer {
  constructor(field, url) {
    this.field = field;
    this.url = url;
    this.people = [];
    this.chosen = -1;
    this.place = document.createElement("div");
    this.place.className = "mention-list";
    this.list = document.createElement("ul");
    this.list.className = "mention-list__options";
    this.list.id = `${field.id}_people`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.closest("form").querySelector("[data-mention-part] summary").textContent.trim());
    this.list.hidden = true;
    this.said = document.createElement("p");
    this.said.className = "visually-hidden";
    this.said.setAttribute("aria-live", "polite");
    this.place.append(this.list, this.said);
    field.after(this.place);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.look());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take([...this.list.children].indexOf(option));
    });
  }

  get words() {
    const { selectionStart, selectionEnd, value } = this.field;
    if (selectionStart !== selectionEnd) return null;
    return MARK.exec(value.slice(0, selectionStart))?.[1] ?? null;
  }

  look() {
    clearTimeout(this.wait);
    const { words } = this;
    if (words === null || words.trim().length < SHORTEST) this.close();
    else this.wait = setTimeout(() => this.ask(words), WAIT);
  }

  async ask(words) {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.url}?${new URLSearchParams({ mencion: words })}`, {
        headers: { "HX-Request": "true" },
        signal: this.asking.signal,
      });
      if (answer.ok && !answer.redirected && this.words === words) this.show(peopleIn(await answer.text()));
    } catch {
      // No line: whoever writes goes on writing.
    }
  }

  show(people) {
    this.people = people;
    this.list.replaceChildren(
      ...people.map(({ label }, index) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}_${index}`;
        option.setAttribute("role", "option");
        option.textContent = label;
        return option;
      }),
    );
    this.list.hidden = people.length === 0;
    this.said.textContent = people.map(({ label }) => label).join(", ");
    this.choose(people.length ? 0 : -1);
  }

  choose(index) {
    this.chosen = index;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = this.list.children[index];
    if (option) {
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const last = this.people.length - 1;
    const doing = {
      ArrowDown: () => this.choose(this.chosen >= last ? 0 : this.chosen + 1),
      ArrowUp: () => this.choose(this.chosen <= 0 ? last : this.chosen - 1),
      Enter: () => this.take(this.chosen),
      Tab: () => this.take(this.chosen),
      Escape: () => this.close(),
    }[event.key];
    if (!doing) return;
    event.preventDefault();
    doing();
  }

  take(index) {
    const { words, field } = this;
    const person = this.people[index];
    this.close();
    if (person && words !== null) {
      insert(field, field.selectionStart - words.length - 1, field.selectionStart, person.mention);
    }
  }

  close() {
    clearTimeout(this.wait);
    this.asking?.abort();
    this.list.hidden = true;
    this.choose(-1);
  }
}

for (const field of document.querySelectorAll("textarea[data-mentions]")) {
  const url = searchOf(field.form)?.getAttribute("hx-get");
  if (url) new Offer(field, url);
}

// A person who was found below the text comes into it where the caret stands, without another page.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-mention]");
  const field = button?.form?.querySelector("textarea[data-mentions]");
  if (!field) return;
  event.preventDefault();
  insert(field, field.selectionStart, field.selectionEnd, button.dataset.mention);
});

// Enter in the search looks for people; it neither sends nor previews what is being written.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-mention-part] input[type=search]")) event.preventDefault();
});
