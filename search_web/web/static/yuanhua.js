// What makes the pages quicker for those who have scripts; nothing depends on it.

const form = document.querySelector("form.search");
const box = form?.elements.q;

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && box && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// A ticked filter holds at once.
document.querySelector(".filters")?.addEventListener("change", (event) => {
  if (event.target.type === "checkbox") {
    form.requestSubmit();
  }
});

// Untouched fields stay out of the address.
form?.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) {
    if (value === "") {
      const kept = event.formData.getAll(name).filter((each) => each !== "");
      event.formData.delete(name);
      kept.forEach((each) => event.formData.append(name, each));
    }
  }
});
