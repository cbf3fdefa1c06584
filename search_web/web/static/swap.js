// Searches, filters and pages without loading the whole page: what carries data-swap is taken from the answer.
// Every state stays an address of its own: whatever cannot be swapped is loaded as ever.

const kept = new Map();
const MOST_KEPT = 30;
let running = null;

function swappable(url) {
  return url.origin === location.origin && ["/", "/ask"].includes(url.pathname) && url.searchParams.get("q")?.trim();
}

// A search begins on a page of results; the page of the beginning is laid out otherwise.
function here() {
  return document.body.classList.contains("results") && swappable(new URL(location));
}

async function load(url, signal) {
  const address = url.pathname + url.search;
  if (kept.has(address)) {
    return kept.get(address);
  }
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!answer.ok) {
    throw new Error(answer.statusText);
  }
  const text = await answer.text();
  kept.set(address, text);
  if (kept.size > MOST_KEPT) {
    kept.delete(kept.keys().next().value);
  }
  return text;
}

function put(text, url, focus) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const parts = [...document.querySelectorAll("[data-swap]")].map((part) => [
    part,
    page.querySelector(`[data-swap="${part.dataset.swap}"]`),
  ]);
  if (parts.some(([, part]) => !part) || page.body.className !== document.body.className) {
    return false;
  }
  const open = [...document.querySelectorAll("details[data-keep][open]")].map((one) => one.dataset.keep);
  for (const [old, fresh] of parts) {
    old.replaceWith(document.adoptNode(fresh));
  }
  for (const one of document.querySelectorAll("details[data-keep]")) {
    one.open ||= open.includes(one.dataset.keep);
  }
  const filters = document.querySelector("details.filters");
  if (filters && focus?.matches("details.filters *")) {
    filters.open = true;
  }
  document.title = page.title;
  const form = page.querySelector("form.search");
  const box = document.querySelector("form.search input[type=search]");
  if (box && form) {
    box.value = form.elements.q.defaultValue;
    box.form.action = form.getAttribute("action");
  }
  const key = focus?.dataset.focus;
  const same = key && [...document.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === key);
  (same || document.querySelector("h1"))?.focus({ preventScroll: true });
  if (url.hash) {
    document.querySelector(url.hash)?.scrollIntoView();
  } else if (focus !== undefined && !same) {
    scrollTo({ top: 0, behavior: "instant" });
  }
  return true;
}

async function go(url, { push = true, focus } = {}) {
  running?.abort();
  const { signal } = (running = new AbortController());
  document.getElementById("main").setAttribute("aria-busy", "true");
  try {
    const text = await load(url, signal);
    if (push) {
      history.pushState(null, "", url);
    }
    if (put(text, url, focus)) {
      return;
    }
  } catch (error) {
    if (error.name === "AbortError") {
      return;
    }
  }
  if (push) {
    location.assign(url);
  } else {
    location.reload();
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-swap] a[href]:not([data-why], [data-plain], [data-open])");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  const url = new URL(link.href);
  if (here() && swappable(url)) {
    event.preventDefault();
    go(url, { focus: link.closest("[data-menu]")?.querySelector("[data-focus]") ?? link });
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form.search[data-live]") || event.defaultPrevented || !here()) {
    return;
  }
  const url = new URL(form.action);
  url.search = new URLSearchParams(new FormData(form)).toString();
  if (swappable(url)) {
    event.preventDefault();
    go(url, { focus: form });
  }
});

addEventListener("popstate", () => {
  const url = new URL(location);
  if (swappable(url) && document.body.classList.contains("results")) {
    go(url, { push: false });
  } else if (document.body.classList.contains("results")) {
    location.reload();
  }
});
