/**
 * Hashes passwords and compares them, with Argon2id as OWASP's cheat sheet has it (19 MiB, two passes, one lane). It keeps none, and
 * knows nobody.
 */
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { HashingQueue } from './hashing.queue.js';
import { passwordKey } from './password.policy.js';

/** The package's default is the variant Argon2id; its enumeration does not exist at run time. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Of a password that nobody has: whoever is unknown costs as much time as who is known. Same costs as above. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$5eweXHLtMHF10VsK05mBhw$1xVbcz314EIrPZdKik0kdrg/Zq5CCWm5+/cxnJxtRJQ';

const runningMax = 2;
const waitingMax = 50;

@Injectable()
export class Passwords {
  private readonly queue = new HashingQueue(runningMax, waitingMax);

  /** Throws `overloaded` where no password could be looked at now. */
  requireRoom(): void {
    this.queue.requireRoom();
  }

  /** The hash to be stored, in PHC's form. Rejects with `overloaded`. */
  hash(password: string): Promise<string> {
    return this.queue.run(() => hash(passwordKey(password), cost));
  }

  /** Whether a password is the one of this hash; never, but after the same time, where there is none. Rejects with `overloaded`. */
  async isRight(password: string, storedHash: string | null): Promise<boolean> {
    const isSame = await this.queue.run(() => verify(storedHash ?? nobodysHash, passwordKey(password)));
    return isSame && storedHash !== null;
  }
}
