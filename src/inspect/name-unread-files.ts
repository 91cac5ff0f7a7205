import type { NotRead } from "../model/changed-file.ts";
import { languageOf } from "./classify-file.ts";
import type { Change } from "./read-change.ts";

/** A backend file of an inspected language that was not read: without it the verdict cannot be a pass. */
export function unreadable(path: string, reason: string): NotRead {
  return { path, reason, undetermined: true };
}

/** Changed files in languages that are not inspected, one entry a language ("12 Go files"), and files that are built, generated or call themselves so. */
export function notReadLanguages(changes: readonly Change[]): readonly NotRead[] {
  const counts = new Map<string, number>();
  const generated: NotRead[] = [];
  for (const change of changes) {
    if (change.file.status === "removed") continue;
    const language = languageOf(change.file.path);
    if (language.kind === "named") counts.set(language.name, (counts.get(language.name) ?? 0) + 1);
    else if (language.kind === "inspected" && change.head !== null) generated.push(...nameGenerated(change));
  }
  const languages = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...languages.map(([name, n]) => ({
      path: `${n} ${name} ${n === 1 ? "file" : "files"}`,
      reason: `${name} is not inspected`,
      undetermined: false,
    })),
    ...generated,
  ];
}

/** Not inspected because its path says that a program wrote it; or read with doubt, because it says so itself. Declarations hold no code. */
function nameGenerated({ file, role, doubt }: Change): readonly NotRead[] {
  const { path } = file;
  if (/\.d\.[cm]?ts$/i.test(path)) return [];
  if (role === "generated") return [{ path, reason: "its path says that it is generated or built", undetermined: false }];
  return doubt === null ? [] : [{ path, reason: `${doubt}: only what would block was looked for`, undetermined: false }];
}
