import type { ChangedFile, NotRead } from "../../model/changed-file.ts";
import { isInspectedPath } from "../../model/inspected-path.ts";
import { type GitHubClient, ownerAndName, statusOf } from "../../github/client.ts";
import { isManifest } from "../find-manifests.ts";
import { decodeContent } from "../text-content.ts";
import { unreadFile } from "../unread-file.ts";
import type { BlobCache } from "./blob-cache.ts";
import type { ListedFile } from "./fetch-files.ts";

const CONCURRENT_READS = 8;

/** The listed files with their text at the head, where a rule can read it; what could not be read is named. */
export async function fetchContents(
  client: GitHubClient,
  repo: string,
  files: readonly ListedFile[],
  cache: BlobCache,
): Promise<{ files: readonly ChangedFile[]; notRead: readonly NotRead[] }> {
  const read: { file: ChangedFile; notRead?: NotRead }[] = [];
  const waiting = files.entries();
  const readNext = async () => {
    for (const [index, file] of waiting) read[index] = await fetchContent(client, repo, file, cache);
  };
  await Promise.all(Array.from({ length: CONCURRENT_READS }, readNext));
  return { files: read.map(({ file }) => file), notRead: read.flatMap(({ notRead }) => notRead ?? []) };
}

async function fetchContent(
  client: GitHubClient,
  repo: string,
  listed: ListedFile,
  cache: BlobCache,
): Promise<{ file: ChangedFile; notRead?: NotRead }> {
  const { blobSha, listedAt: _, ...file } = listed;
  if (blobSha === null || !(isInspectedPath(file.path) || isManifest(file.path))) return { file };
  const key = `${repo}/${blobSha}`;
  const bytes = cache.get(key) ?? (await fetchBlob(client, repo, blobSha));
  if (bytes) cache.set(key, bytes);
  const content = bytes ? decodeContent(bytes) : { notRead: "GitHub no longer has it" };
  if ("text" in content) return { file: { ...file, content: content.text } };
  return { file, notRead: unreadFile(file.path, file.status, file.patch !== undefined, content.notRead) };
}

async function fetchBlob(client: GitHubClient, repo: string, sha: string): Promise<Buffer | null> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", { ...ownerAndName(repo), file_sha: sha });
    return Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 422) return null;
    throw error;
  }
}
