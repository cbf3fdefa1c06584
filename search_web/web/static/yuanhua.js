// What makes the pages quicker for those who have scripts; nothing depends on it.

import "./keys.js";
import "./swap.js";
import "./unfold.js";

document.documentElement.classList.add("scripted");

// On a narrow screen the links of the site scroll: that of the page where one is comes into sight.
const site = document.querySelector("nav.site");
const current = site?.querySelector("[aria-current]");
if (current) {
  site.scrollLeft = current.offsetLeft - (site.clientWidth - current.offsetWidth) / 2;
}

// Untouched fields stay out of the address.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form.search")) {
    return;
  }
  for (const name of new Set(event.formData.keys())) {
    const kept = event.formData.getAll(name).filter((value) => value !== "");
    event.formData.delete(name);
    kept.forEach((value) => event.formData.append(name, value));
  }
});
