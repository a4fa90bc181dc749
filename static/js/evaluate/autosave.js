// What the answer page says and does around saving: htmx sends each answer, this keeps the person informed.

const form = document.querySelector("[data-autosave]");
const RETRY_MS = 10_000;
// htmx gives the focus back to what it replaced; what follows must come after that.
const SETTLE_MS = 60;

if (form) {
  // Each question with something not yet saved, with the number of its latest edit.
  const unsaved = new Map();
  const sent = new WeakMap();
  let edits = 0;
  let focused = null;
  let isSignedOut = false;

  const status = () => document.getElementById("save-status");
  const say = (text) => {
    const place = status();
    if (place) place.textContent = text;
  };

  const note = (question) => unsaved.set(question, ++edits);

  const saySignedOut = () => {
    const link = document.createElement("a");
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.textContent = form.dataset.textSignIn;
    say(`${form.dataset.textSignedOut} `);
    status()?.append(link);
  };

  // Marks fields whose answer does not hold, for the eye and for screen readers.
  const judge = (question) => {
    const isWrong = Boolean(question.querySelector("[data-errors] > *"));
    question.classList.toggle("question--wrong", isWrong);
    for (const field of question.querySelectorAll("input[name]:not([type=hidden]), select, textarea")) {
      field.toggleAttribute("aria-invalid", isWrong);
      if (isWrong) field.setAttribute("aria-invalid", "true");
    }
  };

  const fieldsOf = (element) => element?.querySelector("input:not([type=hidden]), select, textarea, button");

  // When what had the focus is gone, go on with the next question instead of the top of the page.
  const keepFocus = (origin) => {
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    const again = document.getElementById(focused.id);
    const questions = [...form.querySelectorAll("[data-question]")];
    const next = questions[questions.indexOf(origin) + 1] ?? origin;
    (again ?? fieldsOf(next) ?? form).focus({ preventScroll: true });
  };

  const enterLastCase = (id) => {
    const cases = document.querySelectorAll(`#${id} > .case`);
    fieldsOf(cases[cases.length - 1])?.focus();
  };

  const send = (question) => {
    delete question.dataset.begun;
    window.htmx.trigger(question, question.matches("[data-composite]") ? "complete" : "change");
  };

  const retry = () => {
    for (const question of unsaved.keys()) {
      if (question.isConnected) send(question);
      else unsaved.delete(question);
    }
  };

  // Who signs in again gets a new token; without it the answers kept here would be refused.
  const comeBack = async () => {
    const response = await fetch(form.action, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector("#section-form [name=csrfmiddlewaretoken]")?.value;
    if (!token) return;
    isSignedOut = false;
    form.querySelector("[name=csrfmiddlewaretoken]").value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    retry();
  };
  window.addEventListener("focus", () => {
    if (isSignedOut) comeBack().catch(saySignedOut);
  });

  form.addEventListener("input", (event) => {
    const question = event.target.closest("[data-question]");
    if (question) note(question);
  });

  // Several fields that make one answer are sent when all are filled in, or when one leaves them.
  const composite = (event) => event.target.closest("[data-composite]");
  form.addEventListener("change", (event) => {
    const question = composite(event);
    if (!question) return;
    const values = [...question.querySelectorAll("select, input[type=text]")].map((field) => field.value);
    if (values.every(Boolean) || !values.some(Boolean)) send(question);
    else question.dataset.begun = "yes";
  });
  form.addEventListener("focusout", (event) => {
    const question = composite(event);
    if (question?.dataset.begun && !question.contains(event.relatedTarget)) send(question);
  });

  form.addEventListener("htmx:beforeRequest", (event) => {
    const { elt } = event.detail;
    if (!elt.matches("[data-question]")) return;
    if (!unsaved.has(elt)) note(elt);
    sent.set(event.detail.xhr, unsaved.get(elt));
    say(form.dataset.textSaving);
  });

  form.addEventListener("htmx:beforeSwap", () => {
    focused = document.activeElement;
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    const { requestConfig, successful, xhr } = event.detail;
    // Not `detail.elt`: that is an ancestor when the sender was itself replaced.
    const { elt } = requestConfig;
    if (successful) {
      // What was typed since it was sent is on its way with the next request.
      if (unsaved.get(elt) === sent.get(xhr)) unsaved.delete(elt);
      form.querySelectorAll("[data-question]").forEach(judge);
      keepFocus(elt);
      if (elt.dataset.adds) setTimeout(enterLastCase, SETTLE_MS, elt.dataset.adds);
      return;
    }
    isSignedOut = xhr.status === 401;
    if (isSignedOut) {
      saySignedOut();
      return;
    }
    const isRefused = xhr.status >= 400 && xhr.status < 500;
    say(isRefused ? form.dataset.textRefused : form.dataset.textFailed);
    if (elt.matches("[data-question]") && !isRefused) setTimeout(retry, RETRY_MS);
  });

  window.addEventListener("online", retry);

  window.addEventListener("beforeunload", (event) => {
    const isOpen = [...unsaved.keys()].some((question) => question.isConnected);
    if (isOpen && !form.dataset.leaving) event.preventDefault();
  });

  // Without a session the form would end on the page to sign in, and what it holds would be gone.
  form.addEventListener("submit", (event) => {
    if (isSignedOut) {
      event.preventDefault();
      saySignedOut();
    } else form.dataset.leaving = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.leaving);

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-clear]");
    if (!button) return;
    event.preventDefault();
    const question = button.closest("[data-question]");
    const chosen = question.querySelector("input:checked");
    if (!chosen) return;
    chosen.checked = false;
    chosen.focus();
    send(question);
  });

  document.getElementById("errores")?.focus();
}
