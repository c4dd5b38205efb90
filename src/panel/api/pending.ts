/** Paths that the server's description does not name yet; to be emptied as they are landed. */

type Json<Body> = { content: { 'application/json': Body } };

export interface Session {
  kind: 'operator' | 'support' | 'member';
  id: string;
  name: string;
  email: string | null;
  role: 'operator' | 'support' | 'owner' | 'manager' | 'editor' | 'reader';
  organization: { id: string; name: string } | null;
  signedInWith: 'password' | 'token' | 'link';
  endsAt: string;
  now: string;
}

export interface PendingPaths {
  '/v1/session': {
    get: { responses: { 200: Json<Session> } };
    post: {
      requestBody: Json<{ email: string; password: string } | { token: string } | { link: string }>;
      responses: { 200: Json<Session> };
    };
    delete: { responses: { 204: { content?: never } } };
  };
}
