import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A real git repository in a temporary folder, removed by `remove`. */
export interface Repository {
  readonly directory: string;
  /** Runs git in it and returns what it printed, without the last line break. */
  readonly git: (...args: string[]) => string;
  /** Writes files (null removes one), commits everything and returns the commit's SHA. */
  readonly commit: (message: string, files: Readonly<Record<string, string | Uint8Array | null>>) => string;
  readonly remove: () => void;
}

/** Builds an empty repository on the branch `main`, whatever git is configured to on this machine. */
export function buildRepository(): Repository {
  const directory = mkdtempSync(join(tmpdir(), "reliability-git-"));
  const identity = {
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
  };
  const env = { ...process.env, ...identity, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: directory, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).replace(/\n$/, "");
  git("init", "-q", "-b", "main");
  const commit: Repository["commit"] = (message, files) => {
    for (const [path, content] of Object.entries(files)) {
      const file = join(directory, path);
      if (content === null) rmSync(file);
      else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
    }
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", message);
    return git("rev-parse", "HEAD");
  };
  return { directory, git, commit, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
