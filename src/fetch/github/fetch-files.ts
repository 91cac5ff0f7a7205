import type { ChangedFile, FileStatus, NotRead } from "../../model/changed-file.ts";
import { type GitHubClient, ownerAndName } from "../../github/client.ts";

/** GitHub lists at most 3,000 files of a pull request (docs, rest/pulls). */
const MAX_FILES = 3000;
const PAGE_SIZE = 100;
/** Past about 70 entries a page GitHub has been seen to leave patches out; those are looked for again in smaller ones. */
const LONG_PAGE = 60;
const SMALL_PAGE_SIZE = 25;

/** A changed file as listed, with the id of its blob at the head. */
export interface ListedFile extends ChangedFile {
  readonly blobSha: string | null;
  /** The head that GitHub listed it for; null when the listing does not say. */
  readonly listedAt: string | null;
}

/** All files of a pull request that GitHub lists; what it does not list is named in `notRead`. */
export async function fetchFiles(
  client: GitHubClient,
  repo: string,
  number: number,
  changedFiles: number,
): Promise<{ files: readonly ListedFile[]; notRead: readonly NotRead[] }> {
  const files: ListedFile[] = [];
  for (let page = 1; files.length < Math.min(changedFiles, MAX_FILES); page++) {
    const listed = await fetchPage(client, repo, number, page, PAGE_SIZE);
    files.push(...(listed.length > LONG_PAGE ? await withPatches(client, repo, number, page, listed) : listed));
    if (listed.length < PAGE_SIZE) break;
  }
  const unlisted = changedFiles - files.length;
  const notRead: NotRead[] =
    unlisted > 0
      ? [{ path: `${unlisted} more files`, reason: `GitHub lists ${files.length} of ${changedFiles} files`, undetermined: true }]
      : [];
  return { files, notRead };
}

/** Reads only those small pages again that hold a file without its patch. */
async function withPatches(
  client: GitHubClient,
  repo: string,
  number: number,
  page: number,
  listed: readonly ListedFile[],
): Promise<readonly ListedFile[]> {
  const lacking = listed.flatMap((file, index) => (lacksPatch(file) ? [Math.floor(index / SMALL_PAGE_SIZE)] : []));
  const again = new Map<string, ListedFile>();
  for (const small of new Set(lacking)) {
    const smallPage = ((page - 1) * PAGE_SIZE) / SMALL_PAGE_SIZE + small + 1;
    for (const file of await fetchPage(client, repo, number, smallPage, SMALL_PAGE_SIZE)) again.set(file.path, file);
  }
  return listed.map((file) => again.get(file.path) ?? file);
}

async function fetchPage(
  client: GitHubClient,
  repo: string,
  number: number,
  page: number,
  perPage: number,
): Promise<readonly ListedFile[]> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
    ...ownerAndName(repo),
    pull_number: number,
    page,
    per_page: perPage,
  });
  return data.map((file) => ({
    path: file.filename,
    ...(file.previous_filename === undefined ? {} : { previousPath: file.previous_filename }),
    status: file.status === "unchanged" ? "changed" : (file.status satisfies FileStatus),
    additions: file.additions,
    deletions: file.deletions,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    blobSha: file.status === "removed" ? null : file.sha,
    listedAt: /[?&]ref=([0-9a-f]{40,64})/.exec(file.contents_url)?.[1] ?? null,
  }));
}

function lacksPatch(file: ListedFile): boolean {
  return file.patch === undefined && (file.additions ?? 0) + (file.deletions ?? 0) > 0;
}
