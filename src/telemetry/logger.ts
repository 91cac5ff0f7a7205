import { pino, type DestinationStream, type Logger } from "pino";

export type { Logger } from "pino";

const SECRETS = ["privateKey", "webhookSecret", "token", "password", "secret", "authorization", "databaseUrl"];

/**
 * JSON lines on stdout (or `destination`), times in ISO 8601 UTC. Fields that hold secrets are redacted
 * wherever they stand, one level deep and in request headers; log lines carry no payloads.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        ...SECRETS,
        ...SECRETS.map((name) => `*.${name}`),
        ...SECRETS.map((name) => `*.*.${name}`),
        "*.headers.authorization",
        "*.request.headers.authorization",
      ],
      censor: "[redacted]",
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
