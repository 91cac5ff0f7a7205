import type { ts } from "ts-morph";
import { isAwaitExpression, isStringLiteralLike } from "./guards.ts";
import { enclosingFunction } from "./functions.ts";
import { callsLike } from "./named-calls.ts";
import { receiverOf } from "./origin.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

/** A transaction that is opened and ended by statements: `client.query("BEGIN")` to `client.query("COMMIT")`, in one function. */
export interface WrittenTransaction {
  readonly begin: ts.CallExpression;
  readonly commit: ts.CallExpression;
}

const queries = callsLike(["query", "execute", "raw", "$executeRawUnsafe"]);

/** Every transaction of the file that is written out, in source order. */
export const writtenTransactionsOf = perFile((file): readonly WrittenTransaction[] => {
  const calls = queries(file).filter(({ parent }) => isAwaitExpression(parent));
  const begins = calls.filter((call) => /^\s*(?:BEGIN|START TRANSACTION)\b/i.test(statementOf(call)));
  return begins.flatMap((begin) => {
    const around = enclosingFunction(begin);
    const on = receiverOf(begin)?.getText(file.sourceFile);
    const commit = calls.find(
      (call) =>
        call.pos > begin.end &&
        /^\s*COMMIT\b/i.test(statementOf(call)) &&
        enclosingFunction(call) === around &&
        receiverOf(call)?.getText(file.sourceFile) === on,
    );
    return commit ? [{ begin, commit }] : [];
  });
});

/** The one that is open where a node stands; null when none is. */
export function writtenTransactionAround(node: ts.Node, file: SourceFacts): WrittenTransaction | null {
  const open = writtenTransactionsOf(file).filter(({ begin, commit }) => begin.end < node.pos && node.end < commit.pos);
  return open.at(-1) ?? null;
}

function statementOf(call: ts.CallExpression): string {
  const [first] = call.arguments;
  return first && isStringLiteralLike(first) ? first.text : "";
}
