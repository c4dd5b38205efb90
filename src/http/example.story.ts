/**
 * The story that all examples in the description of the interface tell, and the README too: a customer with a license for two devices,
 * a laptop that is stolen on the train, a workstation that breaks. Here is what stands in the examples of several features; the secrets
 * open nothing.
 */

/** Who buys, and Olivia, an owner there: once with an access token, once as a person who signs in. */
export const organization = { id: '01a20c9e-80c7-7325-ad15-aa4a9d0f29fa', name: 'Acme Surveying' };
export const olivia = {
  tokenId: '01a20c9e-823f-7148-b113-d8a39d4761f2',
  token: 'ska_DzaBHBId469L883djMSs3yGdMUaOXqMd_ruicKv8WbM',
  memberId: '01a20c9e-8301-72f6-9c5b-4e0d7a61b3c8',
  email: 'olivia@acme.example',
  invitation: 'sko_Tq3mZ0aV8Wgj13Xj3hU0K9oxMXEy5ko-OQC_4oOXwns',
  password: 'correct horse battery',
};

/** What was bought. */
export const licenseId = '01a20c9e-83df-7249-b336-8c11717dbfe9';
export const licenseKey = 'skl_3uQZ9rlYics2X9eONPC_loE-R85z4Rtm4e-ACxXlKI8';
export const newLicenseKey = 'skl_WwhrkASrkYUtVgFfCZ99hrLeD7tpNOt2GE_z8epM1N0';
export const keyHint = licenseKey.slice(-6);

/** The installations. */
export const workstation = {
  id: '01a20c9e-8666-767a-b402-c1c2194ab813',
  fingerprint: 'workstation-4f1c',
  name: 'Workstation',
  token: 'skd_eY_aShuW9r2G8ieoo6gWEx-YR0lH8eBmU_K-0YJQM9k',
};
export const laptop = {
  id: '01a20c9e-8849-7343-973c-679fe4430218',
  fingerprint: 'laptop-77ab02',
  name: 'Field laptop',
};
export const tablet = { id: '01a20c9e-9068-7199-9525-e5598d9077b4', fingerprint: 'tablet-0031', name: 'Tablet' };

/** A lease, shortened as in the README. */
export const lease = 'eyJ0eXAiOiJzZWF0a2VlcGVy…';

/** The ticket on which support frees the seat of the workstation. */
export const ticketId = '01a20c9e-8f52-7d0e-b7c4-19a86f3e52d1';

/** The words of those who deactivate. */
export const reasons = { laptop: 'Stolen on the train', workstation: 'The workstation is broken' };

/** When what happens, in its order. */
export const times = {
  begins: '2026-11-24T08:14:03.900Z',
  issued: '2026-11-24T08:14:04.767Z',
  workstationActivated: '2026-11-24T08:14:05.415Z',
  laptopActivated: '2026-11-24T08:14:05.898Z',
  tabletRefused: '2026-11-24T08:14:06.200Z',
  checkedIn: '2026-11-24T08:14:06.661Z',
  tried: '2026-11-24T08:14:06.914Z',
  laptopDeactivated: '2026-11-24T08:14:07.117Z',
  ticketOpened: '2026-11-24T08:14:07.630Z',
  workstationLoggedOut: '2026-11-24T08:14:08.165Z',
};

/** The dates of devices that connected at those times, thirty days later; a lease counts whole seconds. */
export const dates = {
  laptop: '2026-12-24T08:14:05.898Z',
  workstation: '2026-12-24T08:14:06.661Z',
  leaseOfActivation: '2026-12-24T08:14:05.000Z',
  leaseOfCheckIn: '2026-12-24T08:14:06.000Z',
};
