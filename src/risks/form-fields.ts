/** The fields of the risk form, in the order it shows them. */
export const RISK_FIELDS = ["retrofit-date", "budget", "accepted-by", "mitigation"] as const;

export type RiskField = (typeof RISK_FIELDS)[number];

/** A line that opens a field: which one, what the label was, and what follows it on the line. */
export interface FieldStart {
  readonly field: RiskField;
  readonly label: string;
  readonly value: string;
}

/** What people call the fields, in lower case with single blanks. */
const SYNONYMS: Readonly<Record<RiskField, readonly string[]>> = {
  "retrofit-date": [
    "retrofit date",
    "retrofit",
    "retrofit on",
    "retrofit by",
    "retrofit until",
    "retrofit deadline",
    "date of retrofit",
    "target date",
    "due date",
    "due on",
    "due by",
    "due",
    "deadline",
    "date",
    "fix by",
    "fix date",
    "fixed by",
    "done by",
    "completion date",
    "until",
    "expires",
    "expires on",
    "expiry",
    "expiry date",
    "by when",
    "when",
  ],
  budget: [
    "budget",
    "retrofit budget",
    "engineering budget",
    "time budget",
    "budget in engineer weeks",
    "engineer weeks",
    "eng weeks",
    "person weeks",
    "effort",
    "engineering effort",
    "estimate",
    "estimated effort",
    "cost",
  ],
  "accepted-by": [
    "accepted by",
    "risk accepted by",
    "acceptance by",
    "risk acceptance",
    "risk acceptance by",
    "acceptor",
    "accepting",
    "accepts",
    "signed by",
    "signed off by",
    "signer",
    "signers",
    "sign off",
    "approver",
    "approved by",
    "decision maker",
    "decision makers",
    "risk owner",
  ],
  mitigation: [
    "interim mitigation",
    "interim mitigation plan",
    "interim mitigations",
    "mitigation",
    "mitigations",
    "mitigation plan",
    "interim plan",
    "interim measure",
    "interim measures",
    "temporary measure",
    "temporary measures",
    "interim",
    "in the meantime",
    "in the interim",
    "meanwhile",
    "until then",
    "safeguard",
    "safeguards",
    "workaround",
  ],
};

const FIELD_OF: ReadonlyMap<string, RiskField> = new Map(
  RISK_FIELDS.flatMap((field) => SYNONYMS[field].map((synonym) => [synonym, field] as const)),
);

/** Labels that a value may follow without a separator, "accepted by @dana": two words, so that prose rarely starts with one. */
const BARE_LABEL = /^(retrofit (?:date|on|by)|accepted by|risk accepted by|interim mitigation|signed by|engineer[ -]weeks)\s+(?=[@\d])/i;

const LONGEST_LABEL = 60;
const SEPARATOR = /[:=|]|\s[-\u2013\u2014\u2192]+(?:>)?\s/;
const LIST_MARKER = /^(?:[-*+\u2022\u2013\u2014]\s+|\(?\d{1,2}[.)]\s+|\(?[a-d][.)]\s+|#{1,6}\s+|\[[ xX]\]\s+)/;
const DECORATION = /^[^\p{L}\p{N}@]+/u;

/** A line without list marker, checkbox, heading marks and table edges. */
export function stripMarkers(line: string): string {
  let rest = line.trim().replace(/^\|/, "").replace(/\|$/, "").trim();
  for (let step = 0; step < 4 && LIST_MARKER.test(rest); step++) rest = rest.replace(LIST_MARKER, "").trimStart();
  return rest;
}

function normaliseLabel(label: string): string {
  return label
    .replace(/\([^()]*\)/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[*_`"'~.,-]+/g, " ")
    .replace(DECORATION, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase()
    .replace(/^(?:an?|the|our|my|specific|a specific) /, "");
}

/** The field that a label names, or null. Case, emphasis, `snake_case`, `camelCase` and a remark in brackets do not matter. */
export function fieldOfLabel(label: string): RiskField | null {
  return label.length > LONGEST_LABEL ? null : (FIELD_OF.get(normaliseLabel(label)) ?? null);
}

/** Reads a line as the start of a field: `key: value`, `**Key** - value`, `key = value`, a table row, or the key alone. */
export function readFieldStart(line: string): FieldStart | null {
  const text = stripMarkers(line);
  const separator = SEPARATOR.exec(text.slice(0, LONGEST_LABEL + 40));
  if (separator) {
    const label = text.slice(0, separator.index);
    const field = fieldOfLabel(label);
    if (field) return { field, label, value: text.slice(separator.index + separator[0].length) };
  }
  const alone = fieldOfLabel(text);
  if (alone) return { field: alone, label: text, value: "" };
  const bare = BARE_LABEL.exec(text.replaceAll("*", "").slice(0, 200));
  const field = bare?.[1] ? fieldOfLabel(bare[1]) : null;
  return bare && field ? { field, label: bare[1] ?? "", value: text.replaceAll("*", "").slice(bare[0].length) } : null;
}
