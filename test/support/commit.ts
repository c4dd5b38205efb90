/** Which commit is tested, as git says it. Nothing fails where there is no git, or no repository of our own. */
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

export interface TestedCommit {
  /** The full hash; null where it is not known. */
  commit: string | null;
  /** Whether there is something that is not in it. */
  hasChanges: boolean;
}

/** @param folder the root of the project */
export function testedCommit(folder = '.'): TestedCommit {
  const git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const [root = '', commit = ''] = git('rev-parse', '--show-toplevel', 'HEAD').split('\n');
    // A project that was unpacked within somebody else's repository is in none of its commits.
    if (realpathSync(root) !== realpathSync(folder)) return { commit: null, hasChanges: false };
    return { commit, hasChanges: git('status', '--porcelain') !== '' };
  } catch {
    return { commit: null, hasChanges: false };
  }
}
