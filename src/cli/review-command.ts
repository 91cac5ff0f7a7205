import type { Command } from "commander";
import { BadInput } from "../fetch/bad-input.ts";
import type { ReviewOptions } from "./run-review.ts";
import { addSettings } from "./setting-options.ts";

const WAYS = ["input", "jsonl", "base", "github"] as const;

/** The one way in that the caller chose. Throws BadInput when it is none or several. */
function chooseWay(options: ReviewOptions): (typeof WAYS)[number] {
  const chosen = WAYS.filter((way) => options[way] !== undefined);
  const [way] = chosen;
  if (!way || chosen.length > 1) {
    const found = chosen.length === 0 ? "none of them" : chosen.map((name) => `--${name}`).join(" and ");
    throw new BadInput(`review: expected one of --input FILE, --jsonl, --base REF or --github OWNER/REPO#N, found ${found}`);
  }
  const stray = (["head", "body", "title"] as const).find((name) => options[name] !== undefined);
  if (stray && way !== "base") throw new BadInput(`--${stray}: expected only beside --base, found it beside --${way}`);
  return way;
}

/** `review`: one pull request, or a stream of them, to its verdict. */
export function addReviewCommand(program: Command): void {
  const command = program.command("review").description("review one pull request, or a stream of them");
  addSettings(command)
    .option("--input <file>", "a pull request as JSON; - reads stdin")
    .option("--jsonl", "a pull request a line on stdin, a review a line on stdout")
    .option("--base <ref>", "the local git range from where the head left this ref")
    .option("--head <ref>", "head of the range (default: HEAD); its commits, not what is uncommitted")
    .option("--body <file>", "the description of the range; - reads stdin")
    .option("--title <text>", "the title of the range (default: the newest commit's subject)")
    .option("--github <owner/repo#n>", "a pull request on GitHub, read only (GITHUB_TOKEN, GITHUB_API_URL)")
    .action(async (options: ReviewOptions) => {
      const way = chooseWay(options);
      const { runReview, runReviewLines } = await import("./run-review.ts");
      process.exitCode = way === "jsonl" ? await runReviewLines(options) : await runReview(options);
    });
}
