import { names } from "../names.ts";
import { DISMISSED, type PathSignal } from "../path-signal.ts";

/** What a browser shows. */
export const FRONT_END_PATHS: readonly PathSignal[] = [
  {
    says: "a style sheet",
    kind: "styles",
    weight: DISMISSED,
    folders: names("styles stylesheets css scss"),
    families: ["view", "web"],
    endings: names(".css .scss .sass .less .styl .pcss"),
  },
  {
    says: "a story",
    kind: "stories",
    weight: DISMISSED,
    folders: names(".storybook storybook stories __stories__"),
    families: ["web", "view", "config", "other"],
    pattern: /\.stor(?:y|ies)\.[cm]?[jt]sx?$/i,
  },
  {
    says: "a browser extension or embedded widget",
    kind: "front-end code",
    weight: -4,
    families: ["web", "view", "config"],
    folders: names(`
      browser-extension chrome-extension extension extensions widget widgets embed embeds browser
    `),
    words: ["widget", "embed"],
  },
  {
    says: "front-end folder",
    kind: "front-end code",
    weight: -2.5,
    families: ["web", "view", "config", "graphql"],
    folders: names(`
      frontend front-end front client ui webui web-ui web_src gui www website landing marketing admin-ui spa browser wwwroot
      clientapp javascript javascripts storefront portal
    `),
    words: names("ui gui frontend front website spa react vue angular svelte storefront"),
  },
  {
    says: "perhaps a front-end folder",
    kind: "front-end code",
    weight: -1.2,
    families: ["web", "view", "config", "graphql"],
    folders: names("web webapp web-app site dashboard console studio admin app-shell"),
    words: names("web dashboard console studio portal"),
    pattern: /(?:^|\/)[a-z]+-app\//i,
  },
  {
    says: "a view model",
    kind: "front-end code",
    weight: -1.5,
    families: ["csharp", "jvm"],
    folders: names("viewmodels viewmodel"),
    stems: names("viewmodel"),
  },
  {
    says: "a view's helper",
    kind: "front-end code",
    weight: -2.8,
    families: ["ruby", "elixir"],
    pattern: /(?:^|\/)app\/(?:helpers|components|decorators)\/|_web\/components\//i,
  },
  {
    says: "browser code",
    kind: "front-end code",
    weight: -2.5,
    families: ["web", "view", "graphql"],
    folders: names(`
      components component hooks composables pages views screens layouts layout stores store redux slices contexts
      assets public static icons theme themes menus dialogs modals forms design-system apollo apolloclient mobx
      zustand widgets editor elements atoms molecules organisms partials sidebar charts
    `),
    endings: names(`
      .component.ts .directive.ts .pipe.ts .stories.tsx .client.ts .client.tsx .client.js .component.html .store.ts
      .slice.ts .context.ts
    `),
    pattern: /(?:^|\/)app\/(?:javascript|assets|views)\/|(?:^|\/)resources\/(?:js|views|css|sass|ts)\//i,
  },
  {
    says: "a hook of components",
    kind: "front-end code",
    weight: -3,
    families: ["web"],
    pattern: /(?:^|\/)use(?:[A-Z][A-Za-z0-9]*|-[a-z0-9-]+)\.[jt]sx?$/,
  },
];
