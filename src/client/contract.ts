/**
 * What client software sends and is answered, as types. Written by `npm run client:generate` from the description of the interface, and
 * compared with it by a test.
 */
export interface components {
  schemas: {
    /** @description A device on its seat, with what it proves itself by */
    Activation: {
      device: components['schemas']['Device'];
      /** @description The device token; null in a dry run */
      token: string | null;
      /** @description The signed lease, a JWT; null in a dry run */
      lease: string | null;
      /**
       * @description Present where nothing was stored
       * @enum {boolean}
       */
      dryRun?: true;
      /** @description The rows that a dry run would write */
      transitions?: components['schemas']['Transition'][];
    };
    /** @description One installation, known by its fingerprint within a license */
    Device: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      licenseId: string;
      /** @description 8 to 255 visible ASCII characters */
      fingerprint: string;
      /** @description Null where nobody gave one */
      name: string | null;
      platform: string | null;
      appVersion: string | null;
      /** @enum {string} */
      state: 'inactive' | 'active' | 'loggedOut' | 'expired' | 'remotelyDeactivated';
      /** @description The seat that it occupies; only while active */
      seat: number | null;
      /** @description When the present or last activation began */
      activatedAt: string | null;
      /** @description The last activation, check-in or log-out */
      lastSeenAt: string | null;
      /** @description When it is deactivated by itself unless it connects; only while active */
      deactivationDate: string | null;
      /** @description The end of the last lease given: until then it can run offline at most */
      leaseExpiresAt: string | null;
      checkInCount: number;
      /** @description Whether it can be deactivated remotely now, role aside, or why not and what to do */
      remoteDeactivation: {
        allowed: boolean;
        reason:
          | (
              | 'legacyLicenseManager'
              | 'tooLarge'
              | 'unsupportedMediaType'
              | 'tooManyRequests'
              | 'overloaded'
              | 'unauthenticated'
              | 'forbidden'
              | 'invalidRequest'
              | 'notFound'
              | 'idempotencyKeyReused'
              | 'versionRequired'
              | 'versionMismatch'
              | 'supportAndUpgradeRequired'
              | 'ticketNotApplicable'
              | 'emailInUse'
              | 'seatsInUse'
              | 'deviceNotActive'
              | 'licenseSuspended'
              | 'licenseExpired'
              | 'licenseRevoked'
              | 'noSeatAvailable'
              | 'remoteDeactivationDisabled'
              | 'remoteDeactivationEnabling'
              | 'devicePredatesRemoteDeactivation'
              | 'eventNotAllowed'
              | 'internalError'
            )
          | null;
        remedy: string | null;
      };
      /** @description How the last activation ended */
      endedBy: {
        /** @enum {string} */
        kind: 'device' | 'expiry' | 'member' | 'support' | 'operator';
        /** Format: date-time */
        at: string;
        reason: string | null;
      } | null;
      version: number;
    };
    /** @description One accepted step of one machine, or a refused activation */
    Transition: {
      /** @description The place in the history of the license: from 1 without a gap */
      sequence: number;
      /**
       * Format: date-time
       * @description When it holds: for an expiry the date itself, not when it was noticed
       */
      at: string;
      /**
       * Format: date-time
       * @description When it was written
       */
      recordedAt: string;
      /** @enum {string} */
      machine: 'device' | 'remoteDeactivation' | 'license' | 'supportTicket';
      /** @description The device or ticket; the license for its own rows and its setting’s; null if not known */
      subjectId: string | null;
      /** Format: uuid */
      licenseId: string;
      event: string;
      /** @description The state before; null at a birth */
      from: string | null;
      /** @description The state after */
      to: string | null;
      /** @enum {string} */
      outcome: 'accepted' | 'refused';
      /** @description Why it was refused */
      reason:
        | (
            | 'legacyLicenseManager'
            | 'tooLarge'
            | 'unsupportedMediaType'
            | 'tooManyRequests'
            | 'overloaded'
            | 'unauthenticated'
            | 'forbidden'
            | 'invalidRequest'
            | 'notFound'
            | 'idempotencyKeyReused'
            | 'versionRequired'
            | 'versionMismatch'
            | 'supportAndUpgradeRequired'
            | 'ticketNotApplicable'
            | 'emailInUse'
            | 'seatsInUse'
            | 'deviceNotActive'
            | 'licenseSuspended'
            | 'licenseExpired'
            | 'licenseRevoked'
            | 'noSeatAvailable'
            | 'remoteDeactivationDisabled'
            | 'remoteDeactivationEnabling'
            | 'devicePredatesRemoteDeactivation'
            | 'eventNotAllowed'
            | 'internalError'
          )
        | null;
      /** @description A person’s words */
      note: string | null;
      /** @description How many identical refusals the row stands for; else 1 */
      count: number;
      /** @description The check-ins of the device since its previous accepted row; 0 in a refused one */
      checkIns: number;
      actor: {
        /** @enum {string} */
        kind: 'device' | 'licenseKey' | 'member' | 'support' | 'operator' | 'expiry' | 'system';
        id: string | null;
        name: string | null;
      };
      ticketId: string | null;
      /** @description The x-request-id of the answer; null for what time did */
      requestId: string | null;
    };
    /** @description A device with its new dates, and its new lease */
    CheckIn: {
      device: components['schemas']['Device'];
      lease: string | null;
      /**
       * @description Present where nothing was stored
       * @enum {boolean}
       */
      dryRun?: true;
      /** @description The rows that a dry run would write */
      transitions?: components['schemas']['Transition'][];
    };
    CheckInBody: {
      appVersion?: string | null;
    };
    /** @description A device after a command, or as a dry run would leave it */
    DeviceAnswer: {
      device: components['schemas']['Device'];
      /**
       * @description Present where nothing was stored
       * @enum {boolean}
       */
      dryRun?: true;
      /** @description The rows that a dry run would write */
      transitions?: components['schemas']['Transition'][];
    };
    /** @description The public keys that leases are verified with */
    JsonWebKeySet: {
      keys: {
        /** @enum {string} */
        kty: 'OKP';
        /** @enum {string} */
        crv: 'Ed25519';
        /** @description The public key, base64url */
        x: string;
        /** @description The `kid` in the header of the leases under this key */
        kid: string;
        /** @enum {string} */
        use: 'sig';
        /** @enum {string} */
        alg: 'EdDSA';
      }[];
    };
    NewDevice: {
      /** @description 8 to 255 visible ASCII characters */
      fingerprint: string;
      name?: string | null;
      platform?: string | null;
      appVersion?: string | null;
    };
    /** @description A refusal (RFC 9457). Which further members there are depends on the code; `type` leads to its page. */
    Problem: {
      /**
       * Format: uri
       * @description A page of this server that explains the code
       */
      type: string;
      title: string;
      status: number;
      /** @description A sentence about this very case, for people */
      detail: string;
      /** @description The path of the request */
      instance: string;
      /**
       * @description What programs switch on
       * @enum {string}
       */
      code:
        | 'legacyLicenseManager'
        | 'tooLarge'
        | 'unsupportedMediaType'
        | 'tooManyRequests'
        | 'overloaded'
        | 'unauthenticated'
        | 'forbidden'
        | 'invalidRequest'
        | 'notFound'
        | 'idempotencyKeyReused'
        | 'versionRequired'
        | 'versionMismatch'
        | 'supportAndUpgradeRequired'
        | 'ticketNotApplicable'
        | 'emailInUse'
        | 'seatsInUse'
        | 'deviceNotActive'
        | 'licenseSuspended'
        | 'licenseExpired'
        | 'licenseRevoked'
        | 'noSeatAvailable'
        | 'remoteDeactivationDisabled'
        | 'remoteDeactivationEnabling'
        | 'devicePredatesRemoteDeactivation'
        | 'eventNotAllowed'
        | 'internalError';
      /** @description What a person can do about it */
      remedy: string | null;
      /** @description The faults of a request that is not valid, each by the path of its field */
      issues?: {
        path: string;
        message: string;
      }[];
    } & {
      [key: string]: unknown;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
