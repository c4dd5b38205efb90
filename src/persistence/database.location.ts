/** Where the data is, as `DATABASE_URL` says, and how that is shown to people: never with a password. */

/** A SQLite file, relative to the working folder or absolute; or the address of a PostgreSQL database, secrets included. */
export type DatabaseLocation =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

/** How a location is shown: the file, or host, port and name of the database. */
export function shownLocation(location: DatabaseLocation): string {
  if (location.kind === 'sqlite') return location.file;
  const { host, pathname, searchParams } = new URL(location.url);
  return `postgres://${host === '' ? (searchParams.get('host') ?? 'localhost') : host}${pathname}`;
}
