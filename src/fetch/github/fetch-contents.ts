import type { ChangedFile, NotRead } from "../../model/changed-file.ts";
import { isInspectedPath } from "../../model/inspected-path.ts";
import { isManifest } from "../find-manifests.ts";
import { decodeContent } from "../text-content.ts";
import { unreadFile } from "../unread-file.ts";
import type { BlobReading } from "./content-node.ts";
import type { BlobName } from "./fetch-blobs.ts";
import type { ListedFile } from "./fetch-files.ts";

/** The files whose whole text a rule can read. */
export function findContentNames(files: readonly ListedFile[]): readonly BlobName[] {
  return files.flatMap((file) => (file.blobSha !== null && hasReader(file.path) ? [{ sha: file.blobSha }] : []));
}

/** The listed files with their text at the head, as far as it was read; what could not be read is named. */
export function withContents(
  files: readonly ListedFile[],
  blobs: ReadonlyMap<string, BlobReading>,
): { readonly files: readonly ChangedFile[]; readonly notRead: readonly NotRead[] } {
  const notRead: NotRead[] = [];
  const read = files.map((listed): ChangedFile => {
    const { blobSha, listedAt: _listedAt, ...file } = listed;
    if (blobSha === null || !hasReader(file.path)) return file;
    const blob = blobs.get(blobSha) ?? { notRead: "GitHub no longer has it" };
    const content = "bytes" in blob ? decodeContent(blob.bytes) : blob;
    if ("text" in content) return { ...file, content: content.text };
    notRead.push(unreadFile(file.path, file.status, file.patch !== undefined, content.notRead));
    return file;
  });
  return { files: read, notRead };
}

function hasReader(path: string): boolean {
  return isInspectedPath(path) || isManifest(path);
}
