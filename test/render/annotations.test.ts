import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnnotationLevel } from "../../src/model/check-run.ts";
import type { Finding } from "../../src/model/finding.ts";
import { renderAnnotations } from "../../src/render/annotations.ts";
import { RULE_PAGES, rulePageOf } from "../../src/render/rule-page.ts";
import { byteLength, LIMITS } from "../../src/render/limits.ts";
import { buildFinding, buildItem, buildReview } from "../support/build-review.ts";
import { buildHostileText } from "../support/hostile-text.ts";

const broken = buildItem({ line: 12, promise: { state: "contradicted", path: "src/a.ts", line: 9, detail: "4 s promised, 30 s found" } });

describe("renderAnnotations", () => {
  it.each<[string, Partial<Finding>, AnnotationLevel]>([
    ["blocking", {}, "failure"],
    ["advisory", { severity: "advisory" }, "warning"],
    ["undetermined", { severity: "undetermined" }, "notice"],
    ["suppressed", { suppressed: "legacy" }, "notice"],
    ["suppressed advisory", { severity: "advisory", suppressed: "legacy" }, "notice"],
  ])("shows a %s finding at its level", (_, overrides, level) => {
    const { shown } = renderAnnotations(buildReview({ verdict: "blocked", findings: [buildFinding(overrides)] }));
    expect(shown.map((annotation) => annotation.level)).toEqual([level]);
  });

  it("lowers a blocking finding to a warning when it was signed for, and in observe mode", () => {
    const shortfalls = [
      { id: "http-call-has-timeout", fingerprint: buildFinding().fingerprint, acceptedBy: "dana", signersNeeded: 1, detail: "" },
    ];
    const signed = renderAnnotations(buildReview({ verdict: "blocked", findings: [buildFinding()], shortfalls })).shown[0];
    expect(signed?.level).toBe("warning");
    expect(signed?.message).toMatch(/\nAccepted by dana\.\nMore: https:/);
    expect(renderAnnotations(buildReview({ verdict: "observed", findings: [buildFinding()] })).shown[0]?.level).toBe("warning");
  });

  it("gives message, reason and repair on lines of their own, and the reason of a suppression", () => {
    const [plain, suppressed] = renderAnnotations(
      buildReview({ findings: [buildFinding(), buildFinding({ suppressed: "legacy client" })] }),
    ).shown;
    const lines = [
      "`fetch(courierUrl)` has no timeout",
      "A courier that hangs keeps every worker waiting.",
      "Pass `AbortSignal.timeout(4000)`.",
    ];
    const page = `More: ${RULE_PAGES}/http-call-has-timeout.md`;
    expect(plain?.message).toBe([...lines, page].join("\n"));
    expect(suppressed?.message).toBe([...lines, "Suppressed in the code: legacy client", page].join("\n"));
    expect(rulePageOf("file-is-read-within-limits")).toBeNull();
    expect(plain?.title).toBe("http-call-has-timeout");
  });

  it("puts a broken promise on the line that breaks it", () => {
    expect(renderAnnotations(buildReview({ verdict: "blocked", items: [broken] })).shown).toEqual([
      {
        path: "src/a.ts",
        startLine: 9,
        endLine: 9,
        level: "failure",
        title: "The code contradicts the plan, line 12",
        message: "4 s promised, 30 s found\nThe plan says: Courier calls use undici with a 4s timeout and answer 504",
      },
    ]);
  });

  it("lowers only the broken promise that was signed for", () => {
    const other = buildItem({ line: 13, promise: { state: "contradicted", path: "src/b.ts", line: 2, detail: "other" } });
    const shortfalls = [{ id: "promise", fingerprint: "p", acceptedBy: "dana", signersNeeded: 1, detail: "4 s promised, 30 s found" }];
    const { shown } = renderAnnotations(buildReview({ verdict: "blocked", items: [broken, other], shortfalls }));
    expect(shown.map((annotation) => annotation.level)).toEqual(["warning", "failure"]);
  });

  it.each([
    ["kept", buildItem({ promise: { state: "kept", path: "a.ts", line: 1 } })],
    ["not counted", { ...broken, counted: false }],
    ["without a place", buildItem({ promise: { state: "contradicted" } })],
  ])("says nothing on the diff about a promise that is %s", (_, item) => {
    expect(renderAnnotations(buildReview({ items: [item] })).shown).toEqual([]);
  });

  it("keeps the heaviest hundred and counts the others", () => {
    const advisory = Array.from({ length: 99 }, (_, index) => buildFinding({ severity: "advisory", line: index + 1 }));
    const undecided = buildFinding({ severity: "undetermined", path: "z.ts" });
    const { shown, left } = renderAnnotations(buildReview({ findings: [...advisory, undecided, buildFinding({ line: 500 })] }));
    expect(shown).toHaveLength(100);
    expect(left).toBe(1);
    expect(shown.slice(0, 3).map((annotation) => [annotation.level, annotation.startLine])).toEqual([
      ["failure", 500],
      ["notice", 27],
      ["warning", 1],
    ]);
  });

  it("counts nothing when all hundred fit", () => {
    const findings = Array.from({ length: 100 }, () => buildFinding());
    expect(renderAnnotations(buildReview({ findings })).left).toBe(0);
  });

  it.each([
    [0, 0, 1, 1],
    [-3, 2, 1, 2],
    [9, 4, 9, 9],
    [4, 9, 4, 9],
  ])("repairs the lines %i-%i that GitHub would refuse", (line, endLine, startLine, end) => {
    expect(renderAnnotations(buildReview({ findings: [buildFinding({ line, endLine })] })).shown[0]).toMatchObject({
      startLine,
      endLine: end,
    });
  });

  it("leaves out a finding without a path, which would lose the whole batch", () => {
    expect(renderAnnotations(buildReview({ findings: [buildFinding({ path: "" }), buildFinding()] })).shown).toHaveLength(1);
  });

  it("keeps the path as it is, because GitHub looks it up", () => {
    expect(renderAnnotations(buildReview({ findings: [buildFinding({ path: "src/a `b`.ts" })] })).shown[0]?.path).toBe("src/a `b`.ts");
  });

  it("stays within GitHub's limits and free of control characters, whatever a finding says", () => {
    fc.assert(
      fc.property(buildHostileText(), fc.integer({ min: 1, max: 800 }), (text, times) => {
        const long = text.repeat(times);
        const findings = [buildFinding({ rule: long, message: long, why: long, fix: long, suppressed: long })];
        const item = buildItem({ text: long, promise: { state: "contradicted", path: "a.ts", line: 1, detail: long } });
        for (const { title, message } of renderAnnotations(buildReview({ findings, items: [item] })).shown) {
          expect(title.length).toBeLessThanOrEqual(LIMITS.annotationTitle);
          expect(byteLength(message)).toBeLessThanOrEqual(LIMITS.annotationMessageBytes);
          expect(title + message.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("fits five parts of the widest script", () => {
    const wide = "漢".repeat(30_000);
    const { shown } = renderAnnotations(
      buildReview({ findings: [buildFinding({ message: wide, why: wide, fix: wide, suppressed: wide })] }),
    );
    expect(byteLength(shown[0]?.message ?? "")).toBeLessThanOrEqual(LIMITS.annotationMessageBytes);
  });
});
