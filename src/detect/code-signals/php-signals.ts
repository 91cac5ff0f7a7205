import { CLOUD, DATABASE, SERVER } from "./call-weights.ts";
import type { CodeSignals } from "./code-signal.ts";
import { names } from "../names.ts";

/** What imports and calls say in PHP. */
export const PHP_SIGNALS: CodeSignals = {
  importLine: /^\s*use\s+(?:function\s+)?\\?([\w\\]{3,160})/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      Illuminate Symfony Laravel Slim CodeIgniter Yiisoft yii Cake Psr\\Http ApiPlatform Livewire Filament Hyperf Nuwave
      Magento Spatie Laminas Phalcon
    `),
    },
    { says: "database client or ORM", weight: DATABASE, modules: names("Doctrine MongoDB Predis PDO Elasticsearch") },
    {
      says: "queue, cloud SDK or HTTP client",
      weight: CLOUD,
      modules: names("GuzzleHttp Aws Stripe PhpAmqpLib Google\\Cloud Psr\\Log Monolog Payum"),
    },
    { says: "test framework", weight: -3, modules: names("PHPUnit PhpSpec Behat Pest Prophecy Mockery") },
  ],
  calls: [
    {
      says: "route or table",
      weight: 3,
      pattern:
        /\bRoute::(?:get|post|put|patch|delete|apiResource|resource|middleware|group|prefix)\(|\bSchema::(?:create|table|drop)\w*\(|\bDB::(?:table|select|transaction|statement|raw)\(|#\[(?:Route|ORM|AsMessageHandler|AsCommand|ApiResource|AsEventListener)\b|\$this->addSql\(|\bgetRepository\(|\$table->\w+\(/,
    },
    {
      says: "server class",
      weight: 2.5,
      pattern:
        /\bclass\s+\w{1,80}\s+(?:extends\s+(?:\w*Controller|Model|Authenticatable|FormRequest|JsonResource|Migration|AbstractMigration|Command|Job|ServiceProvider|AbstractController|Mailable|Notification|Pivot)\b|implements\s+.{0,80}(?:ShouldQueue|MessageHandlerInterface|EventSubscriberInterface))/,
    },
  ],
};
