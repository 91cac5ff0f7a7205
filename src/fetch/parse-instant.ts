const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads an ISO 8601 date or instant as an instant in UTC. A date is its first moment; a time without an
 * offset is UTC, never the machine's own zone. Returns null for anything else, such as 2026-02-30.
 */
export function parseInstant(text: string): string | null {
  const [, day, time = "00:00", offset = "Z"] = INSTANT.exec(text) ?? [];
  if (day === undefined) return null;
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return null;
  const instant = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
