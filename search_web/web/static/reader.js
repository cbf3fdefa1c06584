// What makes the reader quicker for those who have scripts: n and N step from one passage found to the next, and a
// change of the view keeps the place. Without scripts the links do the same.

const bar = document.querySelector(".find");
const output = bar?.querySelector("output[data-count]");
const matches = [...document.querySelectorAll(".passage.match")];
// With nothing looked for, one steps through the turns of the speaker who is listened to.
const hits = matches.length ? matches : [...document.querySelectorAll(".passage.own")];
const total = output?.textContent;

// The passage that is read: the first that begins below the bar, or reaches below it.
function topmost() {
  const edge = (bar?.getBoundingClientRect().bottom ?? 0) + 8;
  const passages = [...document.querySelectorAll(".passage")];
  return passages[firstBelow(passages, edge)] ?? null;
}

// The place of the first of these elements, which stand in order, that ends below a height of the window.
function firstBelow(elements, edge) {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elements[middle].getBoundingClientRect().bottom > edge) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

// Where we stand among what was found: at a passage that the address names while it is in sight, else between two.
function standing() {
  const at = hits.findIndex((hit) => hit.matches(":target"));
  if (at >= 0) {
    const box = hits[at].getBoundingClientRect();
    if (box.bottom > 0 && box.top < window.innerHeight) {
      return { at, next: at + 1, previous: at - 1 };
    }
  }
  const edge = (bar?.getBoundingClientRect().bottom ?? 0) + 8;
  const next = firstBelow(hits, edge);
  return { at: -1, next, previous: next - 1 };
}

function step(direction) {
  if (!hits.length) {
    return;
  }
  const { next, previous } = standing();
  const place = ((direction > 0 ? next : previous) + hits.length) % hits.length;
  go(hits[place].id);
}

// The address follows without a new entry in the history for each step.
function go(id) {
  location.replace(`#${encodeURIComponent(id)}`);
  tell();
}

function tell() {
  if (!output) {
    return;
  }
  const at = hits.findIndex((hit) => hit.matches(":target"));
  output.textContent = at < 0 ? total : `${at + 1} / ${hits.length}`;
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== "n") {
    return;
  }
  event.preventDefault();
  step(event.key === "n" ? 1 : -1);
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) {
    return;
  }
  const stepping = event.target.closest?.("a[data-step]");
  if (stepping) {
    event.preventDefault();
    step(Number(stepping.dataset.step));
    return;
  }
  const keeping = event.target.closest?.("a[data-keep-place]");
  const passage = keeping && window.scrollY > 0 ? topmost() : null;
  if (passage) {
    keeping.hash = encodeURIComponent(passage.id);
  }
});

window.addEventListener("hashchange", tell);
window.addEventListener("load", tell);
