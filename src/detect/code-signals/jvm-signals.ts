import { CLOUD, DATABASE, QUEUE, SERVER } from "./call-weights.ts";
import type { CodeSignals } from "./code-signal.ts";
import { names } from "../names.ts";

/** What imports and calls say in Java, Kotlin, Scala and Groovy. */
export const JVM_SIGNALS: CodeSignals = {
  importLine: /^\s*import\s+(?:static\s+)?([\w.]{3,160})/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      org.springframework javax.servlet jakarta.servlet javax.ws.rs jakarta.ws.rs io.micronaut io.quarkus io.ktor.server
      akka org.apache.pekko play play.api org.http4s zio cats.effect sttp.tapir com.twitter.finagle io.vertx io.javalin
      com.netflix.graphql graphql io.grpc io.dropwizard org.eclipse.jetty jakarta.inject javax.inject jakarta.validation
      javax.validation spark ratpack lagom
    `),
    },
    {
      says: "database client or ORM",
      weight: DATABASE,
      modules: names(`
      javax.persistence jakarta.persistence org.hibernate java.sql javax.sql org.jooq org.mybatis com.baomidou slick doobie
      org.jetbrains.exposed com.mongodb redis.clients io.lettuce org.flywaydb liquibase org.jdbi com.datastax reactivemongo
      com.zaxxer org.elasticsearch io.r2dbc
    `),
    },
    {
      says: "queue or scheduler",
      weight: QUEUE,
      modules: names(`
      org.apache.kafka com.rabbitmq javax.jms jakarta.jms org.quartz org.apache.camel org.apache.pulsar io.nats
      com.hazelcast
    `),
    },
    {
      says: "cloud SDK",
      weight: CLOUD,
      modules: names(`
      software.amazon com.amazonaws com.google.cloud com.azure com.stripe okhttp3.mockwebserver org.slf4j io.micrometer
      io.opentelemetry reactor.core feign
    `),
    },
    { says: "Android code", weight: -9, modules: names("android androidx com.google.android dagger.hilt.android kotlinx.android") },
    {
      says: "desktop interface",
      weight: -6,
      modules: names(`
      javafx javax.swing java.awt org.eclipse.swt com.intellij org.jetbrains.compose net.minecraft org.bukkit com.badlogic
    `),
    },
    { says: "browser code", weight: -6, modules: names("org.scalajs kotlinx.browser com.raquo react kotlinx.html.js") },
    { says: "test framework", weight: -3, modules: names("org.junit org.testng io.kotest org.scalatest org.mockito io.mockk") },
  ],
  calls: [
    {
      says: "server annotation",
      weight: 3,
      pattern:
        /^\s*@(?:RestController|Controller|Service|Repository|Component|Configuration|Bean|GetMapping|PostMapping|PutMapping|DeleteMapping|PatchMapping|RequestMapping|Transactional|Entity|Table|Column|Id|Scheduled|KafkaListener|Path|GET|POST|Inject|Autowired|Query|Get|Post|Put|Delete|Singleton|PreAuthorize|EventListener|Async)\b/,
    },
    {
      says: "database query",
      weight: 2,
      pattern: /\b\w*(?:[rR]epository|[dD]ao|entityManager|jdbcTemplate)\.\w+\(|\bdslContext\b|\.fetchOne\(/,
    },
  ],
};
