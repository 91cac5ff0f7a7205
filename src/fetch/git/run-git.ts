import { execFile } from "node:child_process";
import { BadInput } from "../bad-input.ts";

/** Output over this is refused rather than held in memory. */
const MAX_OUTPUT_BYTES = 512 * 1_048_576;

/** A git command that ended with another code than 0. */
export class GitFailure extends Error {
  override readonly name = "GitFailure";
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A repository to read from; nothing is ever written to it. */
export interface GitRepository {
  /** Absolute path of its git directory. */
  readonly gitDirectory: string;
}

// What the environment or a configuration may say about the look of a diff is overruled: output must depend on the commits alone.
const FIXED_CONFIG = ["core.quotePath=false", "diff.suppressBlankEmpty=false", "diff.noprefix=false", "diff.mnemonicPrefix=false"];
const DROPPED_VARIABLES = /^GIT_(?:EXTERNAL_DIFF|DIFF_OPTS|PAGER|INDEX_FILE|TRACE\w*|LITERAL_PATHSPECS|GLOB_PATHSPECS|ICASE_PATHSPECS)$/;

function quietEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !DROPPED_VARIABLES.test(name)));
  return {
    ...kept,
    LC_ALL: "C",
    GIT_PAGER: "cat",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_LITERAL_PATHSPECS: "1",
  };
}

interface Call {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly input?: string;
}

function execute({ cwd, args, env, input }: Call): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile("git", args, { cwd, env, encoding: "buffer", maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === "ENOENT") reject(new BadInput("git was not found: expected git 2.24 or newer on the PATH"));
      else if (typeof error.code === "number") reject(new GitFailure(error.code, stderr.toString("utf8").trim()));
      else reject(error);
    });
    // A git that stops reading early is reported by its exit code.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input ?? "");
  });
}

/** Finds the repository around a directory. Throws BadInput when there is none. */
export async function findRepository(directory: string): Promise<GitRepository> {
  try {
    const out = await execute({ cwd: directory, args: ["rev-parse", "--absolute-git-dir"], env: quietEnvironment() });
    return { gitDirectory: out.toString("utf8").replace(/\n$/, "") };
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const [reason = ""] = error.message.replace(/^fatal: /, "").split("\n");
    throw new BadInput(`${directory}: expected a git repository; git says: ${reason}`);
  }
}

/**
 * Runs a git command on the objects of a repository and returns what it printed. No shell, pager, prompt or
 * lazy fetch. The command sees no index and the git directory for a working tree, so that no `.gitattributes` of the
 * repository can name a diff driver or hide a file from the diff.
 *
 * Throws GitFailure when git ends with another code than 0.
 */
export async function runGit({ gitDirectory }: GitRepository, args: readonly string[], input?: string): Promise<Buffer> {
  const config = ["core.attributesFile=/dev/null", ...FIXED_CONFIG].flatMap((setting) => ["-c", setting]);
  const env = { ...quietEnvironment(), GIT_DIR: gitDirectory, GIT_INDEX_FILE: `${gitDirectory}/no-index`, GIT_WORK_TREE: gitDirectory };
  return execute({ cwd: gitDirectory, args: [...config, ...args], env, ...(input !== undefined && { input }) });
}

/** Runs a git command whose answer is one line of text. */
export async function askGit(repository: GitRepository, args: readonly string[]): Promise<string> {
  return (await runGit(repository, args)).toString("utf8").replace(/\n$/, "");
}
