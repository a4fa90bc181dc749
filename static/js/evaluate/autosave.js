// What the answer page says and does around saving: htmx sends each answer, this keeps the person informed.

const form = document.querySelector("[data-autosave]");
const RETRY_MS = 10_000;
// htmx gives the focus back to what it replaced; what follows must come after that.
const SETTLE_MS = 60;

if (form) {
  const unsaved = new Set();
  let focused = null;

  const status = () => document.getElementById("save-status");
  const say = (text) => {
    const place = status();
    if (place) place.textContent = text;
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
    for (const id of [...unsaved]) {
      unsaved.delete(id);
      const question = document.getElementById(id);
      if (question) send(question);
    }
  };

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
    if (event.target.matches("[data-question]")) say(form.dataset.textSaving);
  });

  form.addEventListener("htmx:beforeSwap", () => {
    focused = document.activeElement;
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    const { requestConfig, successful, xhr } = event.detail;
    // Not `detail.elt`: that is an ancestor when the sender was itself replaced.
    const { elt } = requestConfig;
    if (successful) {
      unsaved.delete(elt.id);
      form.querySelectorAll("[data-question]").forEach(judge);
      keepFocus(elt);
      if (elt.dataset.adds) setTimeout(enterLastCase, SETTLE_MS, elt.dataset.adds);
      return;
    }
    const isRefused = xhr.status >= 400 && xhr.status < 500;
    if (xhr.status === 401) say(form.dataset.textSignedOut);
    else say(isRefused ? form.dataset.textRefused : form.dataset.textFailed);
    if (elt.matches("[data-question]") && !isRefused) {
      unsaved.add(elt.id);
      setTimeout(retry, RETRY_MS);
    }
  });

  window.addEventListener("online", retry);

  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size && !form.dataset.leaving) event.preventDefault();
  });

  form.addEventListener("submit", () => {
    form.dataset.leaving = "yes";
  });

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
