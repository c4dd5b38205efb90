/** What `build/event-requests.ts` gives: the requests that an event of a machine is part of, by `machine.event`. */
declare module 'virtual:event-requests' {
  export interface EventRequest {
    /** Method and path. */
    request: string;
    /** Its address in the API documentation. */
    page: string;
    /** Whether the request brings the event, or its answer is one of client software. */
    as: 'request' | 'answer';
  }
  export const eventRequests: Readonly<Record<string, readonly EventRequest[] | undefined>>;
}
