import { expect, test } from "vitest";
import { inspectPullRequest } from "../../src/inspect/inspect-pull-request.ts";
import { finallyDoesNotOverride } from "../../src/rubrics/backend-reliability/error-handling/error-handling/finally-does-not-override.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";

const move = (caught: string): string =>
  `export async function move(tx) {\n  try {\n    await tx.run();\n  }${caught} finally {\n    return tx.moved;\n  }\n}\n`;

test.each([
  ["no catch", "", "blocking"],
  ["a catch that throws again", " catch (error) {\n    if (error.isFinal) throw error;\n  }", "blocking"],
  ["a catch that lets no error out", " catch (error) {\n    logger.error({ err: error }, 'not moved');\n  }", "advisory"],
])("a return in finally with %s", (_, caught, severity) => {
  const pullRequest = buildPullRequest([{ path: "src/move.ts", status: "added", content: move(caught) }]);
  expect(inspectPullRequest(pullRequest, [], [finallyDoesNotOverride]).findings.map((f) => f.severity)).toEqual([severity]);
});
