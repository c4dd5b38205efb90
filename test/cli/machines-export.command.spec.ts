/** `seatkeeper machines export`: the files are what a server answers. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assembly } from '../support/assembly.js';
import { seatkeeper } from './terminal.js';

const ids = ['device', 'remoteDeactivation', 'license', 'supportTicket', 'clientSession'];
const endings = ['svg', 'scxml', 'mmd', 'json', 'md'];
const folder = (): string => join(mkdtempSync(join(tmpdir(), 'machines-')), 'new');

describe('seatkeeper machines export', () => {
  it('writes each machine in each form, as a server answers it', async () => {
    const out = folder();
    const { code, stdout, stderr } = await seatkeeper(['machines', 'export', '--out', out, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const names = ids.flatMap((id) => endings.map((ending) => `${id}.${ending}`));
    expect(readdirSync(out).sort()).toEqual([...names].sort());
    expect(JSON.parse(stdout)).toEqual({ files: names.map((name) => join(out, name)) });
    const assembly = await Assembly.start();
    try {
      for (const name of names) {
        const served = await assembly.request('GET', `/v1/machines/${name}`, null);
        expect(served.status).toBe(200);
        expect(readFileSync(join(out, name), 'utf8')).toBe(served.text);
      }
    } finally {
      await assembly.stop();
    }
  });

  it('writes one form where one is asked for, over what is there', async () => {
    const out = folder();
    for (let times = 0; times < 2; times += 1) {
      const { code, stdout } = await seatkeeper(['machines', 'export', '--format', 'mmd', '--out', out]);
      expect(code).toBe(0);
      expect(stdout).toContain(`${join(out, 'license.mmd')} is written.\n`);
    }
    expect(readdirSync(out).sort()).toEqual(ids.map((id) => `${id}.mmd`).sort());
  });

  it.each([
    [
      'a file stands there',
      () => {
        const file = `${folder()}-file`;
        writeFileSync(file, '');
        return file;
      },
      /^Seatkeeper failed \((?:EEXIST|ENOTDIR)\): [^\n]+\n$/,
    ],
    ['the file system takes no folders', () => '/proc/seatkeeper/machines', /^Seatkeeper failed \(ENOENT\): [^\n]+\n$/],
  ])('says in a line why it cannot write where %s', async (_what, place, words) => {
    const { code, stdout, stderr } = await seatkeeper(['machines', 'export', '--format', 'mmd', '--out', place()]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(words);
  });
});
