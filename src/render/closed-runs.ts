import type { CheckRun } from "../model/check-run.ts";
import { CHECK_RUN_NAME } from "./check-run.ts";
import { prose } from "./document.ts";
import { LIMITS } from "./limits.ts";
import { PAYMENT_CHECK_RUN_NAME } from "./payment-check-run.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** What takes the place of our runs on the head of a pull request that was closed without merging; none is created for it. */
export function renderClosedRuns(number: number): readonly CheckRun[] {
  const why = `Pull request #${number} was closed without merging, and its verdict with it. Reopen it, or open another with this commit: that one is reviewed by its own description, base and signatures.`;
  return [CHECK_RUN_NAME, PAYMENT_CHECK_RUN_NAME].map((name) => ({
    name,
    conclusion: "cancelled",
    title: `Pull request #${number} was closed - its verdict no longer counts`,
    summary: writeMarkdown([{ kind: "paragraph", line: [prose(why)] }], LIMITS.checkTextBytes),
    text: "",
    annotations: [],
    actions: [],
    onlyInPlaceOfAnother: "own",
  }));
}
