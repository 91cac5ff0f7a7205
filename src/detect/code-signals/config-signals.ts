import type { CodeSignals } from "./code-signal.ts";

/** What imports and calls say in configuration files. */
export const CONFIG_SIGNALS: CodeSignals = {
  importLine: null,
  imports: [],
  calls: [
    { says: "interface description", weight: 6, pattern: /^\s*["']?(?:openapi|swagger|asyncapi)["']?\s*:\s*["']?\d/ },
    {
      says: "database change log",
      weight: 6,
      pattern: /<(?:databaseChangeLog|changeSet|hibernate-mapping|doctrine-mapping|mapper namespace)\b/,
    },
    {
      says: "a database, queue or function of the infrastructure",
      weight: 7.5,
      pattern:
        /^\s*resource\s+"(?:aws_(?:db|rds|sqs|sns|lambda|dynamodb|elasticache|api_gateway|apigateway|kinesis|msk|mq|cloudwatch_event)|google_(?:sql|pubsub|cloud_run|cloudfunctions|redis|spanner)|azurerm_(?:mssql|postgresql|servicebus|linux_function|redis|cosmosdb))/,
    },
    {
      says: "function or service definition",
      weight: 2,
      pattern: /\bAWS::Serverless::Function\b|^\s*handler:\s*\S|<(?:bean|service)\s+(?:id|class)=/,
    },
  ],
};
