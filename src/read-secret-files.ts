import { readFileSync } from "node:fs";

/** What may come from a file, as Docker and Kubernetes mount secrets, named by the variable with `_FILE` behind it. */
const SECRETS = ["PRIVATE_KEY", "WEBHOOK_SECRET", "WEBHOOK_SECRET_PREVIOUS", "DATABASE_URL"];

/**
 * The variables with those that name files of secrets replaced by the files' text, without its last line break. A file that
 * cannot be read, is empty, or stands beside the variable itself is a mistake: one line that names the variable alone.
 */
export function readSecretFiles(variables: Readonly<Record<string, string>>): {
  readonly variables: Readonly<Record<string, string>>;
  readonly mistakes: readonly string[];
} {
  const read: Record<string, string> = {};
  const mistakes: string[] = [];
  for (const name of SECRETS) {
    const path = variables[`${name}_FILE`];
    if (path === undefined) continue;
    const text = readOrNull(path);
    if (variables[name] !== undefined) mistakes.push(`${name}_FILE: expected either this or ${name}, found both`);
    else if (text === null) mistakes.push(`${name}_FILE: the file cannot be read`);
    else if (text === "") mistakes.push(`${name}_FILE: the file is empty`);
    else read[name] = text;
  }
  return { variables: { ...variables, ...read }, mistakes };
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "");
  } catch {
    return null;
  }
}
