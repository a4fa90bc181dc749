// What is being written to somebody, kept on this device until the portal has it: a dead line or a closed tab loses
// nothing. It belongs to whoever signed in: signing out clears it, and so does the next person's visit.

// The script on the pages for signing out clears all that begins like this.
const PREFIX = "on-this-device:";
const SENT = "draft-sent";

const keep = (storage, key, text) => {
  try {
    if (text) storage.setItem(key, text);
    else storage.removeItem(key);
  } catch {
    // A browser that keeps nothing sends all the same.
  }
};

const kept = (storage, key) => {
  try {
    return storage.getItem(key) ?? "";
  } catch {
    return "";
  }
};

const forgetOthers = (user) => {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${user}:`)) localStorage.removeItem(key);
    }
  } catch {
    // Nothing is kept here.
  }
};

const keyOf = (form) => `${PREFIX}${form.dataset.draftUser}:message:${form.dataset.draftOf}`;
const fieldOf = (form) => form.querySelector("[data-draft]");

const say = (form, text) => {
  const place = form.querySelector("[data-draft-failed]");
  place.textContent = text ?? "";
  place.hidden = !text;
};

// A conversation that opens after an ordinary form was sent shows that the portal has the text. Going back does not.
const settle = () => {
  const sent = kept(sessionStorage, SENT);
  if (!sent || performance.getEntriesByType("navigation")[0]?.type === "back_forward") return;
  keep(sessionStorage, SENT, "");
  const isSent = document.querySelector("[data-conversation]") && !document.querySelector(".field--error, .error-summary");
  if (isSent) keep(localStorage, sent, "");
};

const bringBack = (form) => {
  const field = fieldOf(form);
  if (field && !field.value) field.value = kept(localStorage, keyOf(form));
};

const formOf = (target) => target.closest?.("form[data-draft-of]");

for (const form of document.querySelectorAll("form[data-draft-of]")) {
  forgetOthers(form.dataset.draftUser);
  settle();
  bringBack(form);
}

document.addEventListener("input", (event) => {
  const form = event.target.matches("[data-draft]") && formOf(event.target);
  if (form) keep(localStorage, keyOf(form), event.target.value);
});

document.addEventListener("submit", (event) => {
  const form = formOf(event.target);
  if (form && !form.hasAttribute("hx-post")) keep(sessionStorage, SENT, keyOf(form));
});

const isPost = (event) => event.detail.requestConfig?.verb === "post";

// Before the answer takes the form's place. What could not be sent comes back as the form itself, with its reason.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = formOf(event.target);
  const { xhr } = event.detail;
  if (form && isPost(event) && xhr.status < 300 && !xhr.getResponseHeader("HX-Retarget")) {
    keep(localStorage, keyOf(form), "");
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event.target);
  if (!form || !isPost(event) || event.detail.successful) return;
  // Nobody is signed in any more: the page itself leads to the sign-in and back, to what is kept here.
  if (event.detail.xhr.status === 401) {
    location.reload();
    return;
  }
  const isTooLarge = [400, 413].includes(event.detail.xhr.status);
  say(form, isTooLarge ? form.dataset.textTooLarge : form.dataset.textKept);
});
