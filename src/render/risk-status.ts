import type { AcceptanceState } from "../risks/acceptance-state.ts";
import { type Block, code, count, type Line, prose, type Row, strong } from "./document.ts";
import { shortfallText } from "./labels.ts";
import { SIGNATURE_ENDS } from "./signature-ends.ts";
import { quietNames } from "./signing-blocks.ts";

const HEADLINES: Readonly<Record<AcceptanceState["state"], string>> = {
  "not-needed": "Nothing has to be accepted: this head has no shortfall.",
  none: "Nothing is accepted, and no form waits for a signature.",
  waiting: "Nothing is accepted yet: a complete form waits for its signature.",
  accepted: "The risk is accepted: signatures cover every shortfall of this head.",
  insufficient: "The risk is accepted in part: what is open below blocks.",
  ended: "Nothing is accepted: no signature counts any more.",
};

/** The answer to `/accept-risk status`: what counts, what is open, what waits, and what ended. */
export function statusBlocks(state: AcceptanceState): readonly Block[] {
  const signer = (login: string): Line => quietNames(`@${login}`);
  const inForce = state.acceptances.map((each): Row => ({
    line: [
      prose("signed by "),
      ...signer(each.acceptedBy),
      prose(" through "),
      code(each.retrofitOn),
      prose(`, ${count(each.engineerWeeks, "engineer-week")}, until then `),
      code(each.mitigation),
    ],
  }));
  const open = state.coverage.open.map((each): Row => ({ line: [prose("open: "), prose(shortfallText(each))] }));
  const waiting =
    state.state === "waiting" ? state.forms.map((each): Row => ({ line: [prose("waits: "), code(`/accept-risk sign ${each.code}`)] })) : [];
  const ended = state.ended.map((each): Row => ({
    line: [prose("the signature of "), ...signer(each.login), prose(` ${SIGNATURE_ENDS[each.end]}`)],
  }));
  const rows = [...inForce, ...open, ...waiting, ...ended];
  const headline: Block = { kind: "paragraph", line: [strong("Status."), prose(` ${HEADLINES[state.state]}`)] };
  return rows.length === 0 ? [headline] : [headline, { kind: "list", ordered: false, noun: "entries", rows }];
}
