/** Retries may add a tenth to the requests, and a burst of this many. */
const SHARE = 0.1;
const BURST = 20;

/** Keeps retries from multiplying the load on a GitHub that fails. */
export interface RetryBudget {
  onRequest(): void;
  /** Takes one retry; false when none is left. */
  take(): boolean;
}

export function createRetryBudget(): RetryBudget {
  let left = BURST;
  return {
    onRequest() {
      left = Math.min(BURST, left + SHARE);
    },
    take() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
