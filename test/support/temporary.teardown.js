/** Takes away the temporary folder of this run of Jest. */
import { rmSync } from 'node:fs';

export default function removeTemporaryFolder() {
  // A browser that is still ending may write into it meanwhile.
  rmSync(globalThis.temporaryFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
