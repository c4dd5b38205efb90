/** `machines/README.md` says what the machines do: its tables are those that the machines give now. */
import { readFileSync } from 'node:fs';
import { anyMachineIds, describedMachines } from '../../machines/index.js';
import { markdownOf } from '../../src/inspector/machine.markdown.js';
import { marksOf, withTables } from '../../src/inspector/readme.tables.js';

const readme = readFileSync('machines/README.md', 'utf8');
const howToRenew = 'machines/README.md is behind: npm run machines:readme writes its tables anew.';

it('holds the tables as the machines are', () => {
  const renewed = withTables(readme);
  // Line by line, so that a failure shows which one, and what to do.
  expect([howToRenew, ...readme.split('\n')]).toEqual([howToRenew, ...renewed.split('\n')]);
});

it('has a chapter for each machine, in their order, and links that lead somewhere', () => {
  const chapters = [...readme.matchAll(/^## (\w+)\n\n<!-- tables of (\w+):/gm)];
  expect(chapters.map(([, title]) => title)).toEqual(anyMachineIds);
  expect(chapters.map(([, , id]) => id)).toEqual(anyMachineIds);
  const files = [...readme.matchAll(/\]\((system[^)]*)\)/g)].map(([, path]) => `machines/${path}`);
  expect(files).toContain('machines/system/settle.ts');
  for (const file of files.filter((path) => path.endsWith('.ts'))) expect(readFileSync(file, 'utf8')).not.toBe('');
});

it('writes over whatever stands between the marks, and nothing else', () => {
  const [begin, end] = marksOf('license');
  const touched = readme.replace('| `revoke` | → revoked |', '| `revoke` | = |');
  expect(touched).not.toBe(readme);
  expect(withTables(touched)).toBe(readme);
  expect(withTables(`above\n${readme}below`)).toBe(`above\n${readme}below`);
  expect(() => withTables(readme.replace(begin, ''))).toThrow('no place for the tables of license');
  expect(() => withTables(readme.replace(end, ''))).toThrow('no place for the tables of license');
});

describe('the notation', () => {
  const rows = (id: string): string[] => {
    const machine = describedMachines.find((each) => each.id === id);
    return machine === undefined ? [] : markdownOf(machine).split('\n');
  };

  /** Copied by hand from the design. */
  it.each([
    ['device', '| event | `inactive` | `active` | `loggedOut` | `expired` | `remotelyDeactivated` |'],
    ['device', '| `logOut` | – | → loggedOut | = | – | – |'],
    ['device', '| `expire` | – | → expired [`isOverdue`] | – | – | – |'],
    ['device', '| `forceDeactivate` | – | → remotelyDeactivated | – | – | = |'],
    ['remoteDeactivation', '| `enable` | → enabled [`noDeviceIsActive`]; else → enabling | = | = |'],
    ['remoteDeactivation', '| `blockingDeviceLeft` | – | → enabled [`noBlockingDeviceRemains`]; else = | – |'],
    ['license', '| `reinstate` | = | → expired [`validityHasEnded`]; else → active | – | – |'],
    ['license', '| `renew` | → active | → suspended | → active | – |'],
    ['supportTicket', '| `close` | → closed | → closed | = |'],
  ])('of %s is that of the design: %s', (id, row) => {
    expect(rows(id)).toContain(row);
  });

  it('asks guards in their order, and says what a false one means', () => {
    const license = '`licenseIsNotSuspended`, `licenseIsNotExpired`, `licenseIsNotRevoked`';
    expect(rows('device')).toContain(`| \`checkIn\` | – | • [${license}] | – | – | – |`);
    expect(rows('device')).toContain(
      '| `seatIsFree` | At least one seat of the license is free (R1). | `noSeatAvailable` |',
    );
    expect(rows('remoteDeactivation').filter((row) => row.endsWith('| the next way |'))).toHaveLength(2);
  });

  it('says what a state says to events that it does not know', () => {
    const said = (id: string, state: string) => rows(id).find((row) => row.startsWith(`| \`${state}\``));
    expect(said('device', 'inactive')).toMatch(/^\| `inactive` \(begins here\) \| .* \| `deviceNotActive` \|$/);
    expect(said('device', 'active')).toMatch(/\| nothing: it knows every event \|$/);
    expect(said('license', 'revoked')).toMatch(/^\| `revoked` \(ends here\) \| .* \| `eventNotAllowed` \|$/);
  });
});
