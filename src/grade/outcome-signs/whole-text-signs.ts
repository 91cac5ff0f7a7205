import { ALERT_SIGNS } from "./alert-signs.ts";
import { COUNTER_SIGNS } from "./counter-signs.ts";
import { EMITTED_SIGNS } from "./emitted-signs.ts";
import { END_STATE_SIGNS } from "./end-state-signs.ts";
import { LANGUAGE_SIGNS } from "./language-signs.ts";
import { PROHIBITION_SIGNS } from "./prohibition-signs.ts";
import { RESPONSE_SIGNS } from "./response-signs.ts";
import { TARGET_SIGNS } from "./target-signs.ts";
import { TRIGGER_SIGNS } from "./trigger-signs.ts";
import type { OutcomeSign } from "./outcome-sign.ts";

/** Signs that are looked for in the whole item. Each was written from one sentence of the label guide. */
export const WHOLE_TEXT_SIGNS: readonly OutcomeSign[] = [
  ...TRIGGER_SIGNS,
  ...LANGUAGE_SIGNS,
  ...RESPONSE_SIGNS,
  ...EMITTED_SIGNS,
  ...TARGET_SIGNS,
  ...ALERT_SIGNS,
  ...END_STATE_SIGNS,
  ...PROHIBITION_SIGNS,
  ...COUNTER_SIGNS,
];
