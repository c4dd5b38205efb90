/** When a stream may share the reads of its license: never before it has come as far as those that do, and did. */
import type { EventStream } from '../../src/streams/event.stream.js';
import { Subscription } from '../../src/streams/subscription.js';
import { WatchedLicense } from '../../src/streams/watched.license.js';

/** A stream that nobody reads. */
const silent = { isOpen: true, write: () => undefined } as unknown as EventStream;

function subscriptionAt(sequence: number): Subscription {
  const scope = { licenseId: 'license', deviceId: null };
  const subscription = new Subscription(scope, 'people', { by: 'bearer', secretHash: '', holder: '' }, silent, 0);
  subscription.sequence = sequence;
  return subscription;
}

it('lets the first one join where it is', () => {
  const license = new WatchedLicense('license');
  const first = subscriptionAt(7);
  license.add(first);
  expect(license.join(first)).toBe(true);
  expect([first.isLive, license.sequence, license.hasLive]).toEqual([true, 7, true]);
});

it('lets one join that is further than the others, and does not move them', () => {
  const license = new WatchedLicense('license');
  const [first, later] = [subscriptionAt(7), subscriptionAt(9)];
  for (const subscription of [first, later]) license.add(subscription);
  expect([license.join(first), license.join(later)]).toEqual([true, true]);
  expect(license.sequence).toBe(7);
});

it('keeps one out that is behind', () => {
  const license = new WatchedLicense('license');
  const [first, slow] = [subscriptionAt(7), subscriptionAt(5)];
  for (const subscription of [first, slow]) license.add(subscription);
  license.join(first);
  expect([license.join(slow), slow.isLive]).toEqual([false, false]);
});

it('keeps one out that is behind those who have left meanwhile, or it would miss what they were sent', () => {
  const license = new WatchedLicense('license');
  const [first, slow] = [subscriptionAt(5), subscriptionAt(5)];
  for (const subscription of [first, slow]) license.add(subscription);
  license.join(first);
  license.sequence = 10;
  license.remove(first);
  expect(license.join(slow)).toBe(false);
  slow.sequence = 10;
  expect(license.join(slow)).toBe(true);
});

it('takes devices to be told once each, some at a time', () => {
  const license = new WatchedLicense('license');
  license.tellDevices(['a', 'b', 'c']);
  license.tellDevices(['b']);
  expect(license.takeDevicesToTell(2)).toEqual(['a', 'b']);
  expect(license.hasDevicesToTell).toBe(true);
  expect(license.takeDevicesToTell(2)).toEqual(['c']);
  expect(license.hasDevicesToTell).toBe(false);
});
