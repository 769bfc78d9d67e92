// What is asked of the server: plain JSON below the address of the page.
const root = document.getElementById("editor");
const { base, token } = root.dataset;

export const mayEdit = Boolean(token);
export const who = root.dataset.who;

/** An answer of the server that is no success; `answer` is what it said. */
export class Refused extends Error {
  constructor(status, answer) {
    super(`${status}`);
    this.status = status;
    this.answer = answer;
  }
}

export const get = (path, values = {}, headers = {}) =>
  ask(`${base}${path}?${new URLSearchParams(values)}`, { headers });

/** Of what a page asks while nobody does anything, which keeps no login alive. */
export const BY_ITSELF = { "X-By-Itself": "1" };

export const post = (path, body) =>
  ask(`${base}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Form-Token": token },
    body: JSON.stringify(body),
  });

async function ask(address, given) {
  const headers = { Accept: "application/json", ...given.headers };
  const response = await fetch(address, { ...given, headers });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}
