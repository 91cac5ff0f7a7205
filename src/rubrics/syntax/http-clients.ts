import { mayComeFrom } from "./module-reach.ts";
import { perFile } from "./per-file.ts";

/** How one HTTP client is called, and where it is told how long to wait. */
export interface HttpClient {
  readonly name: string;
  /** Members that take (url, options) like the client itself. */
  readonly roots: readonly string[];
  readonly verbs: readonly string[];
  /** Verbs whose second argument is the body and whose options come third. */
  readonly bodyVerbs: readonly string[];
  /** Members that make an instance instead of calling. */
  readonly factories: readonly string[];
  /** Options that bound the wait. */
  readonly options: readonly string[];
  /** Milliseconds that the client waits when told nothing; null when it waits for ever (or for minutes). */
  readonly defaultMs: number | null;
  /** 0 means for ever. */
  readonly zeroIsNever: boolean;
}

const VERBS = ["get", "post", "put", "patch", "delete", "head", "options", "request"];

function client(name: string, more: Partial<HttpClient> = {}): HttpClient {
  return {
    name,
    roots: [],
    verbs: VERBS,
    bodyVerbs: [],
    factories: [],
    options: ["timeout", "signal"],
    defaultMs: null,
    zeroIsNever: true,
    ...more,
  };
}

const FETCH: Partial<HttpClient> = { verbs: [], roots: ["fetch", "default"], options: ["signal", "timeout", "dispatcher"] };

/**
 * Clients by module. Defaults from their own documentation: axios `timeout` 0 (never); got none; ky 10 s; fetch leaves it to
 * undici (300 s for headers, 300 s between body chunks), node http(s) none; ofetch none; superagent none; bent has no such option.
 */
export const HTTP_CLIENTS: ReadonlyMap<string, HttpClient> = new Map(
  [
    client("fetch", FETCH),
    client("node-fetch", FETCH),
    client("cross-fetch", FETCH),
    client("isomorphic-fetch", FETCH),
    client("node-fetch-native", FETCH),
    client("make-fetch-happen", FETCH),
    client("fetch-retry", { ...FETCH, factories: ["fetchRetry"] }),
    client("axios", {
      bodyVerbs: ["post", "put", "patch", "postForm", "putForm", "patchForm"],
      verbs: [...VERBS, "postForm", "putForm", "patchForm"],
      factories: ["create"],
      options: ["timeout", "signal", "cancelToken"],
    }),
    client("got", { verbs: [...VERBS, "stream", "paginate"], factories: ["extend"], options: ["timeout", "signal"], zeroIsNever: false }),
    client("ky", { factories: ["create", "extend"], defaultMs: 10_000, zeroIsNever: false }),
    client("superagent", { options: ["timeout"], bodyVerbs: ["post", "put", "patch"] }),
    client("request", { options: ["timeout"], factories: ["defaults"] }),
    client("request-promise", { options: ["timeout"], factories: ["defaults"] }),
    client("request-promise-native", { options: ["timeout"], factories: ["defaults"] }),
    client("bent", { verbs: [], roots: [], factories: ["bent"], options: [] }),
    client("ofetch", { verbs: ["raw", "native"], roots: ["$fetch", "ofetch"], factories: ["create"], options: ["timeout", "signal"] }),
    client("undici", {
      verbs: ["request", "stream", "pipeline"],
      roots: ["fetch"],
      options: ["headersTimeout", "bodyTimeout", "signal", "dispatcher"],
    }),
    client("http", { verbs: ["get", "request"], options: ["timeout", "signal"] }),
    client("https", { verbs: ["get", "request"], options: ["timeout", "signal"] }),
    client("phin", { verbs: [], options: ["timeout"] }),
    client("centra", { verbs: [], options: ["timeout"] }),
  ].map((c) => [c.name, c]),
);

/** Every member of any client. */
export const CLIENT_MEMBERS: ReadonlySet<string> = new Set(
  [...HTTP_CLIENTS.values()].flatMap((c) => [...c.roots, ...c.verbs, ...c.factories]),
);

/** false when the file surely has no client in its hands: most files are settled by it. */
export const mayHaveClient = perFile((file) => file.names.has("fetch") || mayComeFrom(file, (module) => HTTP_CLIENTS.has(module)));
