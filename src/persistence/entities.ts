/** Every entity, for the data sources. */
import { FailedCredentialEntity } from '../auth/failed-credential.entity.js';
import { IdempotencyEntity } from '../auth/idempotency.entity.js';
import { SessionEntity } from '../auth/session.entity.js';
import { SignInLinkEntity } from '../auth/sign-in-link.entity.js';
import { TokenEntity } from '../auth/token.entity.js';
import { TestClockEntity } from '../clock/test-clock.entity.js';
import { DeviceEntity } from '../devices/device.entity.js';
import { TransitionEntity } from '../history/transition.entity.js';
import { SigningKeyEntity } from '../leases/signing-key.entity.js';
import { LicenseEntity } from '../licenses/license.entity.js';
import { SeatEntity } from '../licenses/seat.entity.js';
import { OrganizationEntity } from '../organizations/organization.entity.js';
import { KnownBrowserEntity } from '../people/known-browser.entity.js';
import { MemberEntity } from '../people/member.entity.js';
import { RemoteDeactivationEntity } from '../remote-deactivation/remote-deactivation.entity.js';
import { SupportTicketEntity } from '../support/support-ticket.entity.js';

export const entities = [
  OrganizationEntity,
  TokenEntity,
  LicenseEntity,
  RemoteDeactivationEntity,
  SeatEntity,
  DeviceEntity,
  SupportTicketEntity,
  TransitionEntity,
  SigningKeyEntity,
  IdempotencyEntity,
  TestClockEntity,
  FailedCredentialEntity,
  MemberEntity,
  SessionEntity,
  SignInLinkEntity,
  KnownBrowserEntity,
];
