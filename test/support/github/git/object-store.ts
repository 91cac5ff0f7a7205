import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fastImportCommit } from "./fast-import.ts";
import type { NewCommit } from "./fast-import.ts";

export interface TreeEntry {
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  readonly size: number | null;
  readonly path: string;
}

/** An object of git: a tree and a commit in git's own form. */
interface GitObject {
  readonly type: "blob" | "tree" | "commit";
  readonly bytes: Buffer;
}

/** The exit of a git command. */
export interface GitExit {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

// Nothing of the machine's git configuration may change what the stand-in answers.
const ENVIRONMENT = {
  PATH: process.env["PATH"] ?? "",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  GIT_COMMITTER_NAME: "GitHub",
  GIT_COMMITTER_EMAIL: "noreply@github.example",
};

/** A bare git repository in a temporary folder: objects, diffs and merges are git's own. References live elsewhere, in memory. */
export class ObjectStore {
  readonly #directory: string;
  readonly #answers = new Map<string, Promise<GitExit>>();
  readonly #known = new Set<string>();
  readonly #wanted: { readonly sha: string; resolve(object: GitObject | null): void; reject(error: unknown): void }[] = [];
  #commits = 0;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes an empty store. `close` removes it. */
  static async create(): Promise<ObjectStore> {
    const store = new ObjectStore(await mkdtemp(path.join(tmpdir(), "github-stand-in-")));
    await store.output(["init", "--quiet", "--bare", "--template=", store.#directory]);
    return store;
  }

  async close(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Runs git in the store, whatever its exit code. */
  run(args: readonly string[], input?: Buffer | string, environment: Record<string, string> = {}): Promise<GitExit> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        "git",
        ["--git-dir", this.#directory, "-c", "gc.auto=0", "-c", "core.quotePath=false", ...args],
        { encoding: "buffer", maxBuffer: 256 * 1024 * 1024, env: { ...ENVIRONMENT, ...environment } },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : error.code;
          if (typeof code !== "number") return reject(error ?? new Error("git did not start"));
          resolve({ code, stdout, stderr: stderr.toString() });
        },
      );
      child.stdin?.on("error", () => {});
      child.stdin?.end(input ?? "");
    });
  }

  /** Like `run`, for questions about named commits: their answers never change, so git is asked once. */
  ask(args: readonly string[]): Promise<GitExit> {
    const question = args.join("\0");
    const answer = this.#answers.get(question) ?? this.run(args);
    this.#answers.set(question, answer);
    return answer;
  }

  /** The answer's standard output. Throws with git's own words when it failed. */
  async answer(args: readonly string[]): Promise<Buffer> {
    const exit = await this.ask(args);
    if (exit.code !== 0) throw new Error(`git ${args[0]} failed: ${exit.stderr}`);
    return exit.stdout;
  }

  /** Standard output of git. Throws with git's own words when it failed. */
  async output(args: readonly string[], input?: Buffer | string, environment?: Record<string, string>): Promise<Buffer> {
    const exit = await this.run(args, input, environment);
    if (exit.code !== 0) throw new Error(`git ${args[0]} failed: ${exit.stderr}`);
    return exit.stdout;
  }

  async text(args: readonly string[], input?: Buffer | string): Promise<string> {
    return (await this.output(args, input)).toString().trim();
  }

  /** Writes a commit on its first parent's tree and returns its SHA. */
  async commit(commit: NewCommit): Promise<string> {
    // Writers at the same time must not meet on one reference.
    this.#commits += 1;
    const input = fastImportCommit(commit, `refs/incoming/${this.#commits}`);
    const printed = await this.output(["fast-import", "--quiet", "--force", "--cat-blob-fd=1"], input);
    return printed.toString().trim();
  }

  /** The commit that a full or short SHA names, or null. */
  async resolveCommit(sha: string): Promise<string | null> {
    if (!/^[0-9a-f]{4,40}$/.test(sha)) return null;
    if (this.#known.has(sha)) return sha;
    const exit = await this.run(["rev-parse", "--verify", "--quiet", `${sha}^{commit}`]);
    if (exit.code === 0 && sha.length === 40) this.#known.add(exit.stdout.toString().trim());
    return exit.code === 0 ? exit.stdout.toString().trim() : null;
  }

  /** The bytes of a blob, or null when there is none of that SHA. */
  async blob(sha: string): Promise<Buffer | null> {
    const exit = await this.run(["cat-file", "blob", sha]);
    return exit.code === 0 ? exit.stdout : null;
  }

  /** The type and the bytes of an object, or null. Those asked for at the same time are read by one git. */
  object(sha: string): Promise<GitObject | null> {
    return new Promise((resolve, reject) => {
      this.#wanted.push({ sha, resolve, reject });
      if (this.#wanted.length === 1) setImmediate(() => void this.#readWanted());
    });
  }

  async #readWanted(): Promise<void> {
    const wanted = this.#wanted.splice(0);
    try {
      let output = await this.output(["cat-file", "--batch"], wanted.map(({ sha }) => `${sha}\n`).join(""));
      for (const { resolve } of wanted) {
        const end = output.indexOf("\n");
        const [, type = "missing", size = "0"] = output.subarray(0, end).toString().split(" ");
        const isThere = type === "blob" || type === "tree" || type === "commit";
        resolve(isThere ? { type, bytes: Buffer.from(output.subarray(end + 1, end + 1 + Number(size))) } : null);
        output = output.subarray(isThere ? end + Number(size) + 2 : end + 1);
      }
    } catch (error) {
      for (const { reject } of wanted) reject(error);
    }
  }

  /** What stands at a path of a commit or tree, or null. The root is a tree of path "". */
  async entryAt(treeish: string, filePath: string): Promise<TreeEntry | null> {
    if (filePath === "") {
      const sha = await this.text(["rev-parse", `${treeish}^{tree}`]);
      return { mode: "040000", type: "tree", sha, size: null, path: "" };
    }
    const [entry] = parseTree(await this.output(["--literal-pathspecs", "ls-tree", "-z", "-l", "--full-tree", treeish, "--", filePath]));
    return entry ?? null;
  }

  /** The entries of a tree, or null when there is none of that name. */
  async tree(treeish: string, recursive = false): Promise<readonly TreeEntry[] | null> {
    const exit = await this.run(["ls-tree", "-z", "-l", "--full-tree", ...(recursive ? ["-r", "-t"] : []), treeish]);
    return exit.code === 0 ? parseTree(exit.stdout) : null;
  }

  /** The best common ancestor, or null for unrelated histories. */
  async mergeBase(left: string, right: string): Promise<string | null> {
    const exit = await this.ask(["merge-base", left, right]);
    return exit.code === 0 ? exit.stdout.toString().trim() : null;
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return (await this.mergeBase(ancestor, descendant)) === ancestor;
  }

  /** The tree that a merge gives, or null when it conflicts. */
  async mergeTree(base: string, head: string): Promise<string | null> {
    const exit = await this.ask(["merge-tree", "--write-tree", "--no-messages", base, head]);
    return exit.code === 0 ? (exit.stdout.toString().split("\n")[0] ?? null) : null;
  }
}

function parseTree(output: Buffer): TreeEntry[] {
  return output
    .toString()
    .split("\0")
    .filter((record) => record !== "")
    .map((record) => {
      const tab = record.indexOf("\t");
      const [mode = "", type = "", sha = "", size = "-"] = record.slice(0, tab).split(/ +/);
      const kind = type === "tree" || type === "commit" ? type : "blob";
      return { mode, type: kind, sha, size: size === "-" ? null : Number(size), path: record.slice(tab + 1) };
    });
}
