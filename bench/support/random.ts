/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of a list that is not empty. */
export function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** The list with that share of its items moved to other places. */
export function moveSome<Item>(items: readonly Item[], share: number, random: () => number): Item[] {
  const moved = [...items];
  for (let index = 0; index < moved.length; index++) {
    if (random() >= share) continue;
    const [item] = moved.splice(index, 1);
    if (item !== undefined) moved.splice(Math.floor(random() * (moved.length + 1)), 0, item);
  }
  return moved;
}
