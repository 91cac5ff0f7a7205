/** One entry of a TodoWrite list. */
export interface Todo {
  readonly id?: string;
  readonly content: string;
  readonly status: "open" | "done" | "cancelled";
  /** The list or field that names its section; null when none does. */
  readonly group: string | null;
}

const CONTENT_KEYS = ["content", "text", "title", "task", "todo", "description", "name", "subject", "item", "step"];
const GROUP_KEYS = ["section", "category", "group", "area", "phase"];
const LIST_KEYS = ["todos", "items", "tasks", "list", "plan", "sections", "newTodos", "checklist", "children", "subtasks"];
/** Fields of a call in which its arguments stand. */
const CALL_KEYS = ["input", "arguments", "args", "params", "parameters", "tool_input", "function"];
const MOST_DEPTH = 6;
const MOST_TODOS = 5000;

/**
 * Reads TodoWrite JSON in the shapes that coding agents write: a bare array, `{"todos": [...]}`, lists under section names,
 * objects with `sections`, plain strings, a call around it, trailing commas. null when the text holds no such list.
 */
export function readTodos(text: string): readonly Todo[] | null {
  const value = parseLeniently(text);
  if (value === undefined) return null;
  const todos: Todo[] = [];
  collect(value, null, 0, todos);
  return todos.length > 0 ? todos : null;
}

function parseLeniently(text: string): unknown {
  const trimmed = text.trim();
  const start = trimmed.search(/[[{]/u);
  const end = Math.max(trimmed.lastIndexOf("]"), trimmed.lastIndexOf("}"));
  if (start < 0 || end <= start || !trimmed.includes('"')) return undefined;
  for (const candidate of [trimmed, trimmed.slice(start, end + 1), trimmed.slice(start, end + 1).replace(/,(\s*[\]}])/gu, "$1")]) {
    try {
      return JSON.parse(candidate);
    } catch {
      continue;
    }
  }
  return undefined;
}

function collect(value: unknown, group: string | null, depth: number, todos: Todo[]): void {
  if (depth > MOST_DEPTH || todos.length >= MOST_TODOS) return;
  if (Array.isArray(value)) {
    for (const entry of value) {
      if (typeof entry === "string") todos.push({ content: entry, status: "open", group });
      else collect(entry, group, depth + 1, todos);
    }
    return;
  }
  if (!isRecord(value)) return;
  const call = argumentsOf(value);
  if (call !== undefined) {
    collect(call, group, depth + 1, todos);
    return;
  }
  const content = textUnder(value, CONTENT_KEYS);
  const lists = LIST_KEYS.filter((key) => Array.isArray(value[key]) || isRecord(value[key]));
  if (lists.length > 0) {
    for (const key of lists) collect(value[key], content ?? textUnder(value, GROUP_KEYS) ?? group, depth + 1, todos);
  } else if (content !== null) {
    const id = value["id"];
    todos.push({
      ...(typeof id === "string" || typeof id === "number" ? { id: String(id) } : {}),
      content,
      status: statusOf(value),
      group: textUnder(value, GROUP_KEYS) ?? group,
    });
  } else {
    for (const [key, entry] of Object.entries(value)) if (Array.isArray(entry)) collect(entry, key, depth + 1, todos);
  }
}

/** What a call hands over, also where it stands as text; undefined when the record is no call. */
function argumentsOf(record: Readonly<Record<string, unknown>>): unknown {
  for (const key of CALL_KEYS) {
    const value = record[key];
    if (isRecord(value)) return value;
    if (typeof value === "string" && value.trimStart().startsWith("{")) return parseLeniently(value);
  }
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textUnder(record: Readonly<Record<string, unknown>>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = record[key];
    if (typeof value === "string" && value.trim() !== "") return value;
  }
  return null;
}

function statusOf(record: Readonly<Record<string, unknown>>): Todo["status"] {
  const status = String(record["status"] ?? record["state"] ?? "").toLowerCase();
  if (/^(?:cancel|cancelled|canceled|skipped|rejected|deleted|dropped|wontfix)/u.test(status)) return "cancelled";
  if (/^(?:completed?|done|finished|closed)/u.test(status)) return "done";
  return [record["done"], record["completed"], record["checked"]].includes(true) ? "done" : "open";
}
