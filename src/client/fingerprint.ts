/**
 * A fingerprint of this machine that stays the same: the identity that the operating system gave itself at its installation, hashed
 * with the product, so that two products cannot compare notes. It tells installations apart and proves no hardware. For Node.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Where a machine says who it is, by platform; the first that answers counts. */
const sources: Readonly<Partial<Record<NodeJS.Platform, readonly (() => Promise<string>)[]>>> = {
  linux: [() => readFile('/etc/machine-id', 'utf8'), () => readFile('/var/lib/dbus/machine-id', 'utf8')],
  freebsd: [() => readFile('/etc/hostid', 'utf8')],
  darwin: [() => output('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'], /"IOPlatformUUID" = "([^"]+)"/)],
  win32: [
    () =>
      output(
        'reg',
        ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid', '/reg:64'],
        /REG_SZ\s+(\S+)/,
      ),
  ],
};

/** The machine does not say who it is; the software has to keep a fingerprint of its own. */
export class NoMachineIdentity extends Error {
  override readonly name = 'NoMachineIdentity';
}

/**
 * The fingerprint of this machine for a product: 43 characters, base64url.
 *
 * It changes when the system is installed anew, when `/etc/machine-id` (Linux), `MachineGuid` (Windows) or the main board (macOS)
 * changes, or when the product has another name; not with updates, network cards, disks, users or time. Clones of one virtual
 * machine share it until they make their machine id anew, and so do containers that mount the same one.
 *
 * @throws NoMachineIdentity where the machine does not say who it is, as in most containers
 */
export async function machineFingerprint(product: string): Promise<string> {
  for (const source of sources[process.platform] ?? []) {
    const identity = await source().then(
      (text) => text.trim().toLowerCase(),
      () => '',
    );
    if (identity.length >= 8) return fingerprintOf(identity, product);
  }
  throw new NoMachineIdentity('This machine has no identity that can be read: hand in a fingerprint of your own.');
}

/** The fingerprint that an identity gives for a product. */
export function fingerprintOf(identity: string, product: string): string {
  return createHash('sha256').update(`seatkeeper\n${product}\n${identity}`).digest('base64url');
}

async function output(program: string, given: readonly string[], pattern: RegExp): Promise<string> {
  const { stdout } = await promisify(execFile)(program, [...given], { timeout: 5_000, windowsHide: true });
  return pattern.exec(stdout)?.[1] ?? '';
}
