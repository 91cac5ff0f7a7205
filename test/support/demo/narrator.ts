import { styleText } from "node:util";
import wrapAnsi from "wrap-ansi";
import type { CheckRun } from "../github/model/check.ts";

const WIDTH = 80;
const SUMMARY_LINES = 18;
const MARKS: Readonly<Record<string, string>> = { success: "✓", neutral: "~", failure: "✗", action_required: "!" };
const COLOURS = { success: "green", neutral: "yellow", failure: "red", action_required: "yellow" } as const;

/** Tells the demonstration on a terminal, one step after the other. */
export interface Narrator {
  readonly step: (title: string) => void;
  readonly say: (text: string) => void;
  /** A check run as its reader meets it: title, then the summary's first lines. */
  readonly check: (run: CheckRun, lines?: number) => void;
  readonly quote: (who: string, text: string, lines?: number) => void;
}

/** Colour only where the stream is a terminal that wants it. */
export function createNarrator(out: NodeJS.WriteStream): Narrator {
  const style = (format: Parameters<typeof styleText>[0], text: string) => styleText(format, text, { stream: out });
  let steps = 0;
  const write = (text: string) => out.write(`${text}\n`);
  const bar = (line: string) => {
    for (const part of wrapAnsi(line, WIDTH - 4, { hard: true }).split("\n")) write(`  ${style("dim", "│")} ${part}`);
  };
  const quoted = (text: string, lines: number) => {
    const all = text.trimEnd().split("\n");
    for (const line of all.slice(0, lines)) bar(line);
    if (all.length > lines) write(`  ${style("dim", `│ ... ${all.length - lines} more lines`)}`);
  };
  return {
    step: (title) => write(`\n${style("bold", `${(steps += 1)}. ${title}`)}`),
    say: (text) => write(`  ${text}`),
    check: (run, lines = SUMMARY_LINES) => {
      const conclusion = run.conclusion ?? "failure";
      const colour = COLOURS[conclusion as keyof typeof COLOURS] ?? "red"; // other conclusions do not come from us
      write(`  ${style(colour, `${MARKS[conclusion] ?? "?"} ${run.name}: ${conclusion}`)} - ${style("bold", run.output.title ?? "")}`);
      quoted(run.output.summary ?? "", lines);
      for (const note of run.annotations.slice(0, 5))
        bar(`${note.path}:${note.start_line} [${note.annotation_level}] ${note.message.split("\n")[0]}`);
    },
    quote: (who, text, lines = SUMMARY_LINES) => {
      write(`  ${who}:`);
      quoted(text, lines);
    },
  };
}
