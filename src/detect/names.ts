/** A list written as words between white space, so that long catalogues stay readable. */
export function names(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}
