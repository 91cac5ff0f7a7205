import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import { paymentOperationsRules } from "../../src/rubrics/payment-operations/rules.ts";
import { buildPullRequest } from "./build-pull-request.ts";

const root = join(import.meta.dirname, "../../fixtures/payment-sdks");
const MARK = / *\/\/ expect: (.*)$/;

/** One documented call of one provider: what the payment rules say of its right and wrong uses. */
export interface PaymentSdkCase {
  readonly provider: string;
  readonly call: string;
  readonly file: string;
  /** Uses as the provider documents them, and how many of them the rules leave alone. */
  readonly right: { readonly uses: number; readonly silent: number };
  /** Marked lines, and how many of them the rules find for the marked reason. */
  readonly wrong: { readonly uses: number; readonly found: number };
  readonly rules: readonly string[];
  /** `line rule` of every finding that is not marked, and of every mark without a finding. */
  readonly astray: readonly string[];
}

/** Every `// case:` of fixtures/payment-sdks, by provider, file and line. */
export function loadPaymentSdkCases(): readonly PaymentSdkCase[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted()
    .flatMap(casesOf);
}

function casesOf(file: string): readonly PaymentSdkCase[] {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  const content = lines.map((line) => line.replace(MARK, "")).join("\n");
  const change = buildPullRequest([{ path: `src/${file}`, status: "added", content }]);
  const found = inspectPullRequest(change, [], paymentOperationsRules).findings.map(({ line, rule }) => ({ line, rule }));
  const marked = lines.flatMap((line, i) => (MARK.exec(line)?.[1]?.split(", ") ?? []).map((rule) => ({ line: i + 1, rule })));
  const heads = lines.flatMap((line, i) => (line.startsWith("// case: ") ? [{ call: line.slice(9), first: i + 1 }] : []));
  return heads.map(({ call, first }, i): PaymentSdkCase => {
    const end = heads[i + 1]?.first ?? lines.length + 1;
    const isHere = ({ line }: { line: number }): boolean => line > first && line < end;
    const [expected, spoken] = [marked.filter(isHere), found.filter(isHere)];
    const has = (list: typeof found, one: { line: number; rule: string }): boolean =>
      list.some((each) => each.line === one.line && each.rule === one.rule);
    const unmarked = spoken.filter((one) => !has(expected, one));
    const uses = usesIn(lines.slice(first, end - 1), first + 1);
    const right = uses.filter((use) => !expected.some(({ line }) => line >= use.first && line <= use.last));
    return {
      provider: file.split("/")[0] ?? "",
      call,
      file,
      right: {
        uses: right.length,
        silent: right.filter((use) => !unmarked.some(({ line }) => line >= use.first && line <= use.last)).length,
      },
      wrong: { uses: expected.length, found: expected.filter((one) => has(spoken, one)).length },
      rules: [...new Set(expected.map(({ rule }) => rule))],
      astray: [...unmarked, ...expected.filter((one) => !has(spoken, one))].map(({ line, rule }) => `${line} ${rule}`),
    };
  });
}

/** Top-level statements: an export or a route each. */
function usesIn(lines: readonly string[], offset: number): readonly { readonly first: number; readonly last: number }[] {
  const starts = lines.flatMap((line, i) => (/^(?:export|app\.post)/.test(line) ? [i + offset] : []));
  return starts.map((first, i) => ({ first, last: (starts[i + 1] ?? offset + lines.length) - 1 }));
}
