import type { ApiContext } from "./api.ts";

/** The asked part of a list, 30 items by default, 100 at most, with GitHub's Link header. */
export function page<Item>(c: ApiContext, items: readonly Item[]): Item[] {
  const size = Math.min(100, Math.max(1, Math.trunc(Number(c.req.query("per_page"))) || 30));
  const number = Math.max(1, Math.trunc(Number(c.req.query("page"))) || 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links = [
    ...(number > 1 ? [link(c, number - 1, "prev")] : []),
    ...(number < last ? [link(c, number + 1, "next"), link(c, last, "last")] : []),
    ...(number > 1 ? [link(c, 1, "first")] : []),
  ];
  if (links.length > 0) c.header("link", links.join(", "));
  return items.slice((number - 1) * size, number * size);
}

function link(c: ApiContext, number: number, relation: string): string {
  const url = new URL(c.req.url);
  url.searchParams.set("page", String(number));
  return `<${url.href}>; rel="${relation}"`;
}
