/** Says on a terminal's stderr what is going on, once it takes over a second. Silent anywhere else. */
export interface Progress {
  /** One more is done. */
  readonly count: () => void;
  /** Takes the line away again. */
  readonly end: () => void;
}

const FIRST_AFTER_MS = 1000;
const EVERY_MS = 250;

/** Starts a progress line such as "Reviewing... 120 pull requests". */
export function startProgress(doing: string, things: string): Progress {
  if (!process.stderr.isTTY) return { count: () => {}, end: () => {} };
  let done = 0;
  let isShown = false;
  const show = () => {
    isShown = true;
    process.stderr.write(`\r\u001b[K${doing}...${done > 0 ? ` ${done} ${things}` : ""}`);
  };
  let repeated: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    show();
    repeated = setInterval(show, EVERY_MS).unref();
  }, FIRST_AFTER_MS).unref();
  return {
    count: () => {
      done++;
    },
    end: () => {
      clearTimeout(first);
      clearInterval(repeated);
      if (isShown) process.stderr.write("\r\u001b[K");
    },
  };
}
