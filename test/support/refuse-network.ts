import net from "node:net";
import { isIP } from "node:net";

// Tests talk to this machine only: a connection to any other address is a bug in the test or in the code.
// Names under ".test" lead nowhere (RFC 2606); nock answers for them before a socket would be opened.
const connect = net.Socket.prototype.connect;
const isLoopback = (host: string) => host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const [first] = args.flat() as unknown[];
  const options = (typeof first === "object" && first !== null ? first : { port: first, host: args[1] }) as {
    host?: unknown;
    path?: unknown;
  };
  const host = typeof options.host === "string" ? options.host : "localhost";
  if (!options.path && !isLoopback(host) && !host.endsWith(".test")) throw new Error(`network refused in tests: ${host}`);
  return Reflect.apply(connect, this, args) as net.Socket;
};
