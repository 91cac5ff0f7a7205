import { ts } from "ts-morph";
import { isCatchClause } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { errorReceiverOf, treatmentOf } from "../../../syntax/catches.ts";
import { formerOf, placeOf } from "../../../syntax/former-file.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { CatchClause } = ts.SyntaxKind;

/** A change after which a catch logs that something failed, and no longer what. */
export const logKeepsTheError: Rule = {
  id: "log-keeps-the-error",
  requirement: "structured-logging",
  severity: "advisory",
  title: "A log line that carried the error still does",
  why: "Without the error nobody can tell from the log what went wrong, or where.",
  fix: "Hand the error to the log call again: `logger.error({ err: error }, ...)`.",
  source: "https://getpino.io/#/docs/api?id=errors",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `export async function verify(token) {
  try {
    return await keys.verify(token);
  } catch (error) {
    logger.warn({ err: error }, "token refused"); // removed
    logger.warn("token refused"); // added
    return null;
  }
}
`,
    good: `export async function verify(token) {
  try {
    return await keys.verify(token);
  } catch (error) {
    logger.warn({ err: error }, "token refused"); // removed
    logger.info({ err: error, kid: token.kid }, "token refused"); // added
    return null;
  }
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const former = formerOf(file);
      if (!former || former.nodes(CatchClause).length === 0) return [];
      const before = catchesByPlace(former);
      return [...catchesByPlace(file)].flatMap(([place, now]): Problem[] => {
        const were = before.get(place);
        if (!were || were.length !== now.length) return [];
        return now.flatMap((each, i): Problem[] => {
          const was = were[i];
          const [log] = each.logs;
          return log && was && was.usesError && was.logs.length > 0 && !each.usesError && !each.rethrows
            ? [
                {
                  node: log.expression,
                  alsoTouches: [log],
                  message: "This log line carried the error before the change; now nothing in this catch does.",
                },
              ]
            : [];
        });
      });
    },
  },
};

type ErrorTreatment = ReturnType<typeof treatmentOf>;

function catchesByPlace(file: SourceFacts): ReadonlyMap<string, readonly ErrorTreatment[]> {
  const found = new Map<string, ErrorTreatment[]>();
  for (const node of file.nodes(CatchClause)) {
    const receiver = isCatchClause(node) ? errorReceiverOf(node) : null;
    if (!receiver) continue;
    const place = placeOf(node);
    const list = found.get(place);
    if (list) list.push(treatmentOf(receiver, file));
    else found.set(place, [treatmentOf(receiver, file)]);
  }
  return found;
}
