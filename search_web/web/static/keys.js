// Keys: / to the box, j and k along the passages, o opens, c collects, ? lists them all.

const dialog = document.getElementById("keys");

function list() {
  for (const row of dialog.querySelectorAll("[data-for]")) {
    row.hidden = !document.querySelector(row.dataset.for);
  }
  dialog.showModal();
}

function current() {
  return document.activeElement?.closest?.(".hit");
}

function step(by) {
  const cards = [...document.querySelectorAll(".hit")];
  if (cards.length) {
    const at = cards.indexOf(current());
    const next = at < 0 ? (by > 0 ? 0 : -1) : Math.min(Math.max(at + by, 0), cards.length - 1);
    const card = cards.at(next);
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }
}

const actions = {
  "/": () => {
    const box = document.querySelector("form.search input[type=search]");
    box?.focus();
    box?.select();
    return box;
  },
  "?": () => {
    list();
    return true;
  },
  j: () => step(1),
  k: () => step(-1),
  o: () => current()?.querySelector("a[data-open]")?.click(),
  c: () => current()?.querySelector("[data-collect]")?.click(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "Escape" && event.target.matches?.("input[type=search]")) {
    event.target.blur();
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog?.open) {
    return;
  }
  const handled = Object.hasOwn(actions, event.key) && (event.key.match(/[/?]/) || document.querySelector(".hit"));
  if (handled) {
    event.preventDefault();
    actions[event.key]();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys]")) {
    list();
  }
});
