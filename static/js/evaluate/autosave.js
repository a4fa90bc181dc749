// What the answer page says and does around saving: htmx sends each answer, this keeps it on the device until the
// portal has confirmed it, and keeps the person informed.

import { outbox } from "./outbox.js";
import { fieldsOf, fill, fitsPage, heldField, keepApart, labelOf, pathOf, triedOf, wordsOf } from "./question-fields.js";

const form = document.querySelector("[data-autosave]");
const FIRST_RETRY_MS = 4_000;
const LAST_RETRY_MS = 60_000;
// htmx gives the focus back to what it replaced; what follows must come after that.
const SETTLE_MS = 60;

if (form) {
  // Each question with something not yet saved, with the name of its latest edit.
  const unsaved = new Map();
  const sent = new WeakMap();
  const outboxTexts = document.querySelector("[data-outbox]")?.dataset;
  let edits = 0;
  let focused = null;
  let isSignedOut = false;
  let retryTimer = null;
  let retryMs = FIRST_RETRY_MS;

  const status = () => document.getElementById("save-status");
  const say = (text) => {
    const place = status();
    if (place) place.textContent = text;
  };

  const questionAt = (path) =>
    form.querySelector(`[data-question] > [name=shown][value="${CSS.escape(path)}"]`)?.parentElement;

  const keep = (question, edit) => {
    if (!outbox || question.matches("[data-upload]")) return;
    outbox.note(pathOf(question), {
      edit,
      held: heldField(question).value,
      fields: fieldsOf(question, form),
      label: labelOf(question),
      words: wordsOf(question),
      page: `${location.pathname}#${question.id}`,
    });
  };

  const note = (question) => {
    const edit = `${Date.now()}-${++edits}`;
    unsaved.set(question, edit);
    keep(question, edit);
  };

  const sayWaiting = (question) => {
    const count = outbox?.waiting().length ?? 0;
    if (question?.matches("[data-upload]") && form.dataset.textUploadOffline) say(form.dataset.textUploadOffline);
    else if (!count || !outboxTexts || outbox.isFull) say(form.dataset.textFailed);
    else if (count === 1) say(outboxTexts.textWaitingOne);
    else say(outboxTexts.textWaitingMany.replace("{count}", count));
  };

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
    const isWrong = Boolean(question.querySelector("[data-errors] > :not([data-conflict])"));
    question.classList.toggle("question--wrong", isWrong);
    for (const field of question.querySelectorAll("input[name]:not([type=hidden]), select, textarea")) {
      field.toggleAttribute("aria-invalid", isWrong);
      if (isWrong) field.setAttribute("aria-invalid", "true");
    }
  };

  const firstField = (element) => element?.querySelector("input:not([type=hidden]), select, textarea, button");

  // When what had the focus is gone, go on with the next question instead of the top of the page.
  const keepFocus = (origin) => {
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    const again = document.getElementById(focused.id);
    const questions = [...form.querySelectorAll("[data-question]")];
    const next = questions[questions.indexOf(origin) + 1] ?? origin;
    (again ?? firstField(next) ?? form).focus({ preventScroll: true });
  };

  const enterLastCase = (id) => {
    const cases = document.querySelectorAll(`#${id} > .case`);
    firstField(cases[cases.length - 1])?.focus();
  };

  const send = (question) => {
    delete question.dataset.begun;
    window.htmx.trigger(question, question.matches("[data-composite]") ? "complete" : "change");
  };


  // What waited on this device since an earlier visit, or was typed into a field that was drawn anew meanwhile, goes
  // back into its fields and on its way.
  const restore = () => {
    for (const [path, entry] of outbox?.all() ?? []) {
      const question = questionAt(path);
      if (!question || unsaved.has(question) || (entry.stuck && entry.stuck !== "conflict")) continue;
      if (!fitsPage(entry, form)) {
        outbox.hold(path, "lost");
        continue;
      }
      fill(question, entry.fields);
      heldField(question).value = entry.held;
      question.dataset.fromOutbox = "yes";
      unsaved.set(question, entry.edit);
      send(question);
    }
  };

  // What waits for a choice between two answers is not sent again by itself.
  const retry = () => {
    clearTimeout(retryTimer);
    for (const question of [...unsaved.keys()]) {
      if (!question.isConnected) unsaved.delete(question);
      else if (!question.querySelector("[data-conflict]")) send(question);
    }
    restore();
  };

  const retryLater = () => {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(retry, retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  // Who signs in again gets a new token; without it the answers kept here would be refused. With somebody else's they
  // would be hers.
  const comeBack = async () => {
    const response = await fetch(form.action, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector("#section-form [name=csrfmiddlewaretoken]")?.value;
    if (!token) return;
    const user = page.querySelector("[data-outbox]")?.dataset.user;
    if (user !== outboxTexts?.user) {
      saySignedOut();
      return;
    }
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
    if (!question) return;
    keepApart(question, event.target);
    note(question);
  });

  // Several fields that make one answer are sent when all are filled in, or when one leaves them.
  const composite = (event) => event.target.closest("[data-composite]");
  form.addEventListener("change", (event) => {
    const question = composite(event);
    if (!question) return;
    if (event.target.matches("[data-exempts], [data-reason]")) {
      send(question);
      return;
    }
    const fields = question.querySelectorAll("select, input[type=text]:not([data-reason])");
    const values = [...fields].map((field) => field.value);
    if (values.every(Boolean) || !values.some(Boolean)) send(question);
    else question.dataset.begun = "yes";
  });
  form.addEventListener("focusout", (event) => {
    const question = composite(event);
    if (question?.dataset.begun && !question.contains(event.relatedTarget)) send(question);
  });

  form.addEventListener("htmx:configRequest", (event) => {
    const { elt, formData } = event.detail;
    const question = elt.closest("[data-question]");
    if (!question) return;
    const path = pathOf(question);
    for (const [name, value] of outbox?.get(path)?.tried ?? []) formData.append(name, value);
    if (question.dataset.fromOutbox) formData.append("guardada", "1");
  });

  form.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, xhr } = event.detail;
    const question = elt.closest("[data-question]");
    if (!question || !elt.matches("[data-question], [data-settles]")) return;
    if (!unsaved.has(question)) note(question);
    const path = pathOf(question);
    sent.set(xhr, { question, path, edit: unsaved.get(question), said: triedOf(path, fieldsOf(question, form)) });
    say(form.dataset.textSaving);
  });

  form.addEventListener("htmx:beforeSwap", () => {
    focused = document.activeElement;
  });

  const settle = ({ question, path, edit }, outcome) => {
    if (outcome === "conflict") {
      outbox?.hold(path, "conflict");
      return;
    }
    delete question.dataset.fromOutbox;
    if (outcome === "left") outbox?.remove(path);
    else if (outcome === "list-changed") outbox?.hold(path, "lost");
    else outbox?.confirm(path, edit, question.isConnected ? heldField(question).value : undefined);
    // What was typed since it was sent is on its way with the next request.
    if (unsaved.get(question) === edit) unsaved.delete(question);
  };

  const fail = (xhr, was) => {
    isSignedOut = xhr.status === 401;
    if (isSignedOut) {
      saySignedOut();
      return;
    }
    const isRefused = xhr.status >= 400 && xhr.status < 500;
    if (isRefused) {
      say(form.dataset.textRefused);
      const isClosed = xhr.getResponseHeader("Answer-Outcome") === "closed";
      if (was && isClosed) outbox?.hold(was.path, "closed");
      if (was && xhr.status === 404) outbox?.hold(was.path, "lost");
      return;
    }
    if (was) outbox?.tried(was.path, was.said);
    sayWaiting(was?.question);
    if (was) retryLater();
  };

  form.addEventListener("htmx:afterRequest", (event) => {
    const { requestConfig, successful, xhr } = event.detail;
    // Not `detail.elt`: that is an ancestor when the sender was itself replaced.
    const { elt } = requestConfig;
    const was = sent.get(xhr);
    if (!successful) {
      fail(xhr, was);
      return;
    }
    retryMs = FIRST_RETRY_MS;
    if (was) settle(was, xhr.getResponseHeader("Answer-Outcome"));
    form.querySelectorAll("[data-question]").forEach(judge);
    keepFocus(was?.question ?? elt);
    restore();
    if (elt.dataset.adds) setTimeout(enterLastCase, SETTLE_MS, elt.dataset.adds);
  });

  window.addEventListener("online", retry);

  window.addEventListener("beforeunload", (event) => {
    const isOpen = [...unsaved.keys()].some((question) => question.isConnected);
    if (isOpen && !form.dataset.leaving) event.preventDefault();
  });

  // Without a connection the browser would leave for its own error page.
  const stayOffline = (event) => {
    if (navigator.onLine || !form.dataset.textOffline) return false;
    event.preventDefault();
    say(form.dataset.textOffline);
    return true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isHere = link?.matches("[data-item-notes], [target=_blank]") || link?.getAttribute("href").startsWith("#");
    if (link && !isHere) stayOffline(event);
  });

  // Without a session the form would end on the page to sign in, and what it holds would be gone.
  form.addEventListener("submit", (event) => {
    if (isSignedOut) {
      event.preventDefault();
      saySignedOut();
    } else if (!stayOffline(event)) form.dataset.leaving = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.leaving);

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-clear]");
    if (!button) return;
    event.preventDefault();
    const question = button.closest("[data-question]");
    const chosen = question.querySelector("input:checked:not([data-exempts])");
    if (!chosen) return;
    chosen.checked = false;
    chosen.focus();
    note(question);
    send(question);
  });

  if (document.readyState === "complete") restore();
  // After htmx, which has bound the questions by then.
  else document.addEventListener("DOMContentLoaded", restore);
  document.getElementById("errores")?.focus();
}
