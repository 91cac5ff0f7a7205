import type { Finding } from "../model/finding.ts";
import type { Review } from "../model/review.ts";
import { type Block, code, count, type Line, link, type Mark, mark, place, prose, type Row } from "./document.ts";
import { RULE_PAGES } from "./rule-page.ts";
import { acceptedBy, findingsByWeight, isBlocking } from "./severity.ts";

/** All findings, folded away: their lines carry them too. */
export function findingBlocks(findings: readonly Finding[], review: Pick<Review, "shortfalls">): readonly Block[] {
  if (findings.length === 0) return [];
  return [{ kind: "details", summary: findingsSummary(findings), blocks: findingList(findings, review) }];
}

/** All findings, the blocking ones first, each with its reason and its repair. */
export function findingList(findings: readonly Finding[], review: Pick<Review, "shortfalls">): readonly Block[] {
  if (findings.length === 0) return [];
  const rows = findingsByWeight(findings).map((finding) => findingRow(finding, acceptedBy(finding, review)));
  return [
    { kind: "list", ordered: false, noun: "findings", rows },
    {
      kind: "paragraph",
      line: [prose("Each rule has a page with a bad and a good example: "), link("docs/rules", RULE_PAGES), prose(".")],
    },
  ];
}

/** "5 findings: 2 blocking, 3 advisory". */
export function findingsSummary(findings: readonly Finding[]): string {
  const parts = [
    [findings.filter(isBlocking).length, "blocking"],
    [findings.filter((each) => each.severity === "undetermined" && each.suppressed === undefined).length, "not decided"],
    [findings.filter((each) => each.severity === "advisory" && each.suppressed === undefined).length, "advisory"],
    [findings.filter((each) => each.suppressed !== undefined).length, "suppressed"],
  ] as const;
  const named = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return `${count(findings.length, "finding")}: ${named.join(", ")}`;
}

function findingRow(finding: Finding, signer: string | null): Row {
  const line: Line = [
    mark(markOf(finding)),
    prose(" "),
    place(finding.path, finding.line),
    prose(" "),
    prose(finding.message),
    prose(" ("),
    code(finding.rule),
    prose(")"),
  ];
  const why: Line = finding.why === "" ? [prose(finding.fix)] : [prose(`${finding.why} `), prose(finding.fix)];
  return {
    line,
    under: [
      ...(finding.why === "" && finding.fix === "" ? [] : [why]),
      ...(finding.suppressed === undefined ? [] : [[prose("Suppressed in the code: "), code(finding.suppressed)]]),
      ...(signer === null ? [] : [[prose("Accepted by "), code(`@${signer}`)]]),
    ],
  };
}

function markOf(finding: Finding): Mark {
  if (finding.suppressed !== undefined) return "–";
  return finding.severity === "blocking" ? "✗" : "·";
}
