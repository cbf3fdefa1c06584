// Files dropped on the page are sent, and what is under way is shown as it comes; without this, reloading shows the same.

const PAUSE = 1000;

const form = document.querySelector("form[data-drop]");

function carriesFiles(event) {
  return form && [...(event.dataTransfer?.types ?? [])].includes("Files");
}

document.addEventListener("dragover", (event) => {
  if (carriesFiles(event)) {
    event.preventDefault();
    form.classList.add("aimed");
  }
});

document.addEventListener("dragleave", (event) => {
  if (form && !event.relatedTarget) {
    form.classList.remove("aimed");
  }
});

document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) {
    return;
  }
  event.preventDefault();
  form.classList.remove("aimed");
  form.elements.file.files = event.dataTransfer.files;
  form.requestSubmit();
});

form?.addEventListener("submit", () => {
  form.setAttribute("aria-busy", "true");
  form.classList.add("sending");
});

function live() {
  return document.querySelector("[data-live]");
}

function put(fresh) {
  const old = live();
  const focus = old.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
  const open = new Set([...old.querySelectorAll("details[data-keep][open]")].map((one) => one.dataset.keep));
  const told = old.querySelector("[data-told]")?.textContent;
  old.replaceWith(document.adoptNode(fresh));
  for (const one of fresh.querySelectorAll("details[data-keep]")) {
    one.open = open.has(one.dataset.keep);
  }
  if (focus) {
    const same = [...fresh.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === focus);
    (same || document.getElementById("main")).focus({ preventScroll: true });
  }
  const tell = fresh.querySelector("[data-told]")?.textContent;
  if (tell !== told) {
    document.querySelector("[data-tell]").textContent = tell;
  }
}

// What is being typed, or was just opened to be confirmed, is not taken away.
function occupied() {
  return live().contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
}

// The token of a form is another one on every page.
function withoutTokens(part) {
  return part.outerHTML.replace(/name="csrf_token" value="[^"]*"/g, "");
}

async function look() {
  if (!live()?.hasAttribute("data-moving")) {
    return;
  }
  if (!document.hidden && !occupied()) {
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      if (answer.status === 404) {
        location.assign("/uploads");
        return;
      }
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("[data-live]");
        if (fresh && withoutTokens(fresh) !== withoutTokens(live())) {
          put(fresh);
        }
      }
    } catch {
      // The server is being started anew; it is asked again.
    }
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
