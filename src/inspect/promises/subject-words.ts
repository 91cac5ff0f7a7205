/** Words that say nothing of what a number is about. */
const COMMON: ReadonlySet<string> = new Set(
  (
    "the and for all any each every per from into with when then than that this its has have will are our via out on in at by of to or not no " +
    "time timeout ms sec second seconds minute min hour day week month year millisecond after before within under over max maximum min limit rate " +
    "call request response retry attempt backoff reset http https api client server service default option config configuration constant setting value " +
    "set get use used user fail failure error window token key index main app src lib util test axios fetch got ky abort signal abortsignal async await " +
    "new create make load send handle process run options params data item number count total keep kept retention retain purge purged delete deleted " +
    "remove expire expired expiry ttl job nightly daily com example www org net io env node " +
    "outbound external upstream downstream dependency third party provider remote network general overall other everything else depending take most least " +
    "between about roughly express fastify koa nest ip req address caller visitor limiter throttle public cockatiel opossum breaker around sustained burst " +
    "aes gcm cbc tls rest transit encryption encrypt encrypted decrypt seal stored store cipher up jitter exponential more less system platform operation wait waits answer reply finish"
  ).split(" "),
);

/** The words of a name or a text that tell what it is about: lower case, without a plural's s, common words left out. */
export function subjectWords(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const spaced = text.slice(0, 2000).replace(/([a-z0-9])(?=[A-Z])/g, "$1 ");
  for (const word of spaced.toLowerCase().split(/[^a-z]+/)) {
    const one = word.length > 3 && word.endsWith("s") && !word.endsWith("ss") && word !== "sms" ? word.slice(0, -1) : word;
    if (one.length > 1 && !COMMON.has(one) && !COMMON.has(word)) found.add(one);
  }
  return found;
}

/** How many words two subjects share. */
export function sharedWords(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const word of one) if (other.has(word) || hasForm(word, other)) count++;
  return count;
}

/** "geocode" and "geocoder" are one subject; short words are taken as they are. */
function hasForm(word: string, words: ReadonlySet<string>): boolean {
  if (word.length < 5) return false;
  for (const each of words) if (each.length >= 5 && (each.startsWith(word) || word.startsWith(each))) return true;
  return false;
}
