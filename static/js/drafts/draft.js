// What is being written to somebody, kept on this device until the portal has it: a dead line or a closed tab loses
// nothing. It belongs to whoever signed in: signing out clears it, and so does the next person's visit.

// The script on the pages for signing out clears all that begins like this.
const PREFIX = "on-this-device:";
const SENT = "draft-sent-from";

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
// A form may keep several fields, told apart by a name: data-draft="title".
const fieldKey = (key, field) => (field.dataset.draft ? `${key}#${field.dataset.draft}` : key);
const fieldsOf = (form) => form.querySelectorAll("[data-draft]");

const forget = (key) => {
  try {
    for (const one of Object.keys(localStorage)) {
      if (one === key || one.startsWith(`${key}#`)) localStorage.removeItem(one);
    }
  } catch {
    // Nothing is kept here.
  }
};

const say = (form, text) => {
  const place = form.querySelector("[data-draft-failed]");
  place.textContent = text ?? "";
  place.hidden = !text;
};

// The answer to an ordinary form that was sent is a page with an empty form, to which the portal led from the very page
// that sent it: then it has the text. A page that is opened anew after the line was dead is none, nor is the way back.
const settle = () => {
  const { key, from } = JSON.parse(kept(sessionStorage, SENT) || "{}");
  if (!key) return;
  keep(sessionStorage, SENT, "");
  const [way] = performance.getEntriesByType("navigation");
  const isAnswer = way?.type !== "back_forward" && way?.redirectCount > 0 && document.referrer === from;
  const isPlace = document.querySelector("[data-conversation], [data-draft-settles]");
  if (isAnswer && isPlace && !document.querySelector(".field--error, .error-summary")) forget(key);
};

const bringBack = (form) => {
  for (const field of fieldsOf(form)) {
    if (!field.value) field.value = kept(localStorage, fieldKey(keyOf(form), field));
  }
};

const formOf = (target) => target.closest?.("form[data-draft-of]");

for (const form of document.querySelectorAll("form[data-draft-of]")) {
  forgetOthers(form.dataset.draftUser);
  settle();
  bringBack(form);
}

document.addEventListener("input", (event) => {
  const form = event.target.matches("[data-draft]") && formOf(event.target);
  if (form) keep(localStorage, fieldKey(keyOf(form), event.target), event.target.value);
});

document.addEventListener("submit", (event) => {
  const form = formOf(event.target);
  if (!form || form.hasAttribute("hx-post")) return;
  keep(sessionStorage, SENT, JSON.stringify({ key: keyOf(form), from: location.href.split("#")[0] }));
});

// A page that the browser held ready, as after the way back from a dead line, is no answer either.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) keep(sessionStorage, SENT, "");
});

const isPost = (event) => event.detail.requestConfig?.verb === "post";
// A button within the form that asks for something else, as a preview, sends nothing.
const sending = (event) => (event.target.matches?.("form[data-draft-of]") && isPost(event) ? event.target : null);

// Before the answer takes the form's place. What could not be sent comes back as the form itself, with its reason.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = sending(event);
  const { xhr } = event.detail;
  if (form && xhr.status < 300 && !xhr.getResponseHeader("HX-Retarget")) {
    forget(keyOf(form));
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = sending(event);
  if (!form || event.detail.successful) return;
  // Nobody is signed in any more: the page itself leads to the sign-in and back, to what is kept here.
  if (event.detail.xhr.status === 401) {
    location.reload();
    return;
  }
  const isTooLarge = [400, 413].includes(event.detail.xhr.status);
  say(form, isTooLarge ? form.dataset.textTooLarge : form.dataset.textKept);
});
