export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly at: Date;
}

/** Path -> new content, or null to delete, or `renamedFrom` to move. */
type FileChange = string | Buffer | null | { readonly renamedFrom: string } | { readonly content: string | Buffer; readonly mode: string };
export type FileChanges = Readonly<Record<string, FileChange>>;

export interface NewCommit {
  readonly parents: readonly string[];
  readonly changes: FileChanges;
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

/** The commit as input of `git fast-import`, which answers with its SHA. */
export function fastImportCommit(commit: NewCommit, scratchRef: string): Buffer {
  const [first, ...rest] = commit.parents;
  const parts: (string | Buffer)[] = [
    `commit ${scratchRef}\nmark :1\n`,
    `author ${signature(commit.author)}\ncommitter ${signature(commit.committer)}\n`,
    ...data(commit.message),
    first === undefined ? "deleteall\n" : `from ${first}\n`,
    ...rest.map((sha) => `merge ${sha}\n`),
  ];
  for (const [path, change] of Object.entries(commit.changes)) parts.push(...fileCommands(path, change));
  parts.push("\nget-mark :1\n");
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
}

function fileCommands(path: string, change: FileChange): (string | Buffer)[] {
  if (change === null) return [`D ${quoted(path)}\n`];
  if (typeof change === "object" && "renamedFrom" in change) return [`R ${quoted(change.renamedFrom)} ${quoted(path)}\n`];
  const plain = typeof change === "string" || Buffer.isBuffer(change);
  return [`M ${plain ? "100644" : change.mode} inline ${quoted(path)}\n`, ...data(plain ? change : change.content)];
}

function data(content: string | Buffer): (string | Buffer)[] {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return [`data ${bytes.length}\n`, bytes, "\n"];
}

const quoted = (path: string): string => `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

const signature = ({ name, email, at }: Signature): string =>
  `${name.replaceAll(/[<>\n]/g, "")} <${email.replaceAll(/[<>\n]/g, "")}> ${Math.floor(at.getTime() / 1000)} +0000`;
