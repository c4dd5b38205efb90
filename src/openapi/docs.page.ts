/**
 * The readable form of the interface: Swagger UI on a page of ours, with only those of its files that the page loads. All of it
 * comes from this server; nothing on it asks another one.
 */
import { createRequire } from 'node:module';

/** The page at `/docs`. Its addresses work with and without a slash at the end. */
export const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The interface · Seatkeeper</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="interface"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/** Starts Swagger UI. By default it would show the document to a validator of others, and ask the address bar for settings. */
export const docsScript = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#interface',
  deepLinking: true,
  displayRequestDuration: true,
  queryConfigEnabled: false,
  validatorUrl: null,
});
`;

const mediaTypes = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', png: 'image/png' } as const;

/** Files of Swagger UI, by their names below `/docs`. */
export const docsFiles = [
  { name: 'swagger-ui.css', mediaType: mediaTypes.css },
  { name: 'swagger-ui-bundle.js', mediaType: mediaTypes.js },
  { name: 'favicon-32x32.png', mediaType: mediaTypes.png },
] as const;

/** The media type of `docsScript`. */
export const scriptType = mediaTypes.js;

/** Where a file of Swagger UI is on this machine. */
export function pathOfDocsFile(name: string): string {
  return createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`);
}
