import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { renderSarif, type SarifTool } from "../../src/render/sarif.ts";
import { buildFinding } from "../support/build-review.ts";
import { buildHostileText } from "../support/hostile-text.ts";
import * as stories from "../support/review-stories.ts";

const tool: SarifTool = {
  name: "backend-reliability-enforcer",
  version: "0.1.0",
  informationUri: "https://github.com/acme/enforcer",
  helpUri: (rule) => `https://github.com/acme/enforcer/blob/main/docs/rules/${rule}.md`,
};

/** The published schema is draft 4; nothing in it but these two keywords means something else in draft 7. */
function loadSchema(): object {
  const path = fileURLToPath(import.meta.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(path, "utf8"));
  return schema;
}

const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(loadSchema());
const render = (findings: readonly Finding[]) => renderSarif([{ findings, notRead: [] }], tool);

describe("renderSarif", () => {
  it.each(Object.entries(stories))("is valid SARIF 2.1.0 for the story %s", (_, review) => {
    validate(renderSarif([review], tool));
    expect(validate.errors).toBeNull();
  });

  it("is refused by the schema when it is wrong, so that the test above means something", () => {
    const log = renderSarif([stories.blocked], tool);
    expect(validate({ ...log, version: "2.0.0" })).toBe(false);
    expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ message: {}, level: "fatal" }] }] })).toBe(false);
  });

  it("stays valid and encodes every path, whatever a finding says", () => {
    fc.assert(
      fc.property(buildHostileText(), (text) => {
        const log = renderSarif(
          [
            {
              findings: [buildFinding({ path: `src/${text}`, message: text, why: text, fix: text, suppressed: text })],
              notRead: [{ path: text, reason: text, undetermined: true }],
            },
          ],
          tool,
        );
        expect(validate(log)).toBe(true);
        const uri = log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? "";
        expect(uri).toMatch(/^[\w!'()*~.%/-]*$/);
        expect(decodeURIComponent(uri)).toBe(`src/${text}`.toWellFormed());
        expect(JSON.stringify(log)).not.toMatch(/\\u001b|\\u202e/);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ["blocking", "error"],
    ["advisory", "warning"],
    ["undetermined", "note"],
  ] as const)("shows a %s finding as %s", (severity, level) => {
    const [run] = render([buildFinding({ severity })]).runs;
    expect(run?.results?.[0]?.level).toBe(level);
    expect(run?.tool.driver.rules?.[0]?.defaultConfiguration?.level).toBe(level);
  });

  it("names each rule once, with its page, and points results at it", () => {
    const [run] = render([buildFinding({ rule: "z-last" }), buildFinding({ rule: "a-first" }), buildFinding({ rule: "z-last" })]).runs;
    expect(run?.tool.driver.rules?.map((rule) => [rule.id, rule.name, rule.helpUri])).toEqual([
      ["a-first", "AFirst", "https://github.com/acme/enforcer/blob/main/docs/rules/a-first.md"],
      ["z-last", "ZLast", "https://github.com/acme/enforcer/blob/main/docs/rules/z-last.md"],
    ]);
    expect(run?.results?.map((result) => [result.ruleId, result.ruleIndex])).toEqual([
      ["z-last", 1],
      ["a-first", 0],
      ["z-last", 1],
    ]);
  });

  it("leaves out what a rule does not say", () => {
    const [silent] = render([buildFinding({ why: "", fix: "" })]).runs[0]?.tool.driver.rules ?? [];
    expect(Object.keys(silent ?? {})).toEqual(["id", "name", "shortDescription", "helpUri", "defaultConfiguration", "properties"]);
    const [full] = render([buildFinding()]).runs[0]?.tool.driver.rules ?? [];
    expect(full).toMatchObject({ fullDescription: { text: buildFinding().why }, help: { text: buildFinding().fix } });
  });

  it("carries fingerprint, lines and one message", () => {
    const [result] = render([buildFinding({ line: 0, endLine: -1 })]).runs[0]?.results ?? [];
    expect(result).toMatchObject({
      partialFingerprints: { "backendReliability/v1": "f1f1f1f1f1f1f1f1" },
      message: {
        text: "`fetch(courierUrl)` has no timeout\nA courier that hangs keeps every worker waiting.\nPass `AbortSignal.timeout(4000)`.",
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "src/clients/courier.ts", uriBaseId: "SRCROOT" },
            region: { startLine: 1, endLine: 1 },
          },
        },
      ],
      suppressions: [],
    });
  });

  it("keeps the lines of a finding that spans several", () => {
    const [result] = render([buildFinding({ line: 4, endLine: 9 })]).runs[0]?.results ?? [];
    expect(result?.locations?.[0]?.physicalLocation?.region).toEqual({ startLine: 4, endLine: 9 });
  });

  it("shows reasons in the code and signatures as suppressions, and the finding all the same", () => {
    const [run] = renderSarif(
      [{ ...stories.riskAccepted, findings: [...stories.riskAccepted.findings, buildFinding({ suppressed: "replaced soon" })] }],
      tool,
    ).runs;
    expect(run?.results?.map((result) => result.suppressions)).toEqual([
      [],
      [{ kind: "external", status: "accepted", justification: "Risk accepted by @dana until 2026-12-01, 1.5 engineer-weeks" }],
      [{ kind: "inSource", status: "accepted", justification: "replaced soon" }],
    ]);
  });

  it("names the signer when no acceptance stands for all of it", () => {
    const { acceptance: _none, ...review } = stories.riskAccepted;
    expect(renderSarif([review], tool).runs[0]?.results?.[1]?.suppressions?.[0]?.justification).toBe("Accepted by dana");
  });

  it("reports what was not read as notifications of the run", () => {
    const notifications = renderSarif([stories.blocked], tool).runs[0]?.invocations?.[0]?.toolExecutionNotifications;
    expect(notifications?.map((each) => [each.level, each.message.text])).toEqual([
      ["warning", "assets/zones.min.ts: 2.3 MB"],
      ["note", "cmd/sync/main.go: Go is not inspected"],
    ]);
  });

  it("puts several reviews into one run", () => {
    const log = renderSarif([stories.blocked, stories.passed], tool);
    expect(log.runs).toHaveLength(1);
    expect(log.runs[0]?.results).toHaveLength(3);
  });
});
