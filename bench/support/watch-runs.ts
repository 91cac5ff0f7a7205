import type { Answer, Incoming } from "./forward.ts";

/** Sees the writes of check runs that GitHub carried out, whether or not the app heard of it. */
export interface RunWatch {
  /** Runs that were created once more with what the newest run of that name on that commit said already. */
  readonly doubled: readonly string[];
  see(incoming: Incoming, answer: Answer): void;
}

/** Watches from now on. */
export function watchRuns(): RunWatch {
  const doubled: string[] = [];
  /** Commit and name -> what the newest run says. */
  const newest = new Map<string, string>();
  const placeOfRun = new Map<string, string>();
  return {
    doubled,
    see({ method, path, body }, { status, body: answered }) {
      const place = /^\/repos\/([^/]+\/[^/]+)\/check-runs(?:\/(\d+))?$/.exec(path.split("?")[0] ?? "");
      if (place === null || method === "GET" || status >= 300) return;
      const sent = JSON.parse(body.toString()) as Record<string, unknown>; // the app's own body of a check run
      const says = JSON.stringify([sent["conclusion"], sent["output"]]);
      const [, repo = "", id] = place;
      if (id !== undefined) {
        newest.set(placeOfRun.get(id) ?? id, says);
        return;
      }
      const key = `${repo}@${String(sent["head_sha"])} ${String(sent["name"])}`;
      if (newest.get(key) === says) doubled.push(key);
      newest.set(key, says);
      placeOfRun.set(String((JSON.parse(answered.toString()) as { id: number }).id), key); // GitHub's answer to a creation
    },
  };
}
