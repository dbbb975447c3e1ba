// What makes forms and lists pleasant. Every page is whole without it.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// On a phone the menu, and what a list can be searched by, are closed until they are wanted.
const narrow = matchMedia("(max-width: 48rem)");
const fold = () => all("[data-fold]").forEach(part => { part.open = !narrow.matches; });
narrow.addEventListener("change", fold);
fold();

// One box checks all: in the head of a list, and where there is no head, before what can be done with them.
for (const head of all("th[data-all]")) {
  const form = head.closest("form");
  const everyone = () => all("tbody input[type=checkbox], [data-every]", form);
  const box = () => {
    const made = Object.assign(document.createElement("input"), { type: "checkbox" });
    made.dataset.every = "";
    made.setAttribute("aria-label", head.dataset.all);
    made.addEventListener("change", () => everyone().forEach(one => { one.checked = made.checked; }));
    return made;
  };
  const label = Object.assign(document.createElement("label"), { className: "every" });
  label.append(box(), head.dataset.all);
  head.replaceChildren(box());
  form.querySelector(".buttons").prepend(label);
}

// Zones that the browser knows are offered, and its own is filled in.
const zones = all("input[data-zones]");
if (zones.length && Intl.supportedValuesOf) {
  const list = Object.assign(document.createElement("datalist"), { id: "zones" });
  list.append(...Intl.supportedValuesOf("timeZone").map(zone => new Option(zone, zone)));
  document.body.append(list);
  for (const input of zones) {
    input.setAttribute("list", "zones");
    if (!input.value) input.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}

// A form is sent once, however often its button is pressed. Whoever stopped the answer from coming may press again a
// moment later where what was done already is known by the form's key, or by the state that it is for.
const PATIENCE = 4000;
for (const form of all("form[method=post]:not([target])")) {
  form.addEventListener("submit", event => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    if (all("[name=once], [name=tag]", form).some(known => known.value)) setTimeout(() => { delete form.dataset.sent; }, PATIENCE);
  });
}
addEventListener("pageshow", () => all("form").forEach(form => { delete form.dataset.sent; }));

// Where the first error is, there is work.
document.querySelector("[aria-invalid=true]")?.focus();

// Parts that live are asked for again, all at once, and replaced when they changed: while somebody can see them, and
// unless they asked for quiet.
let timer, isAsking = false, isPaused = false;
const alive = () => all("[data-live]");
const rests = () => isPaused || document.hidden;
const replace = page => {
  for (const part of alive()) {
    const fresh = page.getElementById(part.id);
    if (!fresh) { location.reload(); return; }
    if (fresh.innerHTML !== part.innerHTML) {
      const held = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      part.innerHTML = fresh.innerHTML;
      if (held) all("a[href]", part).find(link => link.getAttribute("href") === held)?.focus();
    }
    if (fresh.dataset.live) part.dataset.live = fresh.dataset.live; else delete part.dataset.live;
  }
};
const renew = async () => {
  if (isAsking || rests() || !alive().length) return;
  isAsking = true;
  const answer = await fetch(location.href, { headers: { accept: "text/html", "x-kabar-again": "1" } }).catch(() => null);
  const text = answer?.ok ? await answer.text().catch(() => null) : null;
  isAsking = false;
  if (answer?.redirected) { location.reload(); return; }
  if (text && !rests()) replace(new DOMParser().parseFromString(text, "text/html"));
  later();
};
const later = () => {
  clearTimeout(timer);
  const seconds = alive().map(part => Number(part.dataset.live));
  if (seconds.length && !rests()) timer = setTimeout(renew, Math.min(...seconds) * 1000);
};
later();
document.addEventListener("visibilitychange", renew);
for (const button of all("button[data-pause]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    isPaused = !isPaused;
    [button.textContent, button.dataset.pause] = [button.dataset.pause, button.textContent];
    if (!isPaused) renew();
  });
}

// What is being written is shown beside it, a moment after the last key.
const preview = document.querySelector("[data-preview]");
if (preview) {
  const form = preview.parentElement.querySelector("form");
  let delay, turn = 0;
  const show = () => preview.querySelector("form[data-letter]")?.requestSubmit();
  const look = async () => {
    const mine = ++turn;
    const sent = { method: "POST", body: new URLSearchParams(new FormData(form)) };
    const answer = await fetch(preview.dataset.preview, sent).catch(() => null);
    if (mine !== turn || !answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("preview");
    if (!fresh || mine !== turn) return;
    preview.innerHTML = fresh.innerHTML;
    show();
  };
  form.addEventListener("input", () => { clearTimeout(delay); delay = setTimeout(look, 600); });
  if (preview.querySelector("form")) show(); else look();
}
