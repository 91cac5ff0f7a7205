import { z } from "zod";
import type { Thresholds } from "../model/policy.ts";
import { DEFAULT_POLICY } from "../model/policy.ts";
import { isMatchAll, isPathPattern, PATH_PATTERN, PATH_PATTERN_EXPECTATION } from "./path-pattern.ts";

// Every `error` below completes the sentence "found X; expected ...", so it names the whole range at once.

function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

function oneOf<const T extends readonly [string, ...string[]]>(...values: T) {
  return z.enum(values, { error: `one of: ${values.join(", ")}` });
}

function listOf<T extends z.ZodType>(entry: T, most: number, what: string) {
  const error = `a list of ${what}, at most ${most}`;
  return z.array(entry, { error }).max(most, { error });
}

function textMatching(pattern: RegExp, error: string) {
  return z.string({ error }).regex(pattern, { error });
}

const LOGIN = /^@?[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?$/;
const LOGIN_OR_BOT = /^@?[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?(?:\[bot\])?$/;
const TEAM = /^@?(?:[A-Za-z0-9][A-Za-z0-9_-]{0,62}\/)?[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;
/** Roles that anyone has on a public repository are no authority, so they are not accepted. */
const ROLE = /^(?!(?:none|read|pull)$)[A-Za-z][A-Za-z0-9 ._-]{0,63}$/i;
/** Two words or more: a rule id is a statement. Also keeps `constructor` and its like out. */
const RULE_ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;
const WORD = /^(?=.*\p{L}.*\p{L}.*\p{L})[\p{L}\p{N}](?:[\p{L}\p{N} _./-]{0,58}[\p{L}\p{N}])$/u;
const TOOL = /^(?=.*\p{L})[@\p{L}\p{N}][\p{L}\p{N} _@./#+-]{1,59}$/u;

const pathPattern = textMatching(PATH_PATTERN, PATH_PATTERN_EXPECTATION).refine(isPathPattern, { error: PATH_PATTERN_EXPECTATION });
const excludePattern = pathPattern.refine((pattern) => !isMatchAll(pattern), {
  error: "a pattern that leaves something to review; to report without blocking, use `mode: observe`",
});
const word = textMatching(WORD, "a word or phrase of 3 to 60 letters, digits, spaces, `-`, `_`, `.` or `/`, with at least three letters");

function mapOf<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape, { error: `a map with the keys ${Object.keys(shape).join(", ")}` });
}

function thresholdsSchema(preset: Thresholds) {
  return mapOf({
    "total-items": wholeNumber(5, 200).default(preset.totalItems).meta({ description: "Counted items in the whole plan." }),
    "section-items": wholeNumber(1, 40).default(preset.sectionItems).meta({ description: "Counted items in each section." }),
    "numbers-percent": wholeNumber(0, 100)
      .default(preset.numbersPercent)
      .meta({ description: "Share of counted items with concrete numbers, in percent." }),
    "tools-percent": wholeNumber(0, 100)
      .default(preset.toolsPercent)
      .meta({ description: "Share of counted items that name specific tools, in percent." }),
    "outcomes-percent": wholeNumber(0, 100)
      .default(preset.outcomesPercent)
      .meta({ description: "Share of counted items that are not surely without a measurable outcome, in percent." }),
    "unsure-percent": wholeNumber(0, 100)
      .default(preset.unsurePercent)
      .meta({ description: "Largest share of counted items whose outcome may be unsure, in percent." }),
    passing: wholeNumber(4, 8)
      .default(preset.passing)
      .meta({ description: "Points to pass, of 8. Four of the points must be earned in any case." }),
  });
}

const decisionMakers = mapOf({
  users: listOf(textMatching(LOGIN, "a GitHub login of a person, such as `dana`; a bot cannot sign"), 100, "GitHub logins")
    .default([])
    .meta({ description: "Logins of people who may sign for a risk." }),
  teams: listOf(textMatching(TEAM, "a team's slug, `team` or `org/team`"), 100, "teams")
    .default([])
    .meta({ description: "Teams whose members may sign, as `team` or `org/team`. Members of nested teams count." }),
  roles: listOf(
    textMatching(
      ROLE,
      "a repository role such as admin, maintain, write or a custom role; read is no authority, anyone has it on a public repository",
    ),
    20,
    "repository roles",
  )
    .default([])
    .meta({ description: "Repository roles (GitHub's `role_name`) that may sign." }),
});

const shape = {
  mode: oneOf("enforce", "observe")
    .default(DEFAULT_POLICY.mode)
    .meta({ description: "`observe` reports without blocking, for a rollout." }),
  thresholds: thresholdsSchema(DEFAULT_POLICY.thresholds).prefault({}).meta({ description: "Minimums of the backend reliability plan." }),
  "payment-thresholds": thresholdsSchema(DEFAULT_POLICY.paymentThresholds)
    .prefault({})
    .meta({ description: "Minimums of the payment operations plan." }),
  "open-items": oneOf("show", "block")
    .default(DEFAULT_POLICY.openItems)
    .meta({ description: "Whether unticked items of a plan are only shown, or block." }),
  paths: mapOf({
    include: listOf(pathPattern, 200, "path patterns").default([]).meta({ description: "Globs of paths that always count as backend." }),
    exclude: listOf(excludePattern, 200, "path patterns")
      .default([])
      .meta({ description: "Globs of paths that never count as backend. Wins over `include`." }),
  })
    .prefault({})
    .meta({ description: "Paths that are, or are not, backend." }),
  words: mapOf({
    backend: listOf(word, 100, "words").default([]).meta({ description: "Your own words that speak for backend work in title and body." }),
    payments: listOf(word, 100, "words").default([]).meta({ description: "Your own words that speak for payment work in title and body." }),
  })
    .prefault({})
    .meta({ description: "Words that speak for backend or payments." }),
  tools: listOf(textMatching(TOOL, "a tool's name of 2 to 60 characters, with at least one letter"), 200, "tool names")
    .default([])
    .meta({ description: "Your own tools, as plan items may name them." }),
  rules: z
    .record(textMatching(RULE_ID, "a rule's id, such as `http-call-has-timeout`"), oneOf("blocking", "advisory", "off"), {
      error: "a map of rule ids to blocking, advisory or off",
    })
    .refine((rules) => Object.keys(rules).length <= 200, { error: "at most 200 rules" })
    .default({})
    .meta({ description: "Severity of single rules. Rules not named keep their own." }),
  "suppress-blocking": z
    .boolean({ error: "true or false" })
    .default(DEFAULT_POLICY.suppressBlocking)
    .meta({ description: "Whether an inline suppression with a reason may silence a blocking finding." }),
  "decision-makers": decisionMakers
    .default({ users: [], teams: [], roles: [...DEFAULT_POLICY.decisionMakers.roles] })
    .meta({ description: "Who may sign for a risk. Once this key is given, only those it names may sign." }),
  "horizon-days": wholeNumber(1, 365)
    .default(DEFAULT_POLICY.horizonDays)
    .meta({ description: "Days from now within which a retrofit date must lie." }),
  "exempt-authors": listOf(textMatching(LOGIN_OR_BOT, "a GitHub login, such as `dependabot[bot]`"), 100, "GitHub logins")
    .default([])
    .meta({ description: "Logins whose pull requests need no plan." }),
  comment: oneOf("failures", "none")
    .default(DEFAULT_POLICY.comment)
    .meta({ description: "Whether a failing pull request gets the sticky comment beside its check." }),
};

/**
 * The policy file as people write it: kebab-case keys, all optional, unknown keys refused. Parsing
 * fills every default in. Bounds keep a policy from switching the review off while looking strict:
 * no match-all exclusion, no role that everyone has, never fewer than the points that must be earned.
 */
export const policyFileSchema = mapOf(shape);

/** A policy file with its defaults filled in. */
export type PolicyFile = z.output<typeof policyFileSchema>;

/** Keys that a map of the policy file knows, by the map's dotted path ("" is the top). `rules` is open and not listed. */
export const POLICY_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ["", Object.keys(shape)],
  ["thresholds", Object.keys(thresholdsSchema(DEFAULT_POLICY.thresholds).shape)],
  ["payment-thresholds", Object.keys(thresholdsSchema(DEFAULT_POLICY.paymentThresholds).shape)],
  ["paths", ["include", "exclude"]],
  ["words", ["backend", "payments"]],
  ["decision-makers", Object.keys(decisionMakers.shape)],
]);
