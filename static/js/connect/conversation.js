// Looks for new messages while the page is before somebody's eyes, and shows the last one first.

const INTERVAL = 20_000;
const conversation = document.querySelector("[data-conversation]");
const look = conversation?.querySelector("[data-look]");
const list = conversation?.querySelector("#messages");

const lookNow = () => {
  if (document.visibilityState === "visible") window.htmx?.trigger(look, "look");
};

if (look) {
  setInterval(lookNow, INTERVAL);
  document.addEventListener("visibilitychange", lookNow);
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
