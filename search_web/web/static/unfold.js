// What unfolds in place: the reasons of a hit, which are asked for when somebody wants them, and menus, one at a time.

let asked = { address: null, page: null };

async function reasons(link) {
  const address = link.pathname + link.search;
  if (asked.address !== address) {
    const answer = await fetch(address);
    if (!answer.ok) {
      throw new Error(answer.statusText);
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    asked = { address, page };
  }
  return asked.page.getElementById(link.dataset.why);
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-why]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  const found = await reasons(link).catch(() => null);
  if (!found) {
    location.assign(link.href);
  } else if (link.isConnected) {
    const shown = document.adoptNode(found);
    link.replaceWith(shown);
    shown.querySelector("summary").focus();
  }
});

function shut(but) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    menu.open = menu === but;
  }
}

document.addEventListener("click", (event) => shut(event.target.closest?.("[data-menu]")));

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
