// What is marked as fresh is fetched anew every so many seconds, the rest stays.
const root = document.querySelector("[data-refreshes]");
const late = document.querySelector("[data-late]");

function isBusy() {
  const at = document.activeElement;
  return document.hidden || (at && at.closest("[data-fresh]") && at.matches("input, select, button"));
}

async function refresh() {
  if (!isBusy()) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-By-Itself": "1" } });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelectorAll("[data-fresh]");
      const shown = document.querySelectorAll("[data-fresh]");
      if (fresh.length !== shown.length) return location.reload();
      const folds = [...document.querySelectorAll("[data-fresh] details")].map((fold) => fold.open);
      shown.forEach((part, k) => part.replaceChildren(...document.importNode(fresh[k], true).childNodes));
      document.querySelectorAll("[data-fresh] details").forEach((fold, k) => (fold.open = folds[k] || false));
      if (late) late.hidden = true;
    } catch {
      if (late) late.hidden = false; // The server is away for a moment.
    }
  }
  setTimeout(refresh, 1000 * root.dataset.refreshes);
}

if (root) setTimeout(refresh, 1000 * root.dataset.refreshes);
