/** Whether nobody between here and there can read what is sent: not http, unless to this machine itself. true for what is no address. */
export function isPrivateWay(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol !== "http:" || hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
