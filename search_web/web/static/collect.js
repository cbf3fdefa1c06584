// Collecting without leaving the page: "Collect" opens its form in a dialog, and a selection inside one passage is
// collected at once, exactly as far as it goes, and can be taken back. Without scripts the links lead to the same form.

import { copied } from "./copy.js";
import { selectedSpan } from "./selection.js";

document.documentElement.classList.add("scripted");

const API = "/api/v1/collections";
const YEAR = 365 * 24 * 60 * 60;
const STAYS = 20_000;

// The words to say, and the collection that a selection goes into: the last one that was used on this page, if any was.
let last = {};
const here = () => {
  const found = document.querySelector("[data-collecting]");
  return found && { ...found.dataset, ...last };
};
const lang = (text) => (/\p{Script=Han}/u.test(text) ? "zh" : "en");

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function button(className, text) {
  const made = element("button", className, text);
  made.type = "button";
  return made;
}

// What shows that a page of this site asks, where people sign in.
function formToken() {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  return token ? { "X-CSRF-Token": token } : {};
}

async function page(address, options) {
  const answer = await fetch(address, options);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// A part of another page, whose heading is one among the headings of this one.
function part(found, selector) {
  const piece = found.querySelector(selector);
  const heading = piece?.querySelector("h1");
  if (heading) {
    const smaller = element("h2", "");
    smaller.id = heading.id;
    smaller.append(...heading.childNodes);
    heading.replaceWith(smaller);
  }
  return piece && document.adoptNode(piece);
}

// What was collected, with a way back

const toast = element("div", "toast");
toast.setAttribute("role", "status");
document.body.append(toast);
let hiding;

function tell(...nodes) {
  const close = button("close", "×");
  close.setAttribute("aria-label", here()?.sayClose ?? "×");
  close.addEventListener("click", () => toast.replaceChildren());
  toast.replaceChildren(...nodes, close);
  hideLater();
}

function hideLater() {
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) {
      hideLater();
    } else {
      toast.replaceChildren();
    }
  }, STAYS);
}

// Shows a page that tells what was collected; false when it tells something else.
function told(found) {
  const piece = part(found, "[data-collected]");
  if (!piece) {
    return false;
  }
  last = { collection: piece.dataset.collection, name: piece.dataset.name };
  piece.querySelectorAll("[data-close]").forEach((link) => link.remove());
  tell(piece);
  return true;
}

toast.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const body = new URLSearchParams(new FormData(form));
  const found = await page(form.action, { method: "POST", body }).catch(() => null);
  if (!found || !told(found)) {
    form.submit();
  } else {
    toast.querySelector("button")?.focus();
  }
});

// The form in a dialog

const dialog = element("dialog", "collect-dialog");
dialog.setAttribute("aria-labelledby", "collect-heading");
document.body.append(dialog);

function showForm(found) {
  const form = part(found, "[data-collect-form]");
  if (!form) {
    return false;
  }
  const close = button("close", "×");
  close.setAttribute("aria-label", here()?.sayClose ?? "×");
  close.addEventListener("click", () => dialog.close());
  toast.replaceChildren();
  dialog.replaceChildren(form, close);
  if (!dialog.open) {
    dialog.showModal();
  }
  (dialog.querySelector("[role=alert]") ? dialog.querySelector("[aria-invalid], textarea, input") : dialog.querySelector(".do button"))?.focus();
  return true;
}

async function openForm(address) {
  const found = await page(address).catch(() => null);
  if (!found || !showForm(found)) {
    location.assign(address);
  }
}

dialog.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const body = new URLSearchParams(new FormData(form));
  const found = await page(form.action, { method: "POST", body }).catch(() => null);
  if (found && told(found)) {
    dialog.close();
  } else if (!found || !showForm(found)) {
    form.submit();
  }
});

dialog.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-in-dialog], a[data-close]");
  if (event.target === dialog || link?.matches("[data-close]")) {
    event.preventDefault();
    dialog.close();
  } else if (link) {
    event.preventDefault();
    openForm(link.href);
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-collect]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  event.preventDefault();
  openForm(link.href);
});

// A selection

const bar = element("div", "collect-bar");
const collect = button("", "");
const choose = button("bare", "");
const copy = button("bare", "");
bar.append(collect, choose, copy);
bar.hidden = true;
document.body.append(bar);
let span = null;
let pressed = false;

// Blanks at either end belong to no quote.
function trimmed(found) {
  const text = found?.text.trim();
  if (!text) {
    return null;
  }
  const start = found.start + [...found.text.slice(0, found.text.indexOf(text))].length;
  return { ...found, text, start, end: start + [...text].length };
}

function formOf({ passage, start, end }) {
  return `/collect?${new URLSearchParams({ passage, start, end })}`;
}

function offer() {
  const known = here();
  const selection = window.getSelection();
  span = known && !pressed && !dialog.open ? trimmed(selectedSpan(selection)) : null;
  bar.hidden = !span;
  if (!span) {
    return;
  }
  collect.textContent = known.sayCollect;
  if (known.collection) {
    const name = element("span", "name", known.name);
    name.lang = lang(known.name);
    collect.append(` ${known.sayInto} `, name);
  }
  choose.textContent = known.sayChoose;
  choose.setAttribute("aria-label", known.sayMore);
  choose.hidden = !known.collection;
  if (!copy.dataset.words) {
    copy.textContent = known.sayCopy;
  }
  const box = selection.getRangeAt(0).getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  bar.style.left = `${Math.max(8, Math.min(box.left, width - bar.offsetWidth - 8)) + window.scrollX}px`;
  const below = Math.min(box.bottom + 8, window.innerHeight - bar.offsetHeight - 8);
  bar.style.top = `${below + window.scrollY}px`;
}

async function collectSelection() {
  const known = here();
  const wanted = span;
  bar.hidden = true;
  if (!known.collection) {
    openForm(formOf(wanted));
    return;
  }
  const body = { passage_id: wanted.passage, start: wanted.start, end: wanted.end, text: wanted.text };
  const answer = await fetch(`${API}/${known.collection}/quotes`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...formToken() },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer?.status === 404) {
    last = { collection: "" };
    openForm(formOf(wanted));
  } else if (!answer?.ok) {
    const link = element("a", "", known.sayFailed);
    link.href = formOf(wanted);
    tell(link);
  } else {
    const quote = await answer.json();
    window.getSelection().removeAllRanges();
    document.cookie = `yuanhua_collection=${known.collection}; path=/; max-age=${YEAR}; samesite=lax`;
    told(await page(`/collected?${new URLSearchParams({ collection: known.collection, quote: quote.id })}`));
  }
}

let waiting;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(offer, 120);
});
document.addEventListener("pointerdown", (event) => {
  pressed = !bar.contains(event.target);
});
document.addEventListener("pointerup", () => {
  pressed = false;
  clearTimeout(waiting);
  waiting = setTimeout(offer, 20);
});
document.addEventListener("pointercancel", () => {
  pressed = false;
});
bar.addEventListener("pointerdown", (event) => event.preventDefault());
bar.addEventListener("mousedown", (event) => event.preventDefault());
collect.addEventListener("click", collectSelection);
choose.addEventListener("click", () => {
  bar.hidden = true;
  openForm(formOf(span));
});
copy.addEventListener("click", async () => {
  const { passage, start, end } = span;
  const address = `/quote?${new URLSearchParams({ passage, start, end })}`;
  if (!(await copied(address, copy))) {
    location.assign(address);
  }
});

// c collects what is selected, or else the passage at hand; the list of results knows its own.
document.addEventListener(
  "keydown",
  (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
    if (event.key === "Escape") {
      bar.hidden = true;
    }
    if (event.key !== "c" || typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      return;
    }
    offer();
    const passage = document.activeElement?.closest(".passage") ?? document.querySelector(".passage:target");
    const link = passage?.querySelector("a[data-collect]");
    if (span) {
      event.preventDefault();
      event.stopImmediatePropagation();
      collectSelection();
    } else if (link) {
      event.preventDefault();
      openForm(link.href);
    }
  },
  true,
);
