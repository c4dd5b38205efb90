/** Who and what the demonstration is about: organizations and their people, licenses and their devices. Days count from its beginning. */

/** How many days it goes over. */
export const storyDays = 90;

/** Of everybody: it is a demonstration. */
export const password = 'a seat for everybody';

export type Role = 'operator' | 'support' | 'owner' | 'manager' | 'editor' | 'reader';

export interface Person {
  readonly email: string;
  readonly role: Role;
}

export interface Organization {
  readonly name: string;
  readonly people: readonly Person[];
}

/** What a device does by itself: it connects every few days, or takes a seat for a few days and gives it back. */
export type Habit =
  | { readonly kind: 'resident'; readonly from: number; readonly everyDays: number; readonly until: number }
  | { readonly kind: 'visitor'; readonly from: number; readonly stayDays: number; readonly awayDays: number };

export interface DeviceRole {
  readonly name: string;
  readonly platform: string;
  readonly appVersion: string;
  readonly habit: Habit;
}

export interface LicenseRole {
  /** How the story calls it. */
  readonly name: string;
  readonly owner: string;
  readonly product: string;
  readonly seats: number;
  /** Older licenses are imported with the option disabled (R5). */
  readonly isOld: boolean;
  /** The day on which the validity ends, and Support & Upgrade; null: without end, and without it. */
  readonly validUntilDay: number | null;
  readonly supportUntilDay: number | null;
  readonly devices: readonly DeviceRole[];
}

export const operator = 'petra@meridian.example';
export const agent = 'sam@meridian.example';

export const vendor: Organization = {
  name: 'Meridian Software',
  people: [
    { email: operator, role: 'operator' },
    { email: agent, role: 'support' },
  ],
};

export const customers: readonly Organization[] = [
  {
    name: 'Alpine Survey',
    people: [
      { email: 'olivia@alpine.example', role: 'owner' },
      { email: 'marco@alpine.example', role: 'manager' },
      { email: 'elena@alpine.example', role: 'editor' },
      { email: 'rafael@alpine.example', role: 'reader' },
    ],
  },
  {
    name: 'Harbor & Bridge Engineers',
    people: [
      { email: 'hanna@harbor.example', role: 'owner' },
      { email: 'erik@harbor.example', role: 'editor' },
    ],
  },
  {
    name: 'Terra Cadastre Office',
    people: [
      { email: 'tomas@terra.example', role: 'owner' },
      { email: 'ruth@terra.example', role: 'reader' },
    ],
  },
];

const windows = 'Windows 11';
const mac = 'macOS 15';
const linux = 'Ubuntu 24.04';
const tablet = 'Android 15';

/** Connects every few days from one day on, until another. */
function resident(
  name: string,
  platform: string,
  appVersion: string,
  from: number,
  everyDays: number,
  until = storyDays,
): DeviceRole {
  return { name, platform, appVersion, habit: { kind: 'resident', from, everyDays, until } };
}

/** Comes and goes: stays about so many days, and is away about as many as said. */
function visitor(
  name: string,
  platform: string,
  appVersion: string,
  from: number,
  stayDays: number,
  awayDays: number,
): DeviceRole {
  return { name, platform, appVersion, habit: { kind: 'visitor', from, stayDays, awayDays } };
}

export const licenses: readonly LicenseRole[] = [
  {
    name: 'mapper',
    owner: 'Alpine Survey',
    product: 'Mapper Pro',
    seats: 8,
    isOld: false,
    validUntilDay: null,
    supportUntilDay: 300,
    devices: [
      resident('Processing workstation 1', windows, '4.12.1', 0.2, 3),
      resident('Processing workstation 2', windows, '4.12.1', 1.3, 3),
      resident('Nightly build runner', linux, '4.12.0', 2.1, 1),
      resident('Field laptop Elbe', windows, '4.11.3', 3.2, 3, 20.5),
      resident('Loaner notebook', windows, '4.11.3', 8.4, 4, 60),
      visitor('Field laptop Inn', windows, '4.12.1', 4.2, 5, 4),
      visitor('Field laptop Drau', windows, '4.12.1', 6.3, 4, 4),
      visitor('Drone van tablet', tablet, '4.12.0', 5.1, 3, 5),
      visitor('Training room 1', mac, '4.12.1', 10.4, 4, 6),
      visitor('Training room 2', mac, '4.12.1', 10.5, 4, 6),
      visitor('Training room 3', mac, '4.12.1', 10.6, 4, 6),
    ],
  },
  {
    name: 'cloudMerge',
    owner: 'Alpine Survey',
    product: 'Cloud Merge',
    seats: 4,
    isOld: true,
    validUntilDay: null,
    supportUntilDay: null,
    devices: [
      resident('Merge server', linux, '2.8.4', 0.3, 3),
      resident('Old drone workstation', windows, '2.6.0', 1.1, 4, 24),
      visitor('Review laptop', mac, '2.8.4', 9.2, 4, 7),
      resident('Archive machine', windows, '2.7.2', 2.2, 6, 35),
    ],
  },
  {
    name: 'school',
    owner: 'Alpine Survey',
    product: 'Mapper Field School',
    seats: 3,
    isOld: false,
    validUntilDay: 70.5,
    supportUntilDay: 70.5,
    devices: [
      resident('School laptop 1', windows, '4.10.0', 12.2, 5),
      resident('School laptop 2', windows, '4.10.0', 12.3, 5),
      visitor('School laptop 3', windows, '4.10.0', 14.2, 4, 5),
    ],
  },
  {
    name: 'bridge',
    owner: 'Harbor & Bridge Engineers',
    product: 'BridgeCAD',
    seats: 7,
    isOld: true,
    validUntilDay: null,
    supportUntilDay: 200,
    devices: [
      resident('Design station 1', windows, '11.2', 0.3, 3),
      resident('Design station 2', windows, '11.2', 0.4, 3),
      resident('Design station 3', windows, '11.1', 0.5, 3),
      resident('Site container tablet', tablet, '11.2', 1.2, 3),
      resident('Retired station', windows, '10.4', 2.3, 4, 25),
      visitor('Inspection laptop', windows, '11.2', 20.2, 5, 5),
      visitor('Intern notebook', mac, '11.2', 50.3, 6, 6),
    ],
  },
  {
    name: 'pointCloud',
    owner: 'Harbor & Bridge Engineers',
    product: 'Point Cloud Studio',
    seats: 5,
    isOld: true,
    validUntilDay: null,
    supportUntilDay: null,
    devices: [
      resident('Scanner workstation', windows, '7.0.2', 0.6, 3),
      resident('Registration server', linux, '7.0.1', 0.7, 4),
      resident('Quay scanner cart', windows, '6.9.0', 5.3, 7),
      visitor('Tunnel laptop', windows, '7.0.2', 30.3, 3, 9),
    ],
  },
  {
    name: 'viewer',
    owner: 'Harbor & Bridge Engineers',
    product: 'BridgeCAD Viewer',
    seats: 2,
    isOld: false,
    validUntilDay: 400,
    supportUntilDay: null,
    devices: [
      visitor('Meeting room north', windows, '11.2', 16.3, 4, 2),
      visitor('Meeting room south', windows, '11.2', 16.4, 4, 2),
      visitor('Site office', tablet, '11.1', 17.2, 3, 2),
    ],
  },
  {
    name: 'parcel',
    owner: 'Terra Cadastre Office',
    product: 'Parcel Editor',
    seats: 6,
    isOld: false,
    validUntilDay: 240,
    supportUntilDay: 240,
    devices: [
      resident('Counter 1', windows, '3.3.0', 1.4, 3),
      resident('Counter 2', windows, '3.3.0', 1.5, 3),
      visitor('Field tablet east', tablet, '3.2.7', 7.2, 3, 4),
      visitor('Field tablet west', tablet, '3.2.7', 7.3, 3, 4),
    ],
  },
  {
    name: 'deeds',
    owner: 'Terra Cadastre Office',
    product: 'Deed Scanner',
    seats: 4,
    isOld: true,
    validUntilDay: null,
    supportUntilDay: null,
    devices: [
      resident('Scan station 1', windows, '1.9', 0.8, 3),
      resident('Scan station 2', windows, '1.9', 0.9, 3),
      resident('Basement scanner', windows, '1.4', 3.4, 6, 40),
    ],
  },
];
