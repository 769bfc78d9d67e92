// What a screen reader is told: one polite region, outside of what is drawn anew.
const region = document.getElementById("editor-said");

export function say(text) {
  // The same sentence twice is only heard again if the region was empty in between.
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 30);
}
