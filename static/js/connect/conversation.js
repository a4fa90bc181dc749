// Looks for new messages while the page is before somebody's eyes, and shows the last one first.

// The longer nothing comes, the seldomer it looks.
const SHORTEST = 20_000;
const LONGEST = 160_000;
const conversation = document.querySelector("[data-conversation]");
const look = conversation?.querySelector("[data-look]");
const list = conversation?.querySelector("#messages");
let wait = SHORTEST;
let next;

const lookNow = () => {
  if (document.visibilityState === "visible") window.htmx?.trigger(look, "look");
};

const lookLater = (milliseconds) => {
  wait = milliseconds;
  clearTimeout(next);
  next = setTimeout(lookNow, wait);
};

if (look) {
  lookLater(SHORTEST);
  document.addEventListener("visibilitychange", lookNow);
  conversation.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    const { status } = detail.xhr;
    if (target !== look) lookLater(SHORTEST);
    // Who signed out elsewhere, or takes part no more, does not ask again and again.
    else if (status >= 400 && status < 500) clearTimeout(next);
    else lookLater(status === 200 ? SHORTEST : Math.min(wait * 2, LONGEST));
  });
}

if (list) {
  // Two answers that crossed may both bring the same message: the first one stays.
  list.addEventListener("htmx:afterSwap", () => {
    const seen = new Set();
    for (const message of list.querySelectorAll("[data-message]")) {
      if (seen.has(message.dataset.message)) message.remove();
      seen.add(message.dataset.message);
    }
  });
  if (!location.hash && !location.search) list.lastElementChild?.scrollIntoView({ block: "nearest" });
}

// An empty form takes the place of the one that was sent; whoever writes goes on writing.
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.target.id === "message-form") event.target.querySelector("textarea")?.focus();
});
