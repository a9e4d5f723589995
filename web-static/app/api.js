// Requests to the server. A case travels in bodies only; query parameters carry nothing clinical.

/** A refusal of the server, or no answer at all. */
export class RequestFailed extends Error {
  /**
   * @param {number} status 0 = no answer
   * @param {{title?: string, detail?: string, errors?: object[]}} problem
   */
  constructor(status, problem) {
    super(problem.detail || problem.title || "");
    this.status = status;
    this.problem = problem;
  }
}

/**
 * @param {string} address
 * @param {RequestInit} options
 */
async function request(address, options) {
  let response;
  try {
    response = await fetch(address, { cache: "no-cache", credentials: "same-origin", ...options });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new RequestFailed(0, {});
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new RequestFailed(response.status, problem);
}

/**
 * @param {string} address
 * @param {unknown} body
 * @param {{signal?: AbortSignal, accept?: string}} [how]
 */
function post(address, body, { signal, accept = "application/json" } = {}) {
  const headers = { "content-type": "application/json", accept };
  return request(address, { method: "POST", headers, body: JSON.stringify(body), signal, cache: "no-store" });
}

/** @param {Record<string, string>} parameters */
function query(parameters) {
  const text = new URLSearchParams(parameters).toString();
  return text ? `?${text}` : "";
}

export const api = {
  async meta() {
    return (await request("api/v1/meta", {})).json();
  },
  /** @param {object} tumour_case @param {Record<string, string>} parameters */
  async match(tumour_case, parameters) {
    return (await post(`api/v1/match${query(parameters)}`, tumour_case)).json();
  },
  /** @param {object} tumour_case @param {Record<string, string>} parameters */
  async match_table(tumour_case, parameters) {
    const how = { accept: "text/tab-separated-values" };
    return (await post(`api/v1/match${query(parameters)}`, tumour_case, how)).text();
  },
  /** @param {{id: string, text: string}[]} terms @param {AbortSignal} signal */
  async parse(terms, signal) {
    return (await (await post("api/v1/parse", { terms }, { signal })).json()).results;
  },
  /** @param {string} q @param {string[]} kinds @param {AbortSignal} signal */
  async suggest(q, kinds, signal) {
    const body = kinds.length ? { q, kinds, limit: 10 } : { q, limit: 10 };
    return (await (await post("api/v1/suggest", body, { signal })).json()).suggestions;
  },
  /** @param {string} q @param {string} [cursor] */
  async search(q, cursor) {
    return (await post("api/v1/search", cursor ? { q, limit: 20, cursor } : { q, limit: 20 })).json();
  },
  /** @param {string} kind @param {string} id */
  async record(kind, id) {
    return (await request(`api/v1/records/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`, {})).json();
  },
  /** @param {string} kind @param {string} id */
  async history(kind, id) {
    const address = `api/v1/records/${encodeURIComponent(kind)}/${encodeURIComponent(id)}/history`;
    return (await (await request(address, {})).json()).history;
  },
};
