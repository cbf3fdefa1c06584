// "Copy" puts a passage, or what is selected in one, on the clipboard, with its citation and its permanent link.
// Without scripts, and where the clipboard is closed, the link leads to the same text.

const SHOWN = 2500;
const told = document.createElement("div");
told.className = "visually-hidden";
told.setAttribute("role", "status");
document.body.append(told);

const say = () => document.querySelector("[data-collecting]")?.dataset.sayCopied ?? "";

// The clipboard is promised the text while it is still being fetched: some browsers take nothing later than the click.
async function put(address) {
  const text = fetch(address).then((answer) => {
    if (!answer.ok) {
      throw new Error(answer.statusText);
    }
    return answer.text();
  });
  if (window.ClipboardItem) {
    const blob = text.then((words) => new Blob([words], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } else {
    await navigator.clipboard.writeText(await text);
  }
}

/** Copies what the address gives, and says so on the element, which had these words; false where that cannot be. */
export async function copied(address, element) {
  try {
    await put(address);
  } catch {
    return false;
  }
  element.dataset.words ??= element.textContent;
  element.textContent = say();
  told.textContent = "";
  told.textContent = say();
  setTimeout(() => {
    element.textContent = element.dataset.words ?? element.textContent;
    delete element.dataset.words;
    told.textContent = "";
  }, SHOWN);
  return true;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-copy-quote]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  event.preventDefault();
  if (!(await copied(link.href, link))) {
    location.assign(link.href);
  }
});
