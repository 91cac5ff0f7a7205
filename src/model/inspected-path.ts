const INSPECTED = /\.(?:[cm]?[jt]s|[jt]sx)$/i;

/** Whether a path is of a language that the inspector reads: TypeScript and JavaScript in all their endings. */
export function isInspectedPath(path: string): boolean {
  return INSPECTED.test(path);
}
