/** Which part of a list is wanted: from the front or from the back, 100 at most. */
export interface Slice {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A page of a list in GraphQL's form. Throws, as GitHub does, when neither `first` nor `last` is given. */
export function connection<Item, View>(items: readonly Item[], slice: Slice, view: (item: Item) => View) {
  const { first, last } = slice;
  const size = first ?? last ?? null;
  if (size === null) throw new Error("You must provide a `first` or `last` value to properly paginate the connection.");
  if (size < 1 || size > 100) throw new Error("Requesting more than 100 records exceeds the `first` limit of 100 records.");
  const low = slice.after === undefined || slice.after === null ? 0 : positionOf(slice.after) + 1;
  const high = slice.before === undefined || slice.before === null ? items.length : positionOf(slice.before);
  const from = first === undefined || first === null ? Math.max(low, high - size) : low;
  const to = first === undefined || first === null ? high : Math.min(high, low + size);
  const shown = items.slice(from, to);
  return {
    nodes: shown.map(view),
    totalCount: items.length,
    pageInfo: {
      startCursor: shown.length === 0 ? null : cursorAt(from),
      endCursor: shown.length === 0 ? null : cursorAt(to - 1),
      hasPreviousPage: from > 0,
      hasNextPage: to < items.length,
    },
  };
}

const cursorAt = (position: number): string => Buffer.from(`cursor:${position}`).toString("base64");

function positionOf(cursor: string): number {
  const position = /^cursor:(\d+)$/.exec(Buffer.from(cursor, "base64").toString())?.[1];
  if (position === undefined) throw new Error(`\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(position);
}
