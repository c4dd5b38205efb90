/** What can happen to the remote deactivation setting of a license. */

/** The states of the setting. */
export const remoteDeactivationStates = ['disabled', 'enabling', 'enabled'] as const;
export type RemoteDeactivationState = (typeof remoteDeactivationStates)[number];

export type RemoteDeactivationEvent =
  | { type: 'enable'; at: number; /** How many devices are active. */ activeDevices: number }
  | { type: 'blockingDeviceLeft'; at: number; /** How many blocking devices are still active. */ remaining: number }
  | { type: 'disable'; at: number }
  | { type: 'forceEnable'; at: number; ticketId: string };

export const remoteDeactivationEvents = {
  enable: 'The owner turns the option on.',
  blockingDeviceLeft: 'A device that was active when enabling was requested is active no more.',
  disable: 'The owner turns the option off, or calls the enabling off.',
  forceEnable: 'A support agent turns the option on for an owner who cannot reach a blocking device.',
} as const satisfies Record<RemoteDeactivationEvent['type'], string>;
