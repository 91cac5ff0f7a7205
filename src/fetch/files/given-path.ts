import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { isInspectedPath } from "../../model/inspected-path.ts";
import { BadInput } from "../bad-input.ts";
import type { FolderListing } from "./walk-folder.ts";
import { walkFolder } from "./walk-folder.ts";

/** A path as the caller gave it, without a trailing slash, and what lies below it. */
export interface GivenPath {
  readonly given: string;
  readonly listing: FolderListing;
  /** true when the path is a file itself. */
  readonly isFile: boolean;
}

/** A path below a given one as findings name it: as given + "/" + the rest. */
export function pathOf({ given, isFile }: GivenPath, below: string): string {
  if (isFile || below === "") return given;
  return given === "/" ? `/${below}` : `${given}/${below}`;
}

/** Lists what lies below a path; a symbolic link is followed when it is the path itself. Throws BadInput when it is no file or folder. */
export async function openGivenPath(asGiven: string): Promise<GivenPath> {
  const given = asGiven.replace(/(?<=.)\/+$/, "");
  const found = given === "" ? null : await stat(given).catch(() => null);
  if (found?.isDirectory()) return { given, listing: await walkFolder(given), isFile: false };
  if (!found?.isFile()) throw new BadInput(`${JSON.stringify(asGiven)}: expected a file or a folder that can be read`);
  const name = basename(given);
  const files = isInspectedPath(name) ? [name] : [];
  const notRead = isInspectedPath(name) ? [] : [{ path: name, reason: "its language is not inspected", undetermined: false }];
  return { given, listing: { codebases: [{ root: "", hasManifest: false, files }], named: [], notRead }, isFile: true };
}
