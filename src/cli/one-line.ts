const LONGEST = 600;

/** A message as exactly one line that no terminal acts upon: control and direction characters become spaces, length is bounded. */
export function oneLine(message: string): string {
  const clean = message
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .toWellFormed()
    .trim();
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}...` : clean;
}
