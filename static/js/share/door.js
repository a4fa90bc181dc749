// The door of an event on a weak line: what could not be sent is said, and nothing looks done that was not.
const door = document.querySelector("[data-door]");
const trouble = document.querySelector("[data-door-trouble]");
const refused = document.querySelector("[data-door-refused]");

if (door && trouble && refused) {
  const say = (what) => {
    for (const each of [trouble, refused]) each.hidden = each !== what;
    if (what) what.scrollIntoView({ block: "nearest" });
  };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
    door.addEventListener(name, () => say(trouble));
  }
  // The portal answered no: the line is well, but whoever asks may not any more, or what she asks for is gone.
  door.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    say(status >= 400 && status < 500 ? refused : trouble);
  });
  door.addEventListener("htmx:beforeRequest", () => say(null));
}
