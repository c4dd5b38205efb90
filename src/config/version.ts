/** The version of Seatkeeper, from its `package.json`, which lies above the sources and above what is built from them. */
import { existsSync, readFileSync } from 'node:fs';

/** Such as `0.1.0`. */
export function version(): string {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder)) && folder.pathname !== '/') folder = new URL('..', folder);
  const { version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as { version: string };
  return version;
}
