// What is asked of the server: plain JSON below the address of the draft's data.
export const root = document.getElementById("data");
const { base, token } = root.dataset;
export const mayEdit = Boolean(token);

export const address = (path) => `${base}${path}`;

export function get(path, values = {}, headers = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of [value].flat()) query.append(name, one);
  }
  return ask(`${base}${path}?${query}`, { headers });
}

export const post = (path, body) =>
  ask(`${base}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Form-Token": token },
    body: JSON.stringify(body),
  });

/** Files as a form: the browser says itself how it is written. */
export function send(path, files, values = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.append(name, value);
  for (const file of files) form.append("files", file, file.name);
  return ask(`${base}${path}`, { method: "POST", headers: { "X-Form-Token": token }, body: form });
}

/** The status and what the server said; a status of 0 where it could not be reached. */
async function ask(url, given) {
  try {
    const headers = { Accept: "application/json", ...given.headers };
    const response = await fetch(url, { ...given, headers });
    const answer = await response.json().catch(() => ({}));
    return { status: response.status, ok: response.ok, ...answer };
  } catch {
    return { status: 0, ok: false };
  }
}
