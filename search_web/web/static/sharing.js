// The button that puts a new link on the clipboard. Without scripts, and where the clipboard is closed, it is selected.

document.documentElement.classList.add("scripted");

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy-value]");
  if (!button) {
    return;
  }
  const field = document.getElementById(button.dataset.copyValue);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied;
  } catch {
    field.focus();
  }
});
