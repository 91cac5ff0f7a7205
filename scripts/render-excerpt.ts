import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePullRequestInput } from "../src/fetch/from-json.ts";
import { inspectPullRequest } from "../src/inspect/inspect-pull-request.ts";
import type { Inspector } from "../src/model/inspector.ts";
import { renderCheckRun } from "../src/render/check-run.ts";
import { reviewSnapshot } from "../src/review-snapshot.ts";
import { allRules } from "../src/rubrics/all-rules.ts";

const STORY = join(import.meta.dirname, "../fixtures/pulls/carrier-quotes");
const SHOWN_STEPS = 6;

const inspector: Inspector = {
  inspect: async (pullRequest, items) => inspectPullRequest(pullRequest, items, allRules),
};

/**
 * The top of a failing check as a reader sees it: title, verdict and the first edits that would earn the
 * merge, made by reviewing the story of the fixtures. As a Markdown quotation.
 */
export async function renderExcerpt(): Promise<string> {
  const path = "src/routes/quotes.ts";
  const content = readFileSync(join(STORY, "careless", path), "utf8");
  const body = readFileSync(join(STORY, "vague-plan.md"), "utf8");
  const input = { repo: "acme/shop", number: 12, title: "Quote carriers", body, files: [{ path, status: "added", content }] };
  const pullRequest = parsePullRequestInput(input, { now: "2026-01-01T00:00:00.000Z" });
  if ("error" in pullRequest) throw new Error(pullRequest.error);
  const { name, title, summary } = renderCheckRun(await reviewSnapshot(pullRequest, inspector));
  const [top = "", steps = ""] = summary.split(/^### /m);
  const lines = steps.trimEnd().split("\n");
  const rows = lines.filter((line) => /^\d+\. /.test(line));
  const more = rows.length > SHOWN_STEPS ? [`${SHOWN_STEPS + 1}. ...`] : [];
  const quoted = [`**${name}: ${title}**`, "", top.trimEnd(), "", `**${lines[0] ?? ""}**`, "", ...rows.slice(0, SHOWN_STEPS), ...more];
  return quoted.map((line) => `> ${line}`.trimEnd()).join("\n");
}
