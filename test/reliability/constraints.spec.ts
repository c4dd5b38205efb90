/**
 * Writes bad rows by hand into a database that a server has made: R1 and R3 must be impossible to break for whoever writes, at the latest at COMMIT. Each attempt is rolled
 * back, so all begin from the same rows.
 */
import { activate, issueLicense, logOut, register } from '../support/scene.js';
import { startServer } from '../support/server.js';
import { type RawDatabase, rawDatabase } from './raw.database.js';

describe('the database', () => {
  let database: RawDatabase;
  /** Ids: a license of three seats with devices on 1 and 2, and another license with one device on its only seat. */
  let ids: { license: string; other: string; one: string; two: string; idle: string; left: string; stranger: string };

  beforeAll(async () => {
    const server = await startServer();
    const license = await issueLicense(server, { seats: 3 });
    const other = await issueLicense(server, { seats: 1 });
    const one = await activate(server, license);
    const two = await activate(server, license);
    const left = await activate(server, license);
    await logOut(server, left);
    const idle = await register(server, license.id);
    const stranger = await activate(server, other);
    await server.stop();
    ids = {
      license: license.id,
      other: other.id,
      one: one.id,
      two: two.id,
      idle: idle.id,
      left: left.id,
      stranger: stranger.id,
    };
    database = await rawDatabase(server.databaseUrl);
  });

  afterAll(() => database.close());

  /** Runs the statements, with ids for their names, in one transaction, and takes them back. Rejects where one or the COMMIT fails. */
  async function attempt(...statements: string[]): Promise<void> {
    await database.attempt(
      statements.map((statement) =>
        Object.entries(ids).reduce(
          (text, [name, id]) => text.replace(new RegExp(`@${name}\\b`, 'g'), `'${id}'`),
          statement,
        ),
      ),
    );
  }

  const sit = (device: string, number: number): string =>
    `UPDATE device SET state = 'active', seat_number = ${number}, deactivation_date = 4102444800000 WHERE id = @${device}`;
  const getUp = (device: string, state = 'loggedOut'): string =>
    `UPDATE device SET state = '${state}', seat_number = NULL, deactivation_date = NULL WHERE id = @${device}`;
  const take = (number: number, device: string, license = 'license'): string =>
    `UPDATE seat SET device_id = @${device} WHERE license_id = @${license} AND number = ${number}`;
  const free = (number: number, license = 'license'): string =>
    `UPDATE seat SET device_id = NULL WHERE license_id = @${license} AND number = ${number}`;

  const impossible: [sentence: string, statements: string[]][] = [
    [
      'an active device without a seat number',
      [`UPDATE device SET state = 'active', deactivation_date = 1 WHERE id = @idle`],
    ],
    ['an active device whose seat is free', [sit('idle', 3)]],
    ['an active device on a seat that the license does not have', [sit('idle', 4)]],
    ['an active device whose seat lost it', [free(1)]],
    ['an active device whose seat is removed', [`DELETE FROM seat WHERE license_id = @license AND number = 1`]],
    ['a seat of a device that is registered only', [take(3, 'idle')]],
    ['a seat of a device that has logged out', [take(3, 'left')]],
    [
      'a seat of a device that does not exist',
      [`UPDATE seat SET device_id = 'nobody' WHERE license_id = @license AND number = 3`],
    ],
    ['a seat that stays taken when its device logs out', [getUp('one')]],
    ['a seat that stays taken when its device expires', [getUp('one', 'expired')]],
    ['a seat that stays taken when its device is deactivated', [getUp('one', 'remotelyDeactivated')]],
    ['a seat number on a device that is not active', [`UPDATE device SET seat_number = 3 WHERE id = @left`]],
    [
      'a seat number kept after a log-out',
      [`UPDATE device SET state = 'loggedOut', deactivation_date = NULL WHERE id = @one`],
    ],
    ['two devices on one seat', [sit('idle', 1)]],
    ['two devices on one seat, the seat going over', [sit('idle', 1), take(1, 'idle')]],
    ['two seats with the same number', [`INSERT INTO seat (license_id, number, device_id) VALUES (@license, 1, NULL)`]],
    ['one device on two seats', [take(3, 'one')]],
    ['one device on another seat than it says', [free(1), take(3, 'one')]],
    ['two devices with their seats crossed', [free(1), take(2, 'one'), take(1, 'two')]],
    [
      'a device on a seat of another license',
      [sit('idle', 1), `UPDATE seat SET device_id = @idle WHERE license_id = @other AND number = 1`],
    ],
    ['a seat taken by a device of another license', [take(3, 'stranger')]],
    [
      'a device that moves to another license with its seat',
      [`UPDATE device SET license_id = @license WHERE id = @stranger`],
    ],
    ['a device that is gone and its seat taken', [`DELETE FROM device WHERE id = @one`]],
    ['a license that is gone and its devices not', [`DELETE FROM license WHERE id = @other`]],
    ['an unknown state of a device', [`UPDATE device SET state = 'asleep' WHERE id = @left`]],
    ['an unknown status of a license', [`UPDATE license SET status = 'paused' WHERE id = @license`]],
    ['an unknown state of a setting', [`UPDATE remote_deactivation SET state = 'perhaps' WHERE license_id = @license`]],
    [
      'a deactivation date of a device that is registered only',
      [`UPDATE device SET deactivation_date = 1 WHERE id = @idle`],
    ],
    [
      'a deactivation date of a device that has logged out',
      [`UPDATE device SET deactivation_date = 1 WHERE id = @left`],
    ],
    [
      'one fingerprint twice in a license',
      [`UPDATE device SET fingerprint = (SELECT fingerprint FROM device WHERE id = @one) WHERE id = @two`],
    ],
    [
      'a history with one sequence twice',
      [`INSERT INTO transition SELECT * FROM transition WHERE license_id = @license AND sequence = 1`],
    ],
    ['a history that says something else', [`UPDATE transition SET to_state = 'active' WHERE license_id = @license`]],
    ['a history that forgets', [`DELETE FROM transition WHERE license_id = @license`]],
  ];

  it.each(impossible)('cannot hold %s', async (_sentence, statements) => {
    await expect(attempt(...statements)).rejects.toMatchObject({
      message: expect.stringMatching(/constraint|append-only|CHECK|UNIQUE|FOREIGN KEY/i),
    });
  });

  it('holds a device that sits down, one that gets up and one that changes its seat, when both sides say so', async () => {
    await attempt(take(3, 'idle'), sit('idle', 3));
    await attempt(free(3), getUp('idle'));
    await attempt(free(1), take(3, 'one'), `UPDATE device SET seat_number = 3 WHERE id = @one`);
    await attempt(`DELETE FROM seat WHERE license_id = @license AND number = 1`);
  });
});
