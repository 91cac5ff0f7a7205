/** The parts of a line outside and inside HTML comments; `open` tells whether a comment goes on in the next line. */
export function splitComments(
  line: string,
  inComment: boolean,
): { readonly visible: string; readonly hidden: string; readonly open: boolean } {
  let visible = "";
  let hidden = "";
  let at = 0;
  let open = inComment;
  while (at < line.length) {
    const next = line.indexOf(open ? "-->" : "<!--", at);
    const part = next < 0 ? line.slice(at) : line.slice(at, next);
    if (open) hidden += part;
    else visible += part;
    if (next < 0) break;
    at = next + (open ? 3 : 4);
    open = !open;
  }
  return { visible, hidden, open };
}
