/** A whole HTTP/1.1 request as bytes, made before the clock runs. It escapes nothing: callers pass plain ASCII. */

/** What to ask: `auth` is the whole `Authorization` header, none where left out; `body` is sent as JSON. */
export interface RequestLine {
  method: string;
  path: string;
  auth?: string;
  body?: unknown;
}

/** The bytes of one request. */
export function requestBytes({ method, path, auth, body }: RequestLine): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Accept: application/json'];
  if (auth !== undefined) lines.push(`Authorization: ${auth}`);
  if (body !== undefined) lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`);
}
