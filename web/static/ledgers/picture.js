// Chats take no SVG: the browser draws the sheet and saves it as PNG.
const SCALE = 2; // Sharp on a phone.

async function drawn(address) {
  const sheet = new Image();
  sheet.src = address;
  await sheet.decode();
  const canvas = document.createElement("canvas");
  canvas.width = SCALE * sheet.naturalWidth;
  canvas.height = SCALE * sheet.naturalHeight;
  canvas.getContext("2d").drawImage(sheet, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

for (const link of document.querySelectorAll("[data-picture]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const png = await drawn(link.href).catch(() => null);
    if (!png) return location.assign(link.href); // The drawing itself is better than nothing.
    const saved = document.createElement("a");
    saved.download = link.dataset.picture;
    saved.href = URL.createObjectURL(png);
    saved.click();
    setTimeout(() => URL.revokeObjectURL(saved.href), 1000);
  });
}
