import { isOutage, isRefusedQuestion } from "../../github/faults.ts";
import { ownerAndName, partOfAnswer, statusOf } from "../../github/client.ts";
import { decodeContent } from "../text-content.ts";
import { ABSENT } from "./blob-cache.ts";
import { type BlobReading, readContentNode } from "./content-node.ts";
import { fetchText } from "./fetch-text.ts";
import type { Reading } from "./reading.ts";
import type { ContentNode } from "./snapshot-query.ts";

/** A file by its object id, or by its path at a commit. */
export type BlobName = { readonly sha: string } | { readonly commit: string; readonly path: string };

/** Files of one question; GitHub answers hundreds, but may take too long over large ones. */
const FILES_PER_QUESTION = 100;
const CONCURRENT_QUESTIONS = 3;
const CONCURRENT_READS = 8;
/** A question that is too much is asked in halves, unless it is as small as this. */
const FEW_FILES = 12;

/** Under which name `fetchBlobs` returns a file. */
export function keyOf(name: BlobName): string {
  return "sha" in name ? name.sha : `${name.commit}:${name.path}`;
}

/**
 * Reads files, each once: from the cache, then by GraphQL a hundred at a time, and by REST what GraphQL does not show
 * whole. Throws when GitHub cannot answer.
 */
export async function fetchBlobs(reading: Reading, names: readonly BlobName[]): Promise<ReadonlyMap<string, BlobReading>> {
  const found = new Map<string, BlobReading>();
  const missing = new Map<string, BlobName>();
  for (const name of names) {
    const cached = reading.blobs.get(`${reading.repo}/${keyOf(name)}`);
    if (cached) found.set(keyOf(name), cached === ABSENT ? null : { bytes: cached, sha: "sha" in name ? name.sha : "" });
    else missing.set(keyOf(name), name);
  }
  const keep = (name: BlobName, blob: BlobReading) => {
    found.set(keyOf(name), blob);
    missing.delete(keyOf(name));
    if (blob === null || "bytes" in blob) reading.blobs.set(`${reading.repo}/${keyOf(name)}`, blob?.bytes ?? ABSENT);
  };
  const groups = inGroups([...missing.values()]);
  await forEach(groups, CONCURRENT_QUESTIONS, (group) => askFor(reading, group, keep));
  await forEach([...missing.values()], CONCURRENT_READS, async (name) => keep(name, await readOne(reading, name)));
  return found;
}

/** Keeps what GraphQL shows whole; the rest is left to REST. */
async function askFor(reading: Reading, names: readonly BlobName[], keep: (name: BlobName, blob: BlobReading) => void): Promise<void> {
  if (!reading.questions.isOpen()) return;
  try {
    const nodes = await askNodes(reading, names);
    for (const [index, name] of names.entries()) {
      const blob = readContentNode(nodes[index] ?? null);
      // An object id that GraphQL does not find is looked up by REST before the file counts as gone.
      if (blob !== "unproved" && (blob !== null || "path" in name)) keep(name, blob);
    }
  } catch (error) {
    if (isOutage(error)) throw error;
    if (isRefusedQuestion(error)) return reading.questions.refuse();
    if (names.length <= FEW_FILES) return;
    const middle = Math.ceil(names.length / 2);
    await askFor(reading, names.slice(0, middle), keep);
    await askFor(reading, names.slice(middle), keep);
  }
}

type NodesByAlias = Readonly<Record<string, ContentNode | null>>;

async function askNodes({ client, repo }: Reading, names: readonly BlobName[]): Promise<readonly (ContentNode | null)[]> {
  const { owner, repo: name } = ownerAndName(repo);
  const variables = Object.fromEntries(names.map((each, index) => [`v${index}`, keyOf(each)]));
  const answer = await client
    .graphql<{ repository: NodesByAlias | null }>(contentsQuery(names), { owner, name, ...variables })
    .catch((error: unknown) => {
      const part = partOfAnswer<{ repository: NodesByAlias | null }>(error);
      if (part) return part;
      throw error;
    });
  return names.map((_, index) => answer.repository?.[`f${index}`] ?? null);
}

/** One question for the texts of files: their names are variables, because paths may hold anything. */
function contentsQuery(names: readonly BlobName[]): string {
  const declared = names.map((name, index) => `$v${index}: ${"sha" in name ? "GitObjectID" : "String"}!`);
  const fields = names.map((name, index) => `f${index}: object(${"sha" in name ? "oid" : "expression"}: $v${index}) { ...content }`);
  return `query($owner: String!, $name: String!, ${declared.join(", ")}) {
  repository(owner: $owner, name: $name) { ${fields.join(" ")} }
}
fragment content on GitObject { __typename ... on Blob { oid byteSize isBinary isTruncated text } }`;
}

async function readOne({ client, repo }: Reading, name: BlobName): Promise<BlobReading> {
  if ("path" in name) {
    const file = await fetchText(client, repo, name.path, name.commit);
    return file && { bytes: Buffer.from(file.text), sha: file.sha };
  }
  const bytes = await fetchBlob({ client, repo }, name.sha);
  if (!bytes) return { notRead: "GitHub no longer has it" };
  const content = decodeContent(bytes);
  return "text" in content ? { bytes, sha: name.sha } : content;
}

async function fetchBlob({ client, repo }: Pick<Reading, "client" | "repo">, sha: string): Promise<Buffer | null> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", { ...ownerAndName(repo), file_sha: sha });
    return Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 422) return null;
    throw error;
  }
}

function inGroups(names: readonly BlobName[]): readonly (readonly BlobName[])[] {
  const groups: (readonly BlobName[])[] = [];
  for (let start = 0; start < names.length; start += FILES_PER_QUESTION) groups.push(names.slice(start, start + FILES_PER_QUESTION));
  return groups;
}

/** Works on a list, so many at a time. Rejects with the first failure. */
async function forEach<Item>(items: readonly Item[], most: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const next = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: most }, next));
}
