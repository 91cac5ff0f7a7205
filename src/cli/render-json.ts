/** One value as a JSON document for people and programs. */
export function renderJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
