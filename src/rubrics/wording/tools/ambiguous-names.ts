import { parseNames } from "./parse-names.ts";

/**
 * Tools whose names are also everyday words. They count only where the context shows the name: capitalised in mid-sentence,
 * alone in a code span, or beside words such as "via", "library" or "middleware". Written by hand.
 */
export const AMBIGUOUS_NAMES: readonly string[] = parseNames(`
pg, Drizzle, Cedar, Objection, Motor, Daphne, Bottleneck, Atlas, River, Orleans, Sequel, Horizon, Octane, Telescope, Fortify, Messenger, Tower, Failsafe
Fuse, Hammer, Guardian, Cowboy, Dragonfly, Elastic, Firehose, Beam, Sentinel, Axon, Respawn
Express, Got, Bull, Bee, Helmet, Vault, Spring, Nest, Remix, Hapi, Koa
Polka, Passport, Agenda, Bree, Ky, Convict, Morgan, Lucia, Chi, Gin, Echo, Fiber
Iris, Beego, Ent, Bun, Zap, Viper, Cobra, Goose, Flask, Falcon, Tornado,
Bleach, Flower, Bandit, Rocket, Warp, Hyper, Governor, Moka, Diesel
Actix, Unicorn, Rack, Grape, Devise, Pundit, Bunny, Bullet, Sneakers, Flipper, Lockbox
Slim, Eloquent, Doctrine, Blade, Caffeine, Lettuce, Feign, Sleuth, Brave, Quartz,
Wolverine, Phoenix, Tesla, Finch, Vapor, Lambda, Aurora, Athena, Glue, Neptune, Timestream
Spanner, Bicep, Turnstile, Render, Railway, Neon, Caddy, Apollo, Squid, Ambassador
Consul, Nomad, Packer, Chef, Puppet, Flux, Concourse, Falco, Gatekeeper, Litmus, Gremlin,
Vector, Tempo, Mimir, Cortex, Graphite, Monit, Honeycomb, Axiom, Amplitude, Plausible, Linear, Notion
Monday, Unleash, Square, Wise, Paddle, Plaid, Resend, Customer.io, Convex
Fauna, Presto, Samza, Pinot, Artemis, Cadence, Temporal, Backstage, Doppler
Oso, Ory, Clerk, Mistral, Whisper, Gemini, Zoom, Pact, Locust, Vegeta
Husky, Poetry, Cargo, Bundler, Ember, Oracle, Prism, Sails
D1, Cosmos, Exposed, Mill, Feathers, Nitro, Windmill, Broadway, Sumo, Sloth
Codefresh, Spark, Harness, Teleport, Teller, Topaz, Dex, Seq, Tilt, Dagger, Cachet, Poem, Salvo, Tide, Looker, Renovate, Instatus, Bun, Boundary, Reverb, Mend, Wiz
`);

/** Words beside an ambiguous name that show it is a tool: what stands before it, lower case. */
export const TOOL_CUES_BEFORE: ReadonlySet<string> = new Set(
  "via using with use uses used by through on in to from into install run running deploy deployed integrate integrated mit avec con com dengan z über usando utilisant использу через на с в".split(
    " ",
  ),
);

/** What stands after it, lower case. */
export const TOOL_CUES_AFTER: ReadonlySet<string> = new Set(
  "library package gem crate module middleware plugin sdk client framework server logger adapter provider agent proxy gateway schema schemas function functions api job jobs worker workers cluster db database store cron queue queues middlewares container service webhook webhooks app router".split(
    " ",
  ),
);
