/** What the build put into the page about itself (`scripts/buildInfo.mjs`). */
export interface Build {
  readonly version: string;
  /** Null where it was built without git and outside CI. */
  readonly commit: string | null;
  /** Where the source is; null where neither package.json nor CI says so. */
  readonly source: string | null;
}

declare const __BUILD__: Build | undefined;

/** The page's own version. Outside Vite, in unit tests, there is none. */
export const build: Build =
  typeof __BUILD__ === 'undefined' ? { version: 'test', commit: null, source: null } : __BUILD__;
