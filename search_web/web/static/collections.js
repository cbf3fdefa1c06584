// The pages of collections without loading them anew: forms are sent, and what they answer takes the place of the page.
// Quotes are ordered by dragging their handle, or by the arrow keys on it.

document.documentElement.classList.add("scripted");

const main = document.getElementById("main");

async function swap(address, options, { focus = "", push = false } = {}) {
  const answer = await fetch(address, options);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("main");
  if (!fresh) {
    throw new Error(answer.statusText);
  }
  const open = [...main.querySelectorAll("details[data-keep][open]")].map((one) => one.dataset.keep);
  main.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
  document.body.className = page.body.className;
  document.title = page.title;
  for (const one of main.querySelectorAll("details[data-keep]")) {
    one.open ||= open.includes(one.dataset.keep) && one.dataset.keep !== focus;
  }
  if (answer.ok) {
    history[push ? "pushState" : "replaceState"](null, "", answer.url.split("#")[0]);
  }
  toFocus(answer.ok, focus).focus({ preventScroll: answer.ok });
}

// Where the keyboard goes on: to what was used, the way back from what was done, or to what was wrong.
function toFocus(done, focus) {
  if (!done) {
    const wrong = main.querySelector("[role=alert]")?.parentElement.querySelector("input:not([type=hidden]), textarea:not([hidden])");
    return wrong ?? main.querySelector("textarea[name=note], h1") ?? main;
  }
  const used = focus ? main.querySelector(`[data-focus="${CSS.escape(focus)}"]`) : null;
  return (used?.disabled ? handleOf(used) : used) ?? main.querySelector(".notice button") ?? main;
}

function handleOf(inside) {
  return inside.closest(".quote")?.querySelector(".handle");
}

async function send(form, { focus = "", change } = {}) {
  const fields = new URLSearchParams(new FormData(form));
  change?.(fields);
  try {
    await swap(form.action, { method: "POST", body: fields }, { focus });
  } catch {
    if (form.isConnected) {
      form.submit();
    } else {
      location.reload();
    }
  }
}

async function ask(form, focus) {
  const fields = [...new FormData(form)].filter(([name, value]) => value && !(name === "template" && fieldOf(form, "citation") !== "own"));
  const address = `${form.action}?${new URLSearchParams(fields)}`;
  await swap(address, {}, { focus, push: true }).catch(() => location.assign(address));
}

function fieldOf(form, name) {
  return form.elements[name]?.value;
}

function say(what) {
  setTimeout(() => {
    const told = main.querySelector("[data-told]");
    if (told) {
      told.textContent = told.dataset[what];
    }
  }, 60);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) {
    return;
  }
  if (form.matches("form[data-swapped]")) {
    event.preventDefault();
    send(form, { focus: form.dataset.swapped || event.submitter?.dataset.focus });
  } else if (form.matches("form[data-asked]")) {
    event.preventDefault();
    ask(form, event.submitter ? "" : document.activeElement?.dataset.focus);
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-asked]");
  if (!form) {
    return;
  }
  const own = form.querySelector(".own-template");
  if (event.target.name === "citation") {
    own.hidden = event.target.value !== "own";
    if (!own.hidden && !fieldOf(form, "template")) {
      form.elements.template.focus();
      return;
    }
  }
  ask(form, event.target.dataset.focus);
});

addEventListener("popstate", () => location.reload());

document.addEventListener("click", async (event) => {
  const copy = event.target.closest?.("[data-copy]");
  if (!copy) {
    return;
  }
  const quote = copy.closest(".quote");
  const text = quote.querySelector("[data-verbatim]").textContent;
  const citation = quote.querySelector("[data-citation]").textContent;
  await navigator.clipboard.writeText(`${text}\n${citation}`);
  copy.textContent = main.querySelector("[data-told]").dataset.copied;
  say("copied");
});

// Order

function mover(quote) {
  return quote.querySelector("form:has([data-step])");
}

async function moveBeside(quote, other, side) {
  await send(mover(quote), {
    focus: `handle-${quote.dataset.quote}`,
    change: (fields) => {
      fields.delete("before");
      fields.delete("after");
      fields.set(side, other.dataset.quote);
    },
  });
  say("moved");
}

document.addEventListener("keydown", (event) => {
  const handle = event.target.closest?.(".handle");
  const side = { ArrowUp: "before", ArrowDown: "after" }[event.key];
  if (!handle || !side || event.ctrlKey || event.metaKey) {
    return;
  }
  event.preventDefault();
  const step = handle.closest(".quote").querySelector(`[data-step=${side}]`);
  if (!step.disabled) {
    send(step.form, { focus: handle.dataset.focus }).then(() => say("moved"));
  }
});

let dragged = null;
let aim = null;

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.(".handle");
  if (!handle || event.button) {
    return;
  }
  dragged = handle.closest(".quote");
  handle.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) {
    return;
  }
  dragged.classList.add("dragged");
  if (event.clientY < 70 || event.clientY > window.innerHeight - 70) {
    window.scrollBy(0, event.clientY < 70 ? -14 : 14);
  }
  unmark();
  aim = aimed(event.clientY);
  aim?.quote.classList.add(`drop-${aim.side}`);
});

// The quote beside which one would fall that is let go at this height.
function aimed(height) {
  for (const quote of main.querySelectorAll(".quote")) {
    const box = quote.getBoundingClientRect();
    if (height < box.bottom + 12) {
      return quote === dragged ? null : { quote, side: height < box.top + box.height / 2 ? "before" : "after" };
    }
  }
  const last = [...main.querySelectorAll(".quote")].at(-1);
  return last && last !== dragged ? { quote: last, side: "after" } : null;
}

function unmark() {
  main.querySelectorAll(".drop-before, .drop-after").forEach((quote) => quote.classList.remove("drop-before", "drop-after"));
}

function letGo(drop) {
  unmark();
  dragged?.classList.remove("dragged");
  if (drop && dragged && aim) {
    moveBeside(dragged, aim.quote, aim.side);
  }
  dragged = null;
  aim = null;
}

document.addEventListener("pointerup", () => letGo(true));
document.addEventListener("pointercancel", () => letGo(false));
