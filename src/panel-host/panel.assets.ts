/**
 * The scripts, styles and pictures of the panel as it was built: a closed list, read once, each with the forms in which it was
 * compressed at build time. A name that is not in the list is not there, whatever the file system holds.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Best first: the ending of the compressed file by its name in HTTP. */
const encodings = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof encodings;

/** What is sent for an asset. */
export interface AssetAnswer {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** All assets of one built panel. */
export class PanelAssets {
  private readonly files: ReadonlyMap<string, Buffer>;

  /** @param folder holds the assets, and no folder that counts */
  constructor(folder: string) {
    const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    this.files = new Map(names.map(({ name }) => [name, readFileSync(join(folder, name))]));
  }

  /**
   * The answer to who asks for an asset; null where there is none.
   *
   * @param acceptEncoding the header of the request
   */
  answer(name: string, acceptEncoding: string | undefined): AssetAnswer | null {
    const type = mediaTypes[extname(name)];
    const plain = this.files.get(name);
    if (type === undefined || plain === undefined) return null;
    // The names hold a hash of the content, so what a name stands for never changes.
    const headers = {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    };
    const accepted = acceptedOf(acceptEncoding ?? '');
    for (const [encoding, ending] of Object.entries(encodings) as [Encoding, string][]) {
      const body = accepted.has(encoding) ? this.files.get(name + ending) : undefined;
      if (body !== undefined) return { body, headers: { ...headers, 'content-encoding': encoding } };
    }
    return { body: plain, headers };
  }
}

/** The encodings that a header names and does not weigh with zero. */
function acceptedOf(header: string): ReadonlySet<string> {
  const parts = header.toLowerCase().split(',');
  const wanted = parts.filter((part) => !/;\s*q=0(?:\.0*)?\s*$/.test(part));
  return new Set(wanted.map((part) => (part.split(';')[0] ?? '').trim()));
}
