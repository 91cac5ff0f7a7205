import { authorizeRead } from "../access.ts";
import { readCommit } from "../git/history.ts";
import type { CommitRecord } from "../git/history.ts";
import type { Signature } from "../git/fast-import.ts";
import type { Actor } from "../model/app.ts";
import type { CheckRun, CheckSuite } from "../model/check.ts";
import type { Repository } from "../model/repository.ts";
import type { World } from "../model/world.ts";
import { latestRuns, runsOf } from "../views/check.ts";
import { fullName } from "../views/repository.ts";
import { nodeId } from "../views/schema.ts";
import { accountNode } from "./account-node.ts";
import { connection } from "./connection.ts";
import type { Slice } from "./connection.ts";

/** `Blob.text` stops after this many bytes, and `isTruncated` says so. */
const MOST_TEXT_BYTES = 512_000;
/** How far git looks for a NUL byte to tell binary from text. */
const BINARY_LOOK_BYTES = 8000;
const CO_AUTHOR = /^co-authored-by:\s*([^<\n]*)<([^>\n]+)>/gim;

/** What an expression names: an object id, a revision, or "revision:path". null when there is nothing. */
export async function gitObjectNode(world: World, actor: Actor, repository: Repository, expression: string) {
  const colon = expression.indexOf(":");
  const revision = revisionOf(repository, colon === -1 ? expression : expression.slice(0, colon));
  if (colon === -1) return objectNode(world, actor, repository, revision);
  const commit = await repository.objects.resolveCommit(revision);
  const entry = commit === null ? null : await repository.objects.entryAt(commit, expression.slice(colon + 1));
  return entry === null ? null : objectNode(world, actor, repository, entry.sha);
}

function revisionOf(repository: Repository, name: string): string {
  const branch = name === "HEAD" ? repository.defaultBranch : name.replace(/^refs\/heads\//, "");
  return repository.branches.get(branch) ?? name;
}

async function objectNode(world: World, actor: Actor, repository: Repository, sha: string) {
  if (!/^[0-9a-f]{40}$/.test(sha)) return null;
  const object = await repository.objects.object(sha);
  if (object?.type === "commit") return commitNode(world, actor, repository, await readCommit(repository.objects, sha));
  if (object?.type === "tree") return { __typename: "Tree", id: nodeId("T", repository.id) + sha, oid: sha };
  return object && blobNode(repository, sha, object.bytes);
}

/** Text is decoded whether or not it is UTF-8, and cut; null for what looks binary. */
function blobNode(repository: Repository, sha: string, bytes: Buffer) {
  const isBinary = bytes.subarray(0, BINARY_LOOK_BYTES).includes(0);
  return {
    __typename: "Blob",
    id: nodeId("B", repository.id) + sha,
    oid: sha,
    byteSize: bytes.byteLength,
    isBinary,
    isTruncated: bytes.byteLength > MOST_TEXT_BYTES,
    text: isBinary ? null : bytes.subarray(0, MOST_TEXT_BYTES).toString("utf8"),
  };
}

/** A commit with its people, its files and its checks. */
export function commitNode(world: World, actor: Actor, repository: Repository, commit: CommitRecord): object {
  const coAuthors = [...commit.message.matchAll(CO_AUTHOR)].map(([, name = "", email = ""]) => ({ name: name.trim(), email }));
  return {
    __typename: "Commit",
    id: nodeId("C", repository.id) + commit.sha,
    oid: commit.sha,
    message: commit.message,
    authors: (slice: Slice) => connection([commit.author, ...coAuthors], slice, (one) => gitActor(world, one)),
    committer: gitActor(world, commit.committer),
    parents: async (slice: Slice) => {
      const parents = await Promise.all(commit.parents.map((sha) => readCommit(repository.objects, sha)));
      return connection(parents, slice, (parent) => commitNode(world, actor, repository, parent));
    },
    async file({ path }: { readonly path: string }) {
      authorizeRead(actor, repository, "contents");
      const entry = await repository.objects.entryAt(commit.sha, path);
      return entry && { path: entry.path, oid: entry.sha, object: () => objectNode(world, actor, repository, entry.sha) };
    },
    checkSuites({ filterBy, ...slice }: Slice & { readonly filterBy?: { readonly appId?: number | null } | null }) {
      authorizeRead(actor, repository, "checks");
      const appId = filterBy?.appId ?? null;
      const suites = [...repository.checkSuites.values()].filter((suite) => suite.headSha === commit.sha);
      return connection(
        suites.filter((suite) => appId === null || suite.app.id === appId),
        slice,
        (suite) => suiteNode(world, repository, suite),
      );
    },
  };
}

function gitActor(world: World, { name, email }: Pick<Signature, "name" | "email">) {
  const account = [...world.accounts.values()].find((one) => one.email === email && one.type === "User");
  return { name, email, user: account === undefined ? null : accountNode(world, account) };
}

type RunFilter = { readonly appId?: number | null; readonly checkName?: string | null; readonly checkType?: "ALL" | "LATEST" | null };

function suiteNode(world: World, repository: Repository, suite: CheckSuite) {
  return {
    __typename: "CheckSuite",
    id: nodeId("CS", suite.id),
    checkRuns({ filterBy, ...slice }: Slice & { readonly filterBy?: RunFilter | null }) {
      const { appId = null, checkName = null, checkType = "ALL" } = filterBy ?? {};
      const runs = runsOf(repository, suite);
      const wanted = (checkType === "LATEST" ? latestRuns(runs) : runs).filter(
        (run) => (checkName === null || run.name === checkName) && (appId === null || run.app.id === appId),
      );
      return connection(wanted, slice, (run) => runNode(repository, run));
    },
  };
}

function runNode(repository: Repository, run: CheckRun) {
  return {
    __typename: "CheckRun",
    id: nodeId("CR", run.id),
    name: run.name,
    externalId: run.externalId,
    completedAt: run.completedAt,
    resourcePath: `/${fullName(repository)}/runs/${run.id}`,
    annotations: (slice: Slice) => connection(run.annotations, slice, ({ path }) => ({ path })),
  };
}
