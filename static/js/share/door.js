// The door of an event on a weak line: what could not be sent is said, and nothing looks done that was not.
const door = document.querySelector("[data-door]");
const trouble = document.querySelector("[data-door-trouble]");

if (door && trouble) {
  const say = (isTrouble) => {
    trouble.hidden = !isTrouble;
    if (isTrouble) trouble.scrollIntoView({ block: "nearest" });
  };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError", "htmx:sendAbort"]) {
    door.addEventListener(name, () => say(true));
  }
  door.addEventListener("htmx:beforeRequest", () => say(false));
}
