import { CLOUD, DATABASE, QUEUE, SERVER } from "./call-weights.ts";
import type { CodeSignals } from "./code-signal.ts";
import { names } from "../names.ts";

/** What imports and calls say in C#. */
export const CSHARP_SIGNALS: CodeSignals = {
  importLine: /^\s*(?:global\s+)?using\s+(?:static\s+)?([\w.]{3,160});/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      Microsoft.AspNetCore Microsoft.Extensions.Hosting Microsoft.Extensions.DependencyInjection MediatR HotChocolate Grpc
      FastEndpoints Carter Orleans System.Web.Http System.Web.Mvc Volo.Abp OrchardCore ServiceStack
      Microsoft.Azure.Functions
    `),
    },
    {
      says: "database client or ORM",
      weight: DATABASE,
      modules: names(`
      Microsoft.EntityFrameworkCore System.Data Dapper Npgsql MongoDB StackExchange.Redis NHibernate Microsoft.Data
      MySqlConnector LinqToDB Marten System.Data.Entity Nest
    `),
    },
    {
      says: "queue or scheduler",
      weight: QUEUE,
      modules: names(`
      MassTransit RabbitMQ Confluent.Kafka Hangfire Quartz NServiceBus Azure.Messaging Microsoft.Azure.ServiceBus Rebus
      Wolverine
    `),
    },
    {
      says: "cloud SDK or HTTP client",
      weight: CLOUD,
      modules: names(`
      Amazon Azure Stripe System.Net.Http Microsoft.Azure Microsoft.Extensions.Logging Polly Braintree OpenTelemetry Refit
    `),
    },
    {
      says: "desktop, mobile or game code",
      weight: -9,
      modules: names(`
      UnityEngine UnityEditor System.Windows Microsoft.Maui Xamarin Avalonia Microsoft.UI.Xaml Windows.UI Android UIKit
      Foundation Godot Microsoft.Xna Uno.UI ReactiveUI
    `),
    },
    { says: "browser code", weight: -5, modules: names("Microsoft.JSInterop Microsoft.AspNetCore.Components MudBlazor Blazored") },
    {
      says: "test framework",
      weight: -3,
      modules: names("Xunit NUnit Moq NSubstitute FluentAssertions Microsoft.VisualStudio.TestTools"),
    },
  ],
  calls: [
    {
      says: "server attribute",
      weight: 3,
      pattern:
        /^\s*\[(?:ApiController|Route|HttpGet|HttpPost|HttpPut|HttpDelete|HttpPatch|Authorize|FromBody|FromQuery|FromRoute|Produces|Table|Key|Column|Index|AllowAnonymous|ProducesResponseType)\b/,
    },
    {
      says: "request handling",
      weight: 2.5,
      pattern:
        /\b(?:IActionResult|ActionResult|ControllerBase|IRequestHandler|INotificationHandler|BackgroundService|IHostedService|DbContext|DbSet<|IServiceCollection|WebApplication|HttpContext|IApplicationBuilder|migrationBuilder|IQueryable<)\b|\.Map(?:Get|Post|Put|Delete|Group)\(|\bILogger<|SaveChangesAsync\(/,
    },
  ],
};
