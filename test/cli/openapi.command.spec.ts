/** `seatkeeper openapi`: the same document as a server answers, with nothing around it. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assembly } from '../support/assembly.js';
import { seatkeeper } from './terminal.js';

describe('seatkeeper openapi', () => {
  it('prints the document that a server answers, and on one line where asked', async () => {
    const assembly = await Assembly.start();
    try {
      const served = await assembly.request('GET', '/openapi.json', null);
      const { code, stdout, stderr } = await seatkeeper(['openapi']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(JSON.parse(stdout)).toEqual(served.body);
      expect(await seatkeeper(['openapi', '--json'])).toEqual({ code: 0, stdout: `${served.text}\n`, stderr: '' });
    } finally {
      await assembly.stop();
    }
  });

  it('asks neither the environment nor a database, and says the same each time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    const plain = await seatkeeper(['openapi']);
    const odd = await seatkeeper(['openapi'], {
      DATABASE_URL: `sqlite:${join(folder, 'seatkeeper.sqlite')}`,
      SEATKEEPER_PUBLIC_URL: 'https://seats.example.com',
      PORT: 'many',
    });
    expect(odd).toEqual(plain);
    expect(readdirSync(folder)).toEqual([]);
  });
});
