/** A kind of object that emits `error` on its own account. */
export interface Emitter {
  readonly module: RegExp;
  /** Last name of what makes it; "" for the module's default export. */
  readonly members: readonly string[];
  readonly name: string;
  /** What brings the `error` event about. */
  readonly cause: string;
}

const LOST = "a lost connection";
/**
 * Objects that emit `error` on their own account; without a listener the process ends. ioredis only logs, BullMQ catches its own, so both are
 * left alone. From each library's documentation.
 */
export const ERROR_EMITTERS: readonly Emitter[] = [
  { module: /^(?:redis|@redis\/client)$/, members: ["createClient", "createCluster"], name: "node-redis client", cause: LOST },
  { module: /^(?:pg|pg-pool)$/, members: ["Pool"], name: "pg client", cause: LOST },
  { module: /^pg$/, members: ["Client"], name: "pg client", cause: LOST },
  { module: /^ws$/, members: ["WebSocket", ""], name: "ws client", cause: LOST },
  { module: /^pg-boss$/, members: ["PgBoss", ""], name: "pg-boss client", cause: LOST },
  { module: /^ssh2$/, members: ["Client"], name: "SSH client", cause: "a refused or lost connection" },
  { module: /^mysql2?$/, members: ["createConnection"], name: "MySQL connection", cause: LOST },
  { module: /^redlock$/, members: ["Redlock", ""], name: "Redlock", cause: "a lock that cannot be extended" },
  { module: /^mqtt$/, members: ["connect"], name: "MQTT client", cause: LOST },
  { module: /^ldapjs$/, members: ["createClient"], name: "LDAP client", cause: "a refused or lost connection" },
  { module: /^imap$/, members: ["", "Imap"], name: "IMAP client", cause: "a refused or lost connection" },
  { module: /^tedious$/, members: ["Connection"], name: "SQL Server connection", cause: LOST },
  { module: /^http2$/, members: ["connect"], name: "HTTP/2 session", cause: LOST },
  { module: /^dgram$/, members: ["createSocket"], name: "UDP socket", cause: "a port in use or an unreachable host" },
  { module: /^chokidar$/, members: ["watch"], name: "file watcher", cause: "a folder that cannot be watched" },
  { module: /^amqplib$/, members: ["connect"], name: "AMQP connection", cause: LOST },
  {
    module: /^(?:net|tls)$/,
    members: ["connect", "createConnection", "Socket", "TLSSocket"],
    name: "socket",
    cause: "a refused or lost connection",
  },
  { module: /^(?:http|https)$/, members: ["get", "request"], name: "request", cause: "a refused or lost connection" },
  { module: /^request$/, members: ["get", ""], name: "request", cause: "a refused or lost connection" },
  { module: /^child_process$/, members: ["spawn", "fork"], name: "child process", cause: "a program that cannot be started or told" },
];
/** Last names of the calls and `new` that make one. */
export const EMITTER_NAMES =
  /^(?:create(?:Client|Cluster|Connection|Server|Socket)|connect|watch|on|once|spawn|fork|get|request|.*(?:Pool|Client|Socket|Server|Boss|Server|[Ii]map|[Rr]ed[Ll]ock|SSH|Ssh|Connection|WebSocket|WS|Ws))$/;
