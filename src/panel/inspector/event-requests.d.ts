/** What `build/event-requests.ts` gives: the requests that an event of a machine is part of, by `machine.event`. */
declare module 'virtual:event-requests' {
  export const eventRequests: Readonly<
    Record<string, readonly { request: string; page: string; as: 'request' | 'answer' }[] | undefined>
  >;
}
