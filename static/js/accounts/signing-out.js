// Whoever signs out leaves nothing of hers on this device: apps keep what is a person's under keys that begin alike.

const PREFIX = "on-this-device:";

const forget = () => {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
};

const isSomethingKept = () => {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(PREFIX));
  } catch {
    return false;
  }
};

for (const form of document.querySelectorAll("[data-signing-out]")) {
  const warning = document.querySelector("[data-kept-here]");
  if (warning) warning.hidden = !isSomethingKept();
  form.addEventListener("submit", forget);
}
