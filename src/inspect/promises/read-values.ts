import type { ts } from "ts-morph";
import { durationMs, numberOf, stringOf } from "../../rubrics/syntax/literals.ts";
import { propertyOf } from "../../rubrics/syntax/properties.ts";

/** Milliseconds of got's `{ request: 5000 }`; null when it is none. */
export function requestTimeout(node: ts.Node): number | null {
  const request = propertyOf(node, "request");
  return request.state === "present" ? numberOf(request.value) : null;
}

/** Milliseconds of jsonwebtoken's `expiresIn`: a number is seconds, a text is a duration ("15m"); null when unknown. */
export function tokenLifetime(node: ts.Node): number | null {
  const text = stringOf(node);
  if (text !== null && !/^\d+$/.test(text)) return durationMs(text);
  const seconds = numberOf(node);
  return seconds === null ? null : seconds * 1000;
}

/** 1.2 of "TLSv1.2"; null for anything else. */
export function tlsVersion(node: ts.Node): number | null {
  const version = /^TLSv(1\.\d)$/.exec(stringOf(node) ?? "")?.[1];
  return version === undefined ? null : Number(version);
}
