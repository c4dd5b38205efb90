/**
 * The one HTML page of the panel as it was built, and its security policy. Every answer has a nonce of its own: styles that the
 * panel makes while it runs carry it, and nothing else is let in.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the build leaves where the nonce belongs (`src/panel/vite.config.ts`). */
const nonceWord = 'NONCE_OF_THIS_ANSWER';

/** Where `npm run build` puts the panel, seen from the bundled server (`dist/server`) and from its modules (`dist/src/panel-host`). */
export const builtPanel: readonly string[] = ['../panel', '../../panel'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** The page and the headers of one answer. */
export interface PanelAnswer {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The page of the panel in a folder; makes answers, and knows no route. */
export class PanelPage {
  private constructor(
    private readonly parts: readonly string[],
    /** Where its scripts and styles are. */
    readonly assets: string,
  ) {}

  /** The page in the first of `folders` where a panel has been built; null where there is none. */
  static in(folders: readonly string[]): PanelPage | null {
    for (const folder of folders) {
      const [path, assets] = [join(folder, 'index.html'), join(folder, 'assets')];
      if (existsSync(path) && existsSync(assets))
        return new PanelPage(readFileSync(path, 'utf8').split(nonceWord), assets);
    }
    return null;
  }

  /** An answer with a nonce that no other has. */
  answer(): PanelAnswer {
    const nonce = randomBytes(16).toString('base64');
    return {
      html: this.parts.join(nonce),
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': policy(nonce),
      },
    };
  }
}

/** Everything comes from this server, scripts are files, and the page is in nobody's frame. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join(';');
}
