// Picks lessons up, exchanges them where it can, and notes how long one waits.
const [ids, done] = arguments;
const root = document.getElementById("editor");
const until = (test) => new Promise((tell) => {
  const look = () => test() && (watcher.disconnect(), requestAnimationFrame(() => setTimeout(tell)));
  const watcher = new MutationObserver(look);
  watcher.observe(root, { childList: true, subtree: true, characterData: true, attributes: true });
  look();
});
const timed = async (act, test) => {
  const begun = performance.now();
  act();
  await until(test);
  return performance.now() - begun;
};
const show = async (id) => {
  const select = root.querySelector("select");
  select.value = "class:" + id[1];
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await until(() => root.querySelector(`[data-lesson="${CSS.escape(id[0])}"]`));
};
const marks = () => root.querySelectorAll("[data-mark]").length;
const picks = [], puts = [];
(async () => {
for (const id of ids) {
  await show(id);
  const chip = root.querySelector(`table [data-lesson="${CSS.escape(id[0])}"]`);
  picks.push(await timed(() => chip.click(), marks));
  const swap = root.querySelector(".hand .exchange");
  if (swap) {
    const steps = () => root.querySelector(".changed b")?.textContent;
    const before = steps();
    puts.push(await timed(() => swap.click(), () => steps() !== before && !root.querySelector(".pending")));
  } else dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  await until(() => !marks());
}
done([picks, puts]);
})();
