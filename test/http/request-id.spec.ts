/** The ids of requests. */
import { newRequestId } from '../../src/http/request-id.js';

it('never gives an id twice, also when the random bits are drawn anew', () => {
  const ids = Array.from({ length: 5000 }, newRequestId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('starts an id with the time', () => {
  const before = Date.now();
  const millis = parseInt(newRequestId().replace('-', '').slice(0, 12), 16);
  expect(millis).toBeGreaterThanOrEqual(before);
  expect(millis).toBeLessThanOrEqual(Date.now());
});
