import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Nodes } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { parse } from "yaml";
import type { Shortfall } from "../../src/model/acceptance.ts";
import type { RiskForm } from "../../src/model/risk-form.ts";
import type { RiskReply } from "../../src/render/risk-reply.ts";
import { renderRiskReply } from "../../src/render/render-risk-reply.ts";
import { acceptanceState } from "../../src/risks/acceptance-state.ts";
import { findCommands } from "../../src/risks/find-commands.ts";
import { parseRiskForm } from "../../src/risks/parse-risk-form.ts";

const CONTEXT = { earliest: "2026-11-24", latest: "2027-02-21", decisionMakers: "@acme/architects or a person with the role admin" };
const DATES = { writtenAt: "2026-11-23T12:00:00Z", now: "2026-11-23T12:00:00Z", horizonDays: 90 };
const FORM: RiskForm = { retrofitOn: "2027-01-15", engineerWeeks: 1.5, acceptedBy: ["dana"], mitigation: "10 req/min" };
const OPEN: Shortfall = { id: "section-items", fingerprint: "s@1", signersNeeded: 1, detail: "Observability has 4 of 5 items" };
const TWO: Shortfall = { id: "card-data", fingerprint: "c", signersNeeded: 2, detail: "card numbers are logged in `src/pay.ts`" };

const render = (...replies: readonly RiskReply[]): string => renderRiskReply(replies, CONTEXT);

function refuse(form: string): RiskReply {
  const parsed = parseRiskForm(form, DATES);
  if (parsed.kind !== "faulty") throw new Error(`the form is ${parsed.kind}`);
  return { kind: "form-refused", faults: parsed.faults, understood: parsed.understood };
}

describe("the reply to a comment", () => {
  it("names every fault of a form, keeps what was understood, and shows dates as they were understood", () => {
    expect(
      render(refuse("retrofit date: 15 Jan 2026\nbudget: 2 weeks\naccepted by: @acme/architects\nmitigation: 10 req/min")),
    ).toMatchSnapshot();
  });

  it.each<[string, RiskReply]>([
    ["a form that waits", { kind: "form-waits", form: FORM, code: "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", signers: ["dana"], because: null }],
    [
      "a form whose author may not sign",
      {
        kind: "form-waits",
        form: FORM,
        code: "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE",
        signers: ["dana"],
        because: "@finn opened this pull request.",
      },
    ],
    [
      "a form that names nobody who may sign",
      {
        kind: "form-waits",
        form: FORM,
        code: "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE",
        signers: [],
        because: "@dana opened this pull request, and nobody signs for their own change.",
      },
    ],
    ["a signature", { kind: "signed", by: "dana", form: FORM, covered: [OPEN], open: [TWO] }],
    ["a refused signature", { kind: "signature-refused", because: "@finn is not a decision maker; see `decision-makers`." }],
    ["a code that nothing has", { kind: "unknown-code", typed: "AAAAA", waiting: ["11111-22222-33333-44444-55555"] }],
    ["a code left out", { kind: "unknown-code", typed: "", waiting: [] }],
    ["a withdrawal", { kind: "withdrawn", by: "dana" }],
    ["a withdrawal of nothing", { kind: "nothing-to-withdraw", by: "finn" }],
    ["a recheck", { kind: "rechecking" }],
    ["an unknown command", { kind: "unknown-command", text: "/accept-risk please" }],
    ["help", { kind: "help" }],
  ])("to %s", (_, reply) => {
    expect(render(reply)).toMatchSnapshot();
  });

  it("to a question about the status says what counts, is open, waits and ended", () => {
    const proposed = { kind: "proposed", at: "2026-11-23T12:01:00Z", formId: 1, by: 3, code: "X", form: FORM } as const;
    const signed = {
      formId: 1,
      by: 1,
      login: "dana",
      code: "X",
      authorised: true,
      fingerprints: ["s@1"],
      headSha: null,
      url: null,
    } as const;
    const events = [
      proposed,
      { kind: "signed", at: "2026-11-23T12:02:00Z", commentId: 2, ...signed },
      { kind: "signed", at: "2026-11-23T12:03:00Z", commentId: 3, ...signed, by: 2, login: "erin" },
    ] as const;
    expect(render({ kind: "status", state: acceptanceState(events, [OPEN, TWO], DATES.now) })).toMatchSnapshot();
    expect(render({ kind: "status", state: acceptanceState([proposed], [OPEN], DATES.now) })).toContain("`/accept-risk sign X`");
  });

  it("answers several commands in one comment, in order", () => {
    const text = render({ kind: "rechecking" }, { kind: "withdrawn", by: "dana" });
    expect(text.indexOf("Reviewing again")).toBeLessThan(text.indexOf("Withdrawn"));
  });

  it("to no command is empty", () => {
    expect(render()).toBe("");
  });

  it("offers a form that is complete once its blanks are filled", () => {
    const text = render(refuse("retrofit date: later\nbudget: 2 ew\naccepted by: @dana\nmitigation: 10 req/min"));
    const offered = /```text\n([\s\S]*?)```/.exec(text)?.[1]?.replace("retrofit date: __", "retrofit date: 2027-01-15") ?? "";
    const [command] = findCommands(offered);
    expect(command?.kind === "accept-risk" && parseRiskForm(command.form, DATES)).toEqual({
      kind: "complete",
      form: { ...FORM, engineerWeeks: 2 },
    });
  });

  it("lists commands that exist", () => {
    const listed = [...render({ kind: "help" }).matchAll(/^- `([^`]+)`/gm)].map((match) => match[1] ?? "");
    expect(listed).toHaveLength(7);
    expect(listed.flatMap((each) => findCommands(each)).map((command) => command.kind)).toEqual([
      "accept-risk",
      "sign",
      "withdraw",
      "status",
      "recheck",
      "plan",
      "reliability-help",
    ]);
  });
});

describe("text of others in a reply", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("@acme/everyone ", "#12 ", "<img src=x>", "```", "`", "\n\n# x", "[a](http://x)", "\u202E", "::error::"),
  );
  const text = fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join(""));

  /** What GitHub would act on outside code: kinds of nodes, and text that it would link. */
  const powers = (node: Nodes): readonly string[] => {
    if ("children" in node)
      return [...(node.type === "link" || node.type === "linkReference" ? [node.type] : []), ...node.children.flatMap(powers)];
    if (node.type === "text") return node.value.match(/@\w|#\d|\p{Bidi_Control}/gu) ?? [];
    return node.type === "inlineCode" || node.type === "code" ? [] : [node.type];
  };

  it("pings nobody, links nothing and is no markup", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const refused = refuse(`retrofit date: later ${one}\nbudget: x ${other}\naccepted by: 1 ${one}\nmitigation: x`);
        for (const reply of [
          refused,
          { kind: "unknown-command", text: one } as const,
          { kind: "unknown-code", typed: other, waiting: [] } as const,
        ]) {
          expect(powers(unified().use(remarkParse).use(remarkGfm).parse(render(reply)))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the reply within GitHub's limit", () => {
    const rows: readonly Shortfall[] = Array.from({ length: 2_000 }, (_, index) => ({ ...OPEN, detail: `é${index} `.repeat(50) }));
    const long = render(
      ...Array.from({ length: 5 }, () => ({ kind: "signed", by: "dana", form: FORM, covered: rows, open: rows }) as const),
    );
    expect(new TextEncoder().encode(long).length).toBeLessThanOrEqual(65_536);
  });

  it("is answered for every hostile form of the table", () => {
    const rows: readonly { comment: string }[] = parse(
      readFileSync(new URL("../../fixtures/risk-forms/hostile-comments.yml", import.meta.url), "utf8"),
    );
    const faulty = rows
      .flatMap(({ comment }) => findCommands(comment))
      .flatMap((command) => (command.kind === "accept-risk" ? [parseRiskForm(command.form, DATES)] : []));
    for (const parsed of faulty) {
      if (parsed.kind !== "faulty") continue;
      const answer = render({ kind: "form-refused", faults: parsed.faults, understood: parsed.understood });
      expect(answer.match(/^- \*\*/gm)).toHaveLength(parsed.faults.length);
    }
  });
});
