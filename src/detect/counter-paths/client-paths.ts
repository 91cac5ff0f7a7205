import type { Family } from "../languages.ts";
import { names } from "../names.ts";
import { DISMISSED, type PathSignal } from "../path-signal.ts";

const CODE: readonly Family[] = ["web", "python", "go", "jvm", "csharp", "ruby", "php", "rust", "elixir", "other"];

/** What runs at the user: mobile and desktop applications, client libraries, command lines, and types alone. */
export const CLIENT_PATHS: readonly PathSignal[] = [
  {
    says: "a mobile application",
    kind: "mobile code",
    weight: DISMISSED,
    folders: names(`
      android ios androidmain iosmain react-native reactnative expo flutter xcodeproj fastlane swiftpm
    `),
    words: names("android ios flutter expo"),
    names: names("androidmanifest.xml info.plist podfile metro.config.js"),
    endings: names(`
      .swift .dart .storyboard .xib .plist .pbxproj .xcconfig .entitlements .xcscheme .native.tsx .ios.tsx .android.tsx
      .native.ts .ios.ts .android.ts
    `),
  },
  {
    says: "a mobile application",
    kind: "mobile code",
    weight: -6,
    folders: names("mobile mobile-app native"),
    families: ["web", "jvm", "csharp", "other", "config"],
  },
  {
    says: "a desktop application",
    kind: "desktop code",
    weight: -7,
    folders: names("desktop electron src-tauri electron-main tauri desktop-app wpf winforms winui avalonia"),
    words: names("desktop electron tauri wpf"),
    endings: names(".xaml .axaml .xaml.cs .axaml.cs .razor.cs"),
  },
  {
    says: "a client library",
    kind: "client libraries",
    weight: -4,
    families: CODE,
    folders: names("sdk sdks client-sdk clientlibs client-libs js-sdk api-client api_client apiclient"),
    words: ["sdk"],
    pattern:
      /(?:^|\/)(?:api|clients?|sdks?|libs?)\/clients?\/|(?:^|\/)clients\/(?:python|go|java|javascript|js|node|typescript|ts|ruby|php|rust|csharp|dotnet|kotlin|swift|web)\//i,
  },
  {
    says: "one of several languages, as bindings are",
    kind: "client libraries",
    weight: -1.6,
    families: CODE,
    pattern: /^(?:python|java|javascript|typescript|js|ruby|php|csharp|dotnet|kotlin|swift|rust|go|node)\/(?!.*(?:server|api|web)\/)/i,
  },
  {
    says: "types alone",
    kind: "types",
    weight: -2.5,
    families: ["web"],
    folders: names("types typings @types"),
    names: names("types.ts interfaces.ts typings.ts"),
    endings: names(".types.ts .type.ts .interface.ts"),
  },
  { says: "a type declaration file", kind: "types", weight: DISMISSED, pattern: /\.d\.[cm]?ts$/i },
  {
    says: "a client application",
    kind: "desktop code",
    weight: -4,
    families: ["csharp", "jvm"],
    folders: names("clientapp composeapp commonmain jsmain wasmjsmain desktopmain"),
    words: names("maui xamarin droid winforms uwp blazor wasm"),
    stems: names("activity fragment"),
    pattern: /^app\/src\/main\/(?:java|kotlin)\//i,
  },
  { says: "a command-line client", kind: "tools", weight: -2.5, families: ["web"], folders: ["cli", "create-app"] },
];
