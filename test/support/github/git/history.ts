import type { ObjectStore } from "./object-store.ts";
import type { Signature } from "./fast-import.ts";

export interface CommitRecord {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

const FORMAT = "%H%x00%T%x00%P%x00%an%x00%ae%x00%at%x00%cn%x00%ce%x00%ct%x00%B%x00%x01";

/** One commit. Throws when there is none. */
export async function readCommit(store: ObjectStore, sha: string): Promise<CommitRecord> {
  const [commit] = parseLog((await store.answer(["log", "-1", `--format=${FORMAT}`, sha])).toString());
  if (commit === undefined) throw new Error(`no commit ${sha}`);
  return commit;
}

/** The commits that `head` has and `base` lacks, oldest first. */
export async function commitsBetween(store: ObjectStore, base: string, head: string): Promise<CommitRecord[]> {
  return parseLog((await store.answer(["log", "--reverse", "--topo-order", `--format=${FORMAT}`, `${base}..${head}`])).toString());
}

/** The newest commits of a history, newest first; with a path, those that changed it. */
export async function commitsFrom(store: ObjectStore, head: string, path: string | null, most: number): Promise<CommitRecord[]> {
  const scope = path === null ? [] : ["--", path];
  return parseLog((await store.answer(["--literal-pathspecs", "log", `-${most}`, `--format=${FORMAT}`, head, ...scope])).toString());
}

function parseLog(text: string): CommitRecord[] {
  return text
    .split("\u0001")
    .map((record) => record.replace(/^\n/, ""))
    .filter((record) => record !== "")
    .map((record) => {
      const [sha = "", tree = "", parents = "", an = "", ae = "", at = "0", cn = "", ce = "", ct = "0", message = ""] = record.split("\0");
      return {
        sha,
        tree,
        parents: parents.split(" ").filter((parent) => parent !== ""),
        author: { name: an, email: ae, at: new Date(Number(at) * 1000) },
        committer: { name: cn, email: ce, at: new Date(Number(ct) * 1000) },
        message: message.replace(/\n+$/, ""),
      };
    });
}
