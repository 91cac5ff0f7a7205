import type { ts } from "ts-morph";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAssignment,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
} from "./guards.ts";
import { contains, enclosingFunction, functionOf, type FunctionWithBody } from "./functions.ts";
import { stringOf } from "./literals.ts";
import { mayComeFrom } from "./module-reach.ts";
import { calleeName, calleeOf, receiverOf } from "./origin.ts";
import { perFile } from "./per-file.ts";

/** The socket of each client that connects to a plain TCP or TLS server of this file. */
export interface ConnectionSocket {
  /** `net.createServer(...)` or `server.on("connection", ...)`. */
  readonly call: ts.CallExpression | ts.NewExpression;
  readonly handler: FunctionWithBody;
  /** The parameter that holds the socket. */
  readonly name: ts.Identifier;
}

const mayListen = perFile((file) => mayComeFrom(file, (module) => module === "net" || module === "tls"));

/** Sockets that this file's own handlers are given and keep: one that is handed to another function is somebody else's. In source order within each kind of call. */
export const connectionSocketsOf = perFile((file): readonly ConnectionSocket[] => {
  if (!mayListen(file)) return [];
  const calls = [
    ...file.callsNamed("createServer"),
    ...file.newsNamed("Server"),
    ...[...file.callsNamed("on"), ...file.callsNamed("once")].filter((call) =>
      /^(?:secureC|c)onnection$/.test(stringOf(call.arguments[0]) ?? ""),
    ),
  ];
  return calls.flatMap((call): ConnectionSocket[] => {
    if (!/^(?:net|tls)$/.test(calleeOf(call, file).module ?? "")) return [];
    const handler = functionOf(call.arguments?.at(-1));
    const name = handler?.parameters[0]?.name;
    if (!handler?.body || !name || !isIdentifier(name) || handler.getSourceFile() !== file.sourceFile) return [];
    return isHandedOn(handler, name.text) ? [] : [{ call, handler, name }];
  });
});

/** true when the handler listens, on this socket, to the event; or calls this method of it. */
export function socketHas(socket: ConnectionSocket, test: (method: string, event: string | null) => boolean): boolean {
  const { body } = socket.handler;
  return (
    body !== undefined &&
    contains(
      body,
      (n) => {
        if (!isCallExpression(n)) return false;
        let receiver: ts.Node | null = receiverOf(n);
        while (receiver && isCallExpression(receiver)) receiver = receiverOf(receiver);
        return (
          receiver !== null && isIdentifier(receiver) && receiver.text === socket.name.text && test(calleeName(n), stringOf(n.arguments[0]))
        );
      },
      true,
    )
  );
}

/** At once: what a later listener does with the socket bounds nothing before. */
function isHandedOn(handler: FunctionWithBody, name: string): boolean {
  const { body } = handler;
  return (
    body !== undefined &&
    contains(
      body,
      (n) =>
        isIdentifier(n) &&
        n.text === name &&
        enclosingFunction(n) === handler &&
        (((isCallExpression(n.parent) || isNewExpression(n.parent)) && (n.parent.arguments?.some((a) => a === n) ?? false)) ||
          isShorthandPropertyAssignment(n.parent) ||
          (isPropertyAssignment(n.parent) && n.parent.initializer === n) ||
          isReturnStatement(n.parent) ||
          (isBinaryExpression(n.parent) && n.parent.right === n) ||
          (isVariableDeclaration(n.parent) && n.parent.initializer === n)),
      true,
    )
  );
}
