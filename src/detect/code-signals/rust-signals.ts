import { CLOUD, DATABASE, SERVER } from "./call-weights.ts";
import type { CodeSignals } from "./code-signal.ts";
import { names } from "../names.ts";

/** What imports and calls say in Rust. */
export const RUST_SIGNALS: CodeSignals = {
  importLine: /^\s*(?:pub\s+)?use\s+(?:::)?([\w:]{2,160})/,
  imports: [
    {
      says: "server framework",
      weight: SERVER,
      modules: names(`
      axum actix_web actix rocket warp tonic hyper tower tower_http poem salvo async_graphql juniper tide utoipa
      activitypub_federation loco_rs pingora
    `),
    },
    {
      says: "database client or ORM",
      weight: DATABASE,
      modules: names(`
      sqlx diesel diesel_async sea_orm tokio_postgres mongodb redis deadpool_postgres rusqlite fred bb8 r2d2 scylla
      clickhouse elasticsearch
    `),
    },
    {
      says: "queue, cloud SDK or HTTP client",
      weight: CLOUD,
      modules: names(`
      reqwest lapin rdkafka async_nats aws_sdk aws_config tokio tracing jsonwebtoken stripe opentelemetry clokwerk lettre
      apalis object_store k8s_openapi kube
    `),
    },
    {
      says: "desktop, browser or game code",
      weight: -7,
      modules: names(`
      tauri wasm_bindgen web_sys yew leptos dioxus egui eframe iced bevy winit gtk slint wgpu druid ratatui
    `),
    },
  ],
  calls: [
    {
      says: "request handling",
      weight: 2.5,
      pattern:
        /#\[(?:get|post|put|delete|patch|tokio::main|actix_web::main|utoipa::path|instrument|derive\([^)]{0,200}(?:Queryable|Insertable|FromRow|DeriveEntityModel))|\bHttpResponse\b|\bRouter::new\(|\bweb::(?:Json|Path|Query|Data)|\bsqlx::query|\bdiesel::/,
    },
  ],
};
