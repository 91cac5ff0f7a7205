import type { Review } from "../model/review.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { renderSarif } from "../render/sarif.ts";
import { renderTerminal } from "../render/terminal.ts";
import { SARIF_TOOL, terminalOptions } from "./output-style.ts";
import { renderJson } from "./render-json.ts";
import type { Format } from "./setting-options.ts";

/** A review as it is written in a format. */
export function renderReview(review: Review, format: Format): string {
  switch (format) {
    case "json":
      return renderJson(review);
    case "markdown":
      return renderMarkdown(review);
    case "sarif":
      return renderJson(renderSarif([review], SARIF_TOOL));
    case "text":
      return renderTerminal(review, terminalOptions());
  }
}
