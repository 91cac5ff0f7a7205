import { describedOperations, type Operation } from "./description.ts";

export interface Match {
  /** "METHOD /template". */
  readonly name: string;
  readonly operation: Operation;
  /** Path parameters as they stand in the address, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly name: string;
  readonly operation: Operation;
  readonly method: string;
  readonly names: readonly string[];
  readonly expression: RegExp;
  readonly generality: number;
}

let patterns: readonly Pattern[] | undefined;

/**
 * The described operation that a request is; null when there is none. Literal segments win over parameters, as in
 * "issues/comments". The root of a repository's contents has no path, nor a slash before it.
 */
export function matchOperation(method: string, path: string): Match | null {
  patterns ??= [...describedOperations()].map(patternOf).toSorted((a, b) => a.generality - b.generality || b.name.length - a.name.length);
  for (const pattern of patterns) {
    if (pattern.method !== method) continue;
    const values = pattern.expression.exec(path.endsWith("/contents") ? `${path}/` : path)?.slice(1);
    if (values === undefined) continue;
    const parameters = Object.fromEntries(pattern.names.map((name, index) => [name, decoded(values[index] ?? "")]));
    return { name: pattern.name, operation: pattern.operation, parameters };
  }
  return null;
}

function patternOf([name, operation]: [string, Operation]): Pattern {
  const [method = "", template = ""] = name.split(" ");
  const spans = new Set(operation.parameters.filter((one) => one.in === "path" && one.multiSegment === true).map((one) => one.name));
  const names: string[] = [];
  const source = template.replaceAll(/\{(\w+)\}|[.\\+*?^$()[\]|]/g, (text: string, parameter: string | undefined) => {
    if (parameter === undefined) return `\\${text}`;
    names.push(parameter);
    return spans.has(parameter) ? "(.*)" : "([^/]+)";
  });
  return { name, operation, method, names, expression: new RegExp(`^${source}$`), generality: names.length + spans.size * 10 };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
