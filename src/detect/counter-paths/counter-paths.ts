import type { PathSignal } from "../path-signal.ts";
import { AROUND_CODE_PATHS } from "./around-code-paths.ts";
import { CLIENT_PATHS } from "./client-paths.ts";
import { FRONT_END_PATHS } from "./front-end-paths.ts";
import { MADE_ELSEWHERE_PATHS } from "./made-elsewhere-paths.ts";
import { SETTINGS_PATHS } from "./settings-paths.ts";

/**
 * What compilers write lies here, and so may a server that somebody wrote by hand: the path speaks against it, and settles it only where
 * the text is a machine's or not known.
 */
export const BUILT_CODE: PathSignal = {
  says: "built code",
  kind: "generated code",
  weight: -1.5,
  pattern: /(?:^|\/)(?:dist|build|out)\/[^/]*\.[cm]?js$/i,
};

/** Conventions that say the file is something other than backend code. */
export const COUNTER_PATHS: readonly PathSignal[] = [
  BUILT_CODE,
  ...AROUND_CODE_PATHS,
  ...MADE_ELSEWHERE_PATHS,
  ...SETTINGS_PATHS,
  ...FRONT_END_PATHS,
  ...CLIENT_PATHS,
];
