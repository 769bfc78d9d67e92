"use strict";

// A search field hides the entries of the list it names that do not match.
for (const field of document.querySelectorAll("[data-filters]")) {
  const list = document.getElementById(field.dataset.filters);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const item of list.querySelectorAll("li")) {
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
    }
    for (const group of list.querySelectorAll(".choice-group")) {
      group.hidden = !group.querySelector("li:not([hidden])");
      if (wanted && group.tagName === "DETAILS") group.open = true;
    }
  });
}

// A form is sent once, however often its button is pressed.
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Files that the server would refuse unread are refused before they are sent.
for (const field of document.querySelectorAll("[data-most]")) {
  field.addEventListener("change", () => {
    const size = [...field.files].reduce((sum, file) => sum + file.size, 0);
    field.setCustomValidity(size > field.dataset.most ? field.dataset.tooLarge : "");
    field.reportValidity();
  });
}

// What a form has made is not made anew by loading its answer again.
const made = document.querySelector("[data-address]");
if (made) history.replaceState(null, "", made.dataset.address);

// A button copies the field it names; without a clipboard it stays hidden.
for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    button.textContent = button.dataset.done;
  });
}

// A link to a rule or a lesson opens the fold it stands in.
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = target && target.closest("details");
  if (fold && !fold.open) {
    fold.open = true;
    target.scrollIntoView();
  }
}
window.addEventListener("hashchange", openTarget);
openTarget();

// A button prints the page it stands on.
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What is folded on the screen only is open on paper.
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("[data-printed]")) fold.open = true;
});

// A link whose answer is short is answered where it stands.
for (const link of document.querySelectorAll("[data-inline]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    link.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("#moves");
      found.removeAttribute("id");
      found.className = "inline-answer";
      found.setAttribute("role", "status");
      (link.closest("p") || link).after(found);
      link.remove();
    } catch {
      location.href = link.href;
    }
  });
}

// What is computed in the background is told as it comes; in the end the page is new.
const watched = document.querySelector("[data-watches]");
async function look() {
  try {
    const answer = await fetch(watched.dataset.watches, { headers: { "X-By-Itself": "1" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = [...page.querySelectorAll("[data-told]")];
    const shown = [...document.querySelectorAll("[data-told]")];
    if (answer.ok && (!page.querySelector("[data-watches]") || told.length !== shown.length)) {
      location.replace(watched.dataset.watches);
      return;
    }
    if (answer.ok) shown.forEach((line, k) => (line.textContent = told[k].textContent));
    const drawn = [...page.querySelectorAll("[data-live] [data-drawn]")];
    document.querySelectorAll("[data-live] [data-drawn]").forEach((figure, k) => {
      if (answer.ok && drawn[k]) figure.replaceWith(document.importNode(drawn[k], true));
    });
  } catch {
    // The server is away for a moment.
  }
  setTimeout(look, 2000);
}
if (watched) setTimeout(look, 1000);
