import { verify } from "node:crypto";
import { Refusal } from "./refusal.ts";
import type { Actor } from "./model/app.ts";
import type { World } from "./model/world.ts";

const LONGEST_JWT_LIFE_SECONDS = 600;

/** Who sends this `Authorization` header. Throws 401 for a token that is unknown, expired or badly signed. */
export function authenticate(world: World, header: string | undefined): Actor {
  if (header === undefined) return { kind: "anonymous" };
  const token = /^(?:bearer|token) +(\S+)$/i.exec(header)?.[1] ?? basicPassword(header);
  if (token === null) throw new Refusal(401, "Bad credentials");
  if (token.split(".").length === 3) return appOf(world, token);
  const known = world.tokens.get(token);
  if (known === undefined || (known.expiresAt !== null && known.expiresAt <= Date.now())) throw new Refusal(401, "Bad credentials");
  const { actor } = known;
  if (actor.kind === "installation" && actor.installation.suspendedAt !== null) {
    throw new Refusal(403, "This installation has been suspended");
  }
  if (actor.kind === "installation" && !world.installations.includes(actor.installation)) throw new Refusal(401, "Bad credentials");
  return actor;
}

/** git and some clients send a token as the password of basic authentication. */
function basicPassword(header: string): string | null {
  const encoded = /^basic +(\S+)$/i.exec(header)?.[1];
  if (encoded === undefined) return null;
  const pair = Buffer.from(encoded, "base64").toString();
  return pair.slice(pair.indexOf(":") + 1) || null;
}

function appOf(world: World, jwt: string): Actor {
  const [head = "", claims = "", signature = ""] = jwt.split(".");
  const header = decode(head);
  const { iss, iat, exp } = decode(claims);
  const app = world.apps.find((one) => String(one.id) === String(iss) || one.clientId === iss);
  if (app === undefined) throw new Refusal(401, "A JSON web token could not be decoded");
  const genuine =
    header["alg"] === "RS256" && verify("RSA-SHA256", Buffer.from(`${head}.${claims}`), app.publicKey, Buffer.from(signature, "base64url"));
  if (!genuine) throw new Refusal(401, "A JSON web token could not be decoded");
  const now = Date.now() / 1000;
  if (typeof exp !== "number" || exp <= now) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + LONGEST_JWT_LIFE_SECONDS) throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  if (typeof iat !== "number" || iat > now + 1) {
    throw new Refusal(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
  }
  return { kind: "app", app };
}

function decode(part: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof parsed === "object" && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {};
  } catch {
    throw new Refusal(401, "A JSON web token could not be decoded");
  }
}
