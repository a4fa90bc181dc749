/* Times of encounters by the reader's own clock, beside those of the place, where the two differ.
   A member's clock is the one of her account ([data-reader-zone]); a visitor's is that of her browser. */

const LANGUAGE = document.documentElement.lang || "es";
// As the page writes its own times: some locales of Spanish would say "01:00 p. m." here.
const HOURS = LANGUAGE.startsWith("en") ? {} : { hourCycle: "h23" };

function readerZone() {
  const chosen = document.querySelector("[data-reader-zone]")?.dataset.readerZone;
  return chosen || Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function shown(moment, zone, isWithDay) {
  const day = isWithDay ? { weekday: "long", day: "numeric", month: "long" } : {};
  const clock = { hour: "2-digit", minute: "2-digit", timeZone: zone, ...HOURS };
  return new Intl.DateTimeFormat(LANGUAGE, { ...clock, ...day }).format(moment);
}

function dayOf(moment, zone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(moment);
}

function inWords(element, zone) {
  const moment = new Date(element.dataset.starts);
  const there = element.dataset.zone;
  if (Number.isNaN(moment.getTime()) || shown(moment, there, true) === shown(moment, zone, true)) return "";
  const words = element.closest("[data-reader-words]")?.dataset.readerWords;
  return words ? words.replace("{time}", shown(moment, zone, dayOf(moment, there) !== dayOf(moment, zone))) : "";
}

function addReaderTimes() {
  const zone = readerZone();
  for (const element of document.querySelectorAll("[data-starts][data-zone]:not([data-reader-told])")) {
    element.dataset.readerTold = "";
    let words = "";
    try {
      words = inWords(element, zone);
    } catch {
      // A zone that this browser does not know: the event's own time stands there, with its zone.
    }
    if (!words) continue;
    const told = document.createElement("span");
    told.className = "event-time__reader";
    told.textContent = ` · ${words}`;
    (element.querySelector("[data-reader-here]") ?? element.querySelector("time")?.parentElement ?? element).append(told);
  }
}

if (document.querySelector("[data-reader-words]")) {
  addReaderTimes();
  document.body.addEventListener("htmx:afterSettle", addReaderTimes);
  document.body.addEventListener("htmx:historyRestore", addReaderTimes);
}
