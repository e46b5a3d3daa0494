// Asking the API.

/** A request that failed, in words for people. */
export class Failure extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export async function ask(path, query, signal) {
  let response;
  try {
    response = await fetch(`/api/v1/${path}${query ? `?${query}` : ""}`, { signal, headers: { accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure("unreachable", "The service does not answer. It may be restarting; the page tries again by itself.");
  }
  let body;
  try {
    body = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure("unreadable", `The service answers ${response.status} with what is no JSON.`);
  }
  if (!response.ok) throw new Failure(body?.error?.code ?? "failed", body?.error?.message ?? `The service answers ${response.status}.`);
  return body;
}
