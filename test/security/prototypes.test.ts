import { afterEach, describe, expect, test } from "vitest";
import { parsePullRequestInput } from "../../src/fetch/from-json.ts";
import { gradePlan } from "../../src/grade/grade-plan.ts";
import { DEFAULT_POLICY } from "../../src/model/policy.ts";
import { parsePolicyObject } from "../../src/policy/parse-policy-object.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { readPullRequestEvent } from "../../src/receive/pull-request-event.ts";
import { backendReliability } from "../../src/rubrics/backend-reliability/index.ts";

// Keys that reach an object's prototype, in all that people and GitHub send.
const POISON = ["__proto__", "constructor", "prototype"];
const before = Object.getOwnPropertyNames(Object.prototype);

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

/** JSON text in which the key stands as written. */
const json = (key: string, value: unknown) => `{${JSON.stringify(key)}:${JSON.stringify(value)}}`;

const grade = (body: string) =>
  gradePlan({ body, identity: "", rubric: backendReliability, thresholds: DEFAULT_POLICY.thresholds, openItems: "show", tools: [] });

describe.each(POISON)("the key %s", (key) => {
  test("is refused in a policy, as YAML and as an object", () => {
    expect(parsePolicy(`${key}:\n  polluted: true\n`, "policy").problems).not.toEqual([]);
    expect(parsePolicy(`rules:\n  ${key}: off\n`, "policy").problems).not.toEqual([]);
    expect(parsePolicyObject(JSON.parse(json(key, { polluted: true }))).problems).not.toEqual([]);
  });

  test("in a plan as JSON names no section and brings no item", () => {
    const item = { content: "pino logs every request with a UUID v4 within 10 ms", status: "pending" };
    const plan = grade(`\`\`\`json\n${json(key, [item])}\n\`\`\``);
    expect(plan.items.filter(({ section, counted }) => counted && section !== null && POISON.includes(section))).toEqual([]);
    const nested = grade(
      `\`\`\`json\n{"todos":[${json(key, { polluted: true }).slice(0, -1)},"content":"Fault Tolerance","status":"pending"}]}\n\`\`\``,
    );
    expect(nested.boxes).toHaveLength(6);
  });

  test("as a heading, a bold label or a section of a table is no section", () => {
    const plan = grade(
      `## ${key}\n\n- pino logs 3 fields\n\n**${key}**\n\n- pino logs 4 fields\n\n| section | item |\n|---|---|\n| ${key} | pino logs 5 fields |\n`,
    );
    expect(plan.items.filter(({ counted, section }) => counted && section !== null)).toEqual([]);
  });

  test("in a webhook changes no job", () => {
    const payload = {
      action: "opened",
      installation: { id: 7 },
      repository: { full_name: "acme/api" },
      pull_request: { number: 3, head: { sha: "a".repeat(40) } },
    };
    const origin = { deliveryId: "d-1", cause: "pull_request.opened" };
    const poisoned: unknown = JSON.parse(
      `${JSON.stringify(payload).slice(0, -1)},${json(key, { polluted: true, action: "closed" }).slice(1)}`,
    );
    expect(readPullRequestEvent(poisoned, origin)).toEqual(readPullRequestEvent(payload, origin));
  });

  test("in a pull request as JSON changes nothing, and its policy is refused", () => {
    const plain = { title: "t", body: null, files: [{ path: key, status: "added", content: "x" }] };
    const options = { now: "2026-05-01T08:00:00.000Z" };
    const poisoned: unknown = JSON.parse(`${JSON.stringify(plain).slice(0, -1)},${json(key, { polluted: true, draft: true }).slice(1)}`);
    expect(parsePullRequestInput(poisoned, options)).toEqual(parsePullRequestInput(plain, options));
    const policy: unknown = JSON.parse(json(key, { mode: "observe" }));
    expect(parsePullRequestInput({ ...plain, policy }, options)).toMatchObject({ policy: { mode: "enforce" } });
  });
});
